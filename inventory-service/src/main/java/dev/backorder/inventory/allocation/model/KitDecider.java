package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.promise.model.KitFate;
import dev.backorder.inventory.promise.model.Terms;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides one line of a kit (AV6): whole kits, each from one location, first from the shelves, then
 * with some or all components waiting. What a waiting kit can have from the shelf it has at once:
 * nobody else can take it meanwhile. Components share their numbers with all other lines.
 */
final class KitDecider {
  private static final int[] ONLY_SHELF = {0};
  private static final Terms NO_TERMS =
      new Terms(Optional.empty(), Optional.empty(), OptionalInt.empty());

  private final int line;
  private final Demand demand;
  private final Buyer buyer;
  private final ItemPolicy kit;
  private final List<Part> parts;
  private final int[] route;
  private final Deque<Runnable> undo;
  private final List<Grant> units = new ArrayList<>();
  private final List<Shortage> shortages = new ArrayList<>();
  private long remaining;

  /** A component with its book. */
  private record Part(KitComponent component, ItemPolicy policy, ItemBook book) {
    Demand of(long kits, Demand demand) {
      return new Demand(
          component.sku(), kits * component.quantity(), demand.wanted(), demand.latest());
    }
  }

  /** Kits that can be had at a location: so many, the last of them leaving on a day. */
  private record Offer(int shelf, long kits, LocalDate lastDay) {
    boolean isBetterThan(Offer other) {
      return other == null
          || kits > other.kits
          || (kits == other.kits && lastDay.isBefore(other.lastDay));
    }
  }

  /**
   * A line.
   *
   * @param policies by sku, with those of the components
   * @param books by sku, with those of the components
   * @param route positions of the shelves that serve it, in the sequence in which they are asked
   */
  KitDecider(
      int line,
      Demand demand,
      Buyer buyer,
      ItemPolicy kit,
      Map<String, ItemPolicy> policies,
      Map<String, ItemBook> books,
      int[] route,
      Deque<Runnable> undo) {
    this.line = line;
    this.demand = demand;
    this.remaining = demand.quantity();
    this.buyer = buyer;
    this.kit = kit;
    this.route = route.clone();
    this.undo = undo;
    this.parts =
        kit.components().stream()
            .map(c -> new Part(c, policies.get(c.sku()), books.get(c.sku())))
            .toList();
  }

  Decision decide() {
    if (shelfCount() == 0) {
      refuse(Reason.NO_LOCATION);
    } else if (route.length == 0) {
      refuse(Reason.PICK_UP_LOCATION);
    } else {
      boolean mayWait = kit.sales().mode().takesOrdersAheadOfStock();
      // What is wanted later leaves the shelf to others when its components come in time.
      if (demand.wanted().isEmpty() || !mayWait) {
        takeFromShelves();
      }
      if (mayWait) {
        queue();
      } else {
        refuse(isStockTooLate() ? Reason.TOO_LATE : Reason.OUT_OF_STOCK);
      }
    }
    return new Decision(kits(), units, shortages);
  }

  /** Whole kits that could leave from the shelves now. */
  long onShelves() {
    long[] whole = wholeKits();
    return Arrays.stream(route).mapToLong(i -> whole[i]).sum();
  }

  /** Whole kits on the shelves, by location. */
  private long[] wholeKits() {
    long[] kits = new long[shelfCount()];
    Arrays.fill(kits, Long.MAX_VALUE);
    for (Part part : parts) {
      long[] available = part.book().available(part.policy().protectedQuantity(), buyer.segment());
      for (int i = 0; i < kits.length; i++) {
        kits[i] = Math.min(kits[i], available[i] / part.component().quantity());
      }
    }
    return kits;
  }

  private int shelfCount() {
    return parts.get(0).book().shelves().size();
  }

  private void takeFromShelves() {
    long[] whole = wholeKits();
    for (int i : route) {
      long kits = Math.min(remaining, whole[i]);
      if (kits > 0 && !isTooLateAt(i)) {
        for (Part part : parts) {
          Demand wanted = part.of(kits, demand);
          LineDecider taking =
              new LineDecider(line, wanted, buyer, part.policy(), part.book(), route, undo);
          taking.reserveAt(i, wanted.quantity());
          units.addAll(taking.grants());
        }
        remaining -= kits;
      }
    }
  }

  private boolean isStockTooLate() {
    long[] whole = wholeKits();
    return remaining > 0 && Arrays.stream(route).anyMatch(i -> whole[i] > 0 && isTooLateAt(i));
  }

