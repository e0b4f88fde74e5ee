package dev.backorder.inventory.reference;

import dev.backorder.inventory.reference.Coming.State;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The rules of the inventory, written as naively as they can be: lists in memory, no database, no
 * code of the service, every number counted anew. It answers each step as the service should.
 *
 * <p>Rules are named as in the product's description: AV (availability and promise), AL (stock and
 * allocation). It is slow and sees one thing happen after the other, and that is its use.
 */
final class ReferenceStockroom implements Step.Taker {
  /** A supply that is more days late than this is overdue (AV5). */
  private static final int GRACE_DAYS = 3;

  /** Units above the expected that may be received. */
  static final long TOLERANCE = 5;

  private World world;

  /** Where somebody was left to a supply in time for him when the step began. */
  private Set<Place> leftToSupply = Set.of();

  private long sequence;
  private final Inspections inspections = new Inspections();

  ReferenceStockroom(World world) {
    this.world = world;
  }

  World world() {
    return world;
  }

  Inspections inspections() {
    return inspections;
  }

  /** Does a step; returns the answer to it. */
  String take(Step step) {
    leftToSupply =
        world.parts().filter(Part::isPatient).map(part -> part.place).collect(Collectors.toSet());
    return step.takenBy(this);
  }

  @Override
  public String buy(Step.Buy buy) {
    return String.join("\n", buy.orders().stream().map(this::buy).toList());
  }

  private Queueing queueing() {
    return new Queueing(world, leftToSupply);
  }

  /** A whole order or, when it wants all or nothing, nothing (AL3). */
  private String buy(Step.NewOrder wanted) {
    if (world.orders.stream().anyMatch(order -> order.id.equals(wanted.id()))) {
      return Texts.refused("ALLOCATION_EXISTS");
    }
    World before = world.copy();
    Buying buying = new Buying(world, wanted.buyer());
    Optional<Cart> cart = Optional.ofNullable(world.carts.get(wanted.cart()));
    cart.ifPresent(buying::spend);
    Order order =
        order(wanted.id(), wanted.buyer().channel(), wanted.priority(), wanted.wishes(), buying);
    boolean taken = isTaken(order, buying, wanted.wholeOnly());
    if (!taken) {
      world = before;
    } else if (cart.isPresent()) {
      // What the cart held beyond its order serves the queue.
      cart.get().onShelf().keySet().forEach(place -> free(place, buying.left(place)));
    }
    return Texts.answer(taken, Texts.refusals(order, buying));
  }

  private Order order(
      String id, String channel, int priority, List<Step.Wish> wishes, Buying buying) {
    Order order = new Order(id, channel, priority, ++sequence);
    world.orders.add(order);
    buying.arrange(wishes);
    for (Step.Wish wish : wishes) {
      OrderLine line =
          new OrderLine(
              order, order.lines.size(), wish.lineId(), wish.sku(), wish.units(), wish.wanted());
      order.lines.add(line);
      buying.buy(line);
    }
    return order;
  }

  private static boolean isTaken(Order order, Buying buying, boolean wholeOnly) {
    boolean gotSome = order.lines.stream().anyMatch(line -> line.held() > 0);
    return gotSome && (buying.refusals.isEmpty() || !wholeOnly);
  }

  /** The same as an order would get, and nothing changes (AV7). */
  @Override
  public String ask(Step.Ask ask) {
    World before = world.copy();
    Buying buying = new Buying(world, ask.buyer());
    Optional.ofNullable(world.carts.get(ask.cart())).ifPresent(buying::spend);
    Map<String, Long> orderable = new HashMap<>();
    ask.wishes().forEach(w -> orderable.computeIfAbsent(w.sku(), buying::orderable));
    Order order = order("", ask.buyer().channel(), 0, ask.wishes(), buying);
    world = before;
    return String.join(
        "\n",
        order.lines.stream()
            .map(l -> Texts.quoted(l.sku, buying.kind(l), orderable.get(l.sku), Texts.parts(l)))
            .toList());
  }

  @Override
  public String lookAhead(Step.LookAhead look) {
    return new Outlook(world, look.place()).days();
  }

  private void free(Place place, long units) {
    queueing().serve(place, units, "");
    queueing().settle(place);
  }

