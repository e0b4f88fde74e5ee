package dev.backorder.inventory.reference;

import dev.backorder.inventory.reference.Step.Goods;
import dev.backorder.inventory.reference.Step.NewOrder;
import dev.backorder.inventory.reference.Step.Wish;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Anything that can happen, most of it sensible: what comes next depends on what the reference
 * knows and on chance. To add something that can happen (transfers, for example), give {@link Step}
 * a record and its taker a method, both stockrooms the doing of it, and this class a line.
 */
final class RandomSteps {
  private static final List<String> CARTS = List.of("cart1", "cart2", "cart3");

  private final RandomGenerator random;
  private final ReferenceStockroom reference;
  private int orders;
  private int supplies;

  RandomSteps(RandomGenerator random, ReferenceStockroom reference) {
    this.random = random;
    this.reference = reference;
  }

  /** What happens next: often one step, sometimes a question and then what was asked for. */
  List<Step> next() {
    int dice = random.nextInt(100);
    if (dice < 22) {
      return buy();
    }
    return List.of(
        dice < 32
            ? tell("s" + ++supplies, randomPlace())
            : dice < 44
                ? changeSupply()
                : dice < 54
                    ? receive()
                    : dice < 64 ? giveBack() : dice < 72 ? shipOrTakeBack() : others(dice));
  }

  private Step others(int dice) {
    if (dice < 82) {
      return hold();
    }
    if (dice < 89) {
      return random.nextBoolean() ? inspect() : suspect();
    }
    return dice < 94 ? adjust() : new Step.Wait(random.nextInt(60));
  }

  /** Somebody asks how things stand. */
  Step.Ask look() {
    List<Wish> wishes = new ArrayList<>();
    Scenery.SKUS.forEach(sku -> wishes.add(wish(sku, sku, 12)));
    return new Step.Ask(buyer(), random.nextInt(3) == 0 ? cart() : "", wishes);
  }

  /** What can be promised of something for which day. */
  Step.LookAhead lookAhead() {
    return new Step.LookAhead(randomPlace());
  }

  /** One order, which is asked for first (AV7), or several in one call. */
  private List<Step> buy() {
    List<NewOrder> batch = new ArrayList<>();
    for (int i = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1; i > 0; i--) {
      batch.add(order());
    }
    NewOrder first = batch.get(0);
    return List.of(
        new Step.Ask(first.buyer(), first.cart(), first.wishes()),
        new Step.Buy(List.copyOf(batch)));
  }

  private NewOrder order() {
    List<Wish> wishes = new ArrayList<>();
    for (int i = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1; i > 0; i--) {
      wishes.add(wish("l" + wishes.size(), sku(), 9));
    }
    return new NewOrder(
        random.nextInt(50) == 0 ? "o1" : "o" + ++orders,
        buyer(),
        random.nextInt(3) == 0 ? random.nextInt(3) : 0,
        random.nextInt(3) == 0 ? cart() : "",
        random.nextInt(4) == 0,
        wishes);
  }

  private Wish wish(String lineId, String sku, int most) {
    return new Wish(
        lineId,
        sku,
        units(most),
        random.nextInt(3) == 0 ? Optional.of(day(random.nextInt(20) - 1)) : Optional.empty());
  }

  private Step tell(String supply, Place place) {
    return new Step.Tell(
        supply,
        place,
        units(15),
        day(random.nextInt(15)),
        random.nextInt(3) > 0 ? Coming.State.CONFIRMED : Coming.State.PLANNED);
  }

  private Step changeSupply() {
    List<Coming> known = world().supplies.stream().filter(s -> !s.inspected).toList();
    if (known.isEmpty()) {
      return tell("s" + ++supplies, randomPlace());
    }
    // The newest ones: what is over is seldom touched.
    Coming supply = known.get(Math.max(0, known.size() - 1 - random.nextInt(6)));
    long units = random.nextInt(3) > 0 ? supply.expected : units(20);
    LocalDate day = random.nextInt(3) > 0 ? day(random.nextInt(15)) : supply.expectedDay;
    Coming.State state =
        switch (random.nextInt(8)) {
          case 0 -> Coming.State.CANCELLED;
          case 1 -> Coming.State.CLOSED;
          case 2 -> Coming.State.PLANNED;
          default -> Coming.State.CONFIRMED;
        };
    return new Step.Tell(supply.id, supply.place, units, day, state);
  }

  /** Too little, all of it, a little too much, or far too much. */
  private Step receive() {
    List<Coming> candidates =
        new ArrayList<>(
            world().supplies.stream()
                .filter(s -> !s.inspected && (s.isOpen() || random.nextInt(40) == 0))
                .toList());
    List<Goods> goods = new ArrayList<>();
    while (!candidates.isEmpty() && (goods.isEmpty() || random.nextInt(4) == 0)) {
      Coming supply = candidates.remove(random.nextInt(candidates.size()));
      long units =
          switch (random.nextInt(4)) {
            case 0 -> supply.open() + 1 + random.nextInt(6);
            case 1 -> Math.max(1, supply.open());
            default -> units((int) Math.max(1, supply.open()));
          };
      goods.add(
          new Goods(supply.id, units, random.nextInt(3) == 0 ? random.nextLong(units + 1) : 0));
    }
    return goods.isEmpty() ? adjust() : new Step.Receive(goods);
  }