  private boolean isTooLateAt(int shelf) {
    return parts.stream()
        .anyMatch(
            part ->
                new LineDecider(
                        line, part.of(1, demand), buyer, part.policy(), part.book(), route, undo)
                    .isTooLateAt(shelf));
  }

  /** Where most can be had, and of these where it leaves first. */
  private void queue() {
    Reason reason = Reason.OUT_OF_STOCK;
    while (remaining > 0) {
      Offer best = null;
      for (int i : route) {
        Attempt attempt = new Attempt(i, remaining);
        Offer offer = attempt.offer();
        if (offer.kits() > 0 && offer.isBetterThan(best)) {
          best = offer;
        }
        if (i == route[0]) {
          reason = attempt.reason();
        }
        attempt.takeBack();
      }
      if (best == null) {
        refuse(reason);
        return;
      }
      // What was possible among more is possible alone: supplies are taken in the same order.
      new Attempt(best.shelf(), best.kits()).keep();
      remaining -= best.kits();
    }
  }

  /** Kits at one location, taken until it is known whether they are wanted there. */
  private final class Attempt {
    private final int shelf;
    private final long wanted;
    private final Deque<Runnable> takeBack = new ArrayDeque<>();
    private final List<Grant> granted = new ArrayList<>();
    private final Map<Part, Decision> decisions = new LinkedHashMap<>();

    Attempt(int shelf, long wanted) {
      this.shelf = shelf;
      this.wanted = wanted;
      for (Part part : parts) {
        String code = part.book().shelves().get(shelf).promising().location().code();
        Decision decision =
            new LineDecider(
                    line,
                    part.of(wanted, demand),
                    buyer,
                    part.policy(),
                    part.book().at(code),
                    ONLY_SHELF,
                    takeBack)
                .decide();
        granted.addAll(decision.units());
        decisions.put(part, decision);
      }
    }

    /** Within the longest wait of the kit. */
    Offer offer() {
      LocalDate today = parts.get(0).book().shelves().get(shelf).promising().today();
      LocalDate from = demand.wanted().filter(today::isBefore).orElse(today);
      int most = kit.sales().maxWaitDays();
      long kits = 0;
      LocalDate last = today;
      for (KitFate fate : fates(granted)) {
        LocalDate day = fate.promise().shipBy();
        boolean isTooLong = most > 0 && ChronoUnit.DAYS.between(from, day) > most;
        if (isTooLong || demand.isTooLate(day)) {
          break;
        }
        kits += fate.quantity();
        last = day.isAfter(last) ? day : last;
      }
      return new Offer(shelf, Math.min(kits, wanted), last);
    }

    /** Why not all of the kits can be had. */
    Reason reason() {
      return decisions.values().stream()
          .flatMap(decision -> decision.shortages().stream())
          .map(Shortage::reason)
          .findFirst()
          .orElse(Reason.WAIT_TOO_LONG);
    }

    void takeBack() {
      takeBack.forEach(Runnable::run);
    }

    void keep() {
      takeBack.descendingIterator().forEachRemaining(undo::push);
      units.addAll(granted);
    }
  }

  /** What is granted as whole kits. */
  private List<Grant> kits() {
    Map<String, List<Grant>> byLocation = new LinkedHashMap<>();
    units.forEach(
        grant -> byLocation.computeIfAbsent(grant.location(), l -> new ArrayList<>()).add(grant));
    List<Grant> kits = new ArrayList<>();
    byLocation.forEach(
        (location, grants) ->
            fates(grants)
                .forEach(
                    fate ->
                        kits.add(
                            new Grant(
                                line,
                                kit.sku(),
                                location,
                                fate.reserved(),
                                fate.quantity(),
                                fate.supplyId(),
                                fate.promise(),
                                fate.promise().shipBy(),
                                NO_TERMS))));
    return kits;
  }

  private List<KitFate> fates(List<Grant> grants) {
    List<KitFate.Component> components = new ArrayList<>();
    for (Part part : parts) {
      List<KitFate> fates =
          grants.stream()
              .filter(grant -> grant.sku().equals(part.component().sku()))
              .map(g -> new KitFate(g.quantity(), g.reserved(), g.promise(), g.supplyId()))
              .toList();
      components.add(new KitFate.Component(part.component().quantity(), fates));
    }
    return KitFate.of(components);
  }

  private void refuse(Reason reason) {
    if (remaining > 0) {
      shortages.add(new Shortage(line, remaining, reason));
      remaining = 0;
    }
  }
}