  /**
   * Waiting units are given back first: that frees a place and a peg, never a unit (AL7). Reserved
   * ones serve the queue (AL5).
   */
  @Override
  public String giveBack(Step.GiveBack giveBack) {
    Order order = world.order(giveBack.order());
    Map<String, Long> asked = new TreeMap<>(giveBack.units());
    if (asked.isEmpty()) {
      order.lines.forEach(line -> asked.put(line.id, line.held()));
    }
    if (order.lines.stream().anyMatch(l -> asked.getOrDefault(l.id, 0L) > l.held())) {
      return Texts.refused("QUANTITY_TOO_LARGE");
    }
    Map<Place, Long> freed = new TreeMap<>(Cart.BY_PLACE);
    for (OrderLine line : order.lines) {
      long left = asked.getOrDefault(line.id, 0L);
      line.released += left;
      for (Part part : line.parts.stream().sorted(Part.WORST_FIRST).toList()) {
        long some = Math.min(left, part.units);
        if (some > 0) {
          part.take(some);
          freed.merge(part.place, part.reserved ? some : 0, Long::sum);
          left -= some;
        }
      }
    }
    freed.forEach(this::free);
    return Texts.DONE;
  }

  @Override
  public String ship(Step.Ship ship) {
    Order order = world.order(ship.order());
    for (OrderLine line : order.lines) {
      if (ship.units().getOrDefault(line.id, 0L) > reserved(line, ship.site())) {
        return Texts.refused("QUANTITY_TOO_LARGE");
      }
    }
    for (OrderLine line : order.lines) {
      long left = ship.units().getOrDefault(line.id, 0L);
      line.shipped += left;
      world.addOnHand(new Place(line.sku, ship.site()), -left);
      List<Part> worstLast = new ArrayList<>(line.parts);
      worstLast.sort(Part.WORST_FIRST.reversed());
      for (Part part : worstLast) {
        if (part.reserved && part.place.site().equals(ship.site())) {
          long some = Math.min(left, part.units);
          part.take(some);
          left -= some;
        }
      }
    }
    return Texts.DONE;
  }

  private static long reserved(OrderLine line, String site) {
    return line.parts.stream()
        .filter(part -> part.reserved && part.place.site().equals(site))
        .mapToLong(part -> part.units)
        .sum();
  }

  /** What comes back is fit to sell and serves the queue. */
  @Override
  public String takeBack(Step.TakeBack back) {
    Order order = world.order(back.order());
    for (OrderLine line : order.lines) {
      if (back.units().getOrDefault(line.id, 0L) > line.shipped - line.returned) {
        return Texts.refused("QUANTITY_TOO_LARGE");
      }
    }
    Map<Place, Long> freed = new TreeMap<>(Cart.BY_PLACE);
    for (OrderLine line : order.lines) {
      long units = back.units().getOrDefault(line.id, 0L);
      line.returned += units;
      if (units > 0) {
        freed.merge(new Place(line.sku, back.site()), units, Long::sum);
      }
    }
    freed.forEach(world::addOnHand);
    freed.forEach(this::free);
    return Texts.DONE;
  }

  @Override
  public String adjust(Step.Adjust adjust) {
    Place place = adjust.place();
    long possible = adjust.finding() ? world.onHand(place) : world.free(place);
    if (possible + adjust.units() < 0) {
      return Texts.refused("NOT_ENOUGH_ON_HAND");
    }
    world.addOnHand(place, adjust.units());
    if (adjust.units() > 0) {
      free(place, adjust.units());
    } else {
      queueing().shrink(place);
      queueing().settle(place);
    }
    return Texts.DONE;
  }

  /** A supply is made, redated, resized or ended (AL6). What was received is known here first. */
  @Override
  public String tell(Step.Tell tell) {
    Optional<Coming> known =
        world.supplies.stream().filter(s -> s.id.equals(tell.supply())).findFirst();
    Coming supply =
        known.orElseGet(
            () ->
                new Coming(
                    tell.supply(), tell.place(), tell.units(), tell.day(), tell.state(), false));
    if (known.isEmpty()) {
      world.supplies.add(supply);
    }
    boolean redated = !supply.expectedDay.equals(tell.day());
    supply.expected = tell.units();
    supply.expectedDay = tell.day();
    supply.state = tell.state();
    if (supply.isOpen() && supply.received >= supply.expected) {
      supply.state = State.CLOSED;
    }
    if (redated) {
      supply.day = tell.day();
      supply.overdue = false;
      queueing().follow(supply);
    }
    queueing().settle(supply.place);
    return Texts.DONE;
  }