  private Step giveBack() {
    return someOrder()
        .map(
            order -> {
              Map<String, Long> units = new TreeMap<>();
              if (random.nextInt(3) > 0) {
                order.lines.stream()
                    .filter(line -> line.held() > 0)
                    .filter(line -> units.isEmpty() || random.nextBoolean())
                    .forEach(line -> units.put(line.id, someOf(line.held())));
              }
              return (Step) new Step.GiveBack(order.id, units);
            })
        .orElseGet(this::adjust);
  }

  private Step shipOrTakeBack() {
    boolean back = random.nextInt(3) == 0;
    String site = randomPlace().site();
    return someOrder()
        .flatMap(
            order -> {
              Map<String, Long> units = new TreeMap<>();
              for (OrderLine line : order.lines) {
                long possible = back ? line.shipped - line.returned : reservedAt(line, site);
                if (possible > 0 || random.nextInt(30) == 0) {
                  units.put(line.id, someOf(possible));
                }
              }
              return units.isEmpty()
                  ? Optional.<Step>empty()
                  : Optional.of(
                      back
                          ? new Step.TakeBack(order.id, site, units)
                          : new Step.Ship(order.id, site, units));
            })
        .orElseGet(this::giveBack);
  }

  private static long reservedAt(OrderLine line, String site) {
    return line.parts.stream()
        .filter(part -> part.reserved && part.place.site().equals(site))
        .mapToLong(part -> part.units)
        .sum();
  }

  /** Seldom more than there is. */
  private long someOf(long possible) {
    return random.nextInt(30) == 0 || possible == 0 ? possible + 1 : 1 + random.nextLong(possible);
  }

  private Step hold() {
    if (random.nextInt(4) == 0) {
      return new Step.LetGo(cart());
    }
    List<Wish> wishes = new ArrayList<>();
    for (String sku : Scenery.SKUS) {
      if (wishes.isEmpty() || random.nextBoolean()) {
        wishes.add(new Wish(sku, sku, units(7), Optional.empty()));
      }
    }
    return new Step.Hold(
        cart(), buyer(), random.nextInt(4) == 0, wishes, 1 + random.nextInt(200_000));
  }

  private Step suspect() {
    Place place = randomPlace();
    return new Step.Suspect(
        place,
        someOf(Math.min(4, world().onHand(place))),
        random.nextBoolean() ? Optional.of(day(random.nextInt(9))) : Optional.empty());
  }

  private Step inspect() {
    List<Map.Entry<String, Long>> held = List.copyOf(reference.inspections().open().entrySet());
    if (held.isEmpty()) {
      return suspect();
    }
    Map.Entry<String, Long> one = held.get(random.nextInt(held.size()));
    long accepted = random.nextLong(one.getValue() + 1);
    long rejected = random.nextLong(one.getValue() - accepted + 1);
    return accepted + rejected == 0
        ? new Step.Inspect(one.getKey(), 1, one.getValue() - 1)
        : new Step.Inspect(one.getKey(), accepted, rejected);
  }

  private Step adjust() {
    Place place = randomPlace();
    long most = world().onHand(place);
    return random.nextInt(3) > 0 || most == 0
        ? new Step.Adjust(place, units(6), random.nextBoolean())
        : new Step.Adjust(place, -someOf(most), random.nextInt(4) > 0);
  }

  private Optional<Order> someOrder() {
    List<Order> holding =
        world().orders.stream()
            .filter(o -> o.lines.stream().anyMatch(l -> l.held() + l.shipped > l.returned))
            .toList();
    return holding.isEmpty()
        ? Optional.empty()
        : Optional.of(holding.get(random.nextInt(holding.size())));
  }

  private World world() {
    return reference.world();
  }

  private Place randomPlace() {
    return new Place(sku(), world().sites.get(random.nextInt(world().sites.size())).code());
  }

  private LocalDate day(int days) {
    return world().sites.get(0).today(world().now).plusDays(days);
  }

  private String sku() {
    return Scenery.SKUS.get(random.nextInt(Scenery.SKUS.size()));
  }

  private Step.Buyer buyer() {
    return new Step.Buyer(
        Scenery.CHANNELS.get(random.nextInt(Scenery.CHANNELS.size())),
        random.nextInt(6) > 0 ? "" : random.nextInt(10) == 0 ? "nowhere" : randomPlace().site(),
        random.nextInt(3) == 0);
  }

  private String cart() {
    return CARTS.get(random.nextInt(CARTS.size()));
  }

  private long units(int most) {
    return 1L + random.nextInt(most);
  }
}