  @Override
  public String receive(Step.Receive receive) {
    for (Step.Goods goods : receive.goods()) {
      Coming supply = world.supply(goods.supply());
      if (!supply.isOpen()) {
        return Texts.refused("SUPPLY_CLOSED");
      }
      if (goods.units() > supply.open() + TOLERANCE) {
        return Texts.refused("OVER_RECEIPT");
      }
    }
    for (Step.Goods goods : receive.goods()) {
      Coming supply = world.supply(goods.supply());
      supply.received += goods.units();
      if (supply.received >= supply.expected) {
        supply.state = State.CLOSED;
      }
      world.addOnHand(supply.place, goods.units() - goods.toInspect());
    }
    List<String> queued = new ArrayList<>();
    TreeSet<Place> places = new TreeSet<>(Cart.BY_PLACE);
    for (Step.Goods goods : receive.goods()) {
      Coming supply = world.supply(goods.supply());
      long good = goods.units() - goods.toInspect();
      queued.add(Long.toString(queueing().serve(supply.place, good, supply.id)));
      if (goods.toInspect() > 0) {
        keepPromises(supply, goods.toInspect());
      }
      places.add(supply.place);
    }
    places.forEach(queueing()::settle);
    return "to the queue " + queued;
  }

  /** Units of a supply are inspected: a supply of their own, of the same day (ADR 0018). */
  private void keepPromises(Coming supply, long units) {
    LocalDate today = world.datesAt(supply.place).today();
    LocalDate day = supply.overdue || supply.day.isBefore(today) ? today : supply.day;
    queueing()
        .moveToInspection(supply, inspections.begin(world, supply.place, units, Optional.of(day)));
  }

  /** As when units are gone (AL8), but they may come back. */
  @Override
  public String suspect(Step.Suspect suspect) {
    Place place = suspect.place();
    if (suspect.units() > world.onHand(place)) {
      return Texts.refused("NOT_ENOUGH_ON_HAND");
    }
    world.addOnHand(place, -suspect.units());
    inspections.begin(world, place, suspect.units(), suspect.day());
    queueing().shrink(place);
    queueing().settle(place);
    return Texts.DONE;
  }

  @Override
  public String inspect(Step.Inspect inspect) {
    if (inspect.accepted() + inspect.rejected() > inspections.held(inspect.hold())) {
      return Texts.refused("NOT_ENOUGH_HELD");
    }
    inspections.end(world, inspect.hold(), inspect.accepted(), inspect.rejected());
    Place place = inspections.place(inspect.hold());
    // Its supply is the hold itself, when anybody counts on it.
    String supply = inspections.isAwaited(inspect.hold()) ? inspect.hold() : "";
    long queued = queueing().serve(place, inspect.accepted(), supply);
    queueing().settle(place);
    return "to the queue " + queued;
  }

  /** A hold replaces what its cart held before (AL2); it keeps no date. */
  @Override
  public String hold(Step.Hold hold) {
    World before = world.copy();
    Buying buying = new Buying(world, hold.buyer());
    Optional<Cart> old = Optional.ofNullable(world.carts.get(hold.cart()));
    old.ifPresent(buying::spend);
    Order order = order("", hold.buyer().channel(), 0, hold.wishes(), buying);
    boolean taken = isTaken(order, buying, hold.wholeOnly());
    world = before;
    if (taken) {
      Cart cart =
          Cart.empty(hold.cart(), hold.buyer().channel(), world.now.plusSeconds(hold.seconds()));
      order.lines.stream()
          .flatMap(line -> line.parts.stream())
          .forEach(
              part ->
                  (part.reserved ? cart.onShelf() : cart.queued())
                      .merge(part.place, part.units, Long::sum));
      world.carts.put(hold.cart(), cart);
      Map<Place, Long> had = old.isPresent() ? old.get().onShelf() : Map.of();
      had.forEach(
          (place, units) ->
              free(place, Math.max(0, units - cart.onShelf().getOrDefault(place, 0L))));
    }
    return Texts.refusals(order, buying).toString();
  }

  @Override
  public String letGo(Step.LetGo letGo) {
    Optional<Cart> gone = Optional.ofNullable(world.carts.remove(letGo.cart()));
    gone.ifPresent(held -> held.onShelf().forEach(this::free));
    return Texts.DONE;
  }

  /** Carts whose time has come hold nothing; days that have passed are made anew. */
  @Override
  public String pass(Step.Wait wait) {
    world.now = world.now.plus(Duration.ofHours(wait.hours()));
    Map<Place, Long> freed = new TreeMap<>(Cart.BY_PLACE);
    List<Cart> expired =
        world.carts.values().stream().filter(c -> !c.expiry().isAfter(world.now)).toList();
    for (Cart cart : expired) {
      world.carts.remove(cart.id());
      cart.onShelf().forEach((place, units) -> freed.merge(place, units, Long::sum));
    }
    freed.forEach(this::free);
    queueing().renewPassedDays(GRACE_DAYS);
    return Texts.DONE;
  }
}
