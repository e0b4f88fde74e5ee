package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What becomes of who waits (AL5, AL6, AL8). */
final class Queueing {
  /** A purchase of an item without a lead time is expected after so many days. */
  private static final int UNKNOWN_LEAD_TIME_DAYS = 30;

  private final World world;
  private final Set<Place> leftToSupply;

  /**
   * The queues of a world.
   *
   * @param leftToSupply where somebody was left to a supply in time for him
   */
  Queueing(World world, Set<Place> leftToSupply) {
    this.world = world;
    this.leftToSupply = leftToSupply;
  }

  /**
   * Units came free: the goods of a supply go first to those who were promised them, then, as all
   * other units, to everybody whom something earlier helps, in queue order (AL5).
   *
   * @param supply that they came from; empty when from elsewhere
   * @return units that went to the queue
   */
  long serve(Place place, long units, String supply) {
    List<Part> takers = new ArrayList<>();
    if (!supply.isEmpty()) {
      world.queue(place).stream().filter(p -> p.supply.equals(supply)).forEach(takers::add);
    }
    world.queue(place).stream()
        .filter(part -> !takers.contains(part) && !part.isPatient())
        .forEach(takers::add);
    boolean fromDock = !supply.isEmpty() && !world.supply(supply).inspected;
    long left = units;
    for (Part taker : takers) {
      long some = Math.min(left, taker.units);
      if (some > 0) {
        Part part = taker.split(some);
        Dates dates = world.datesAt(place);
        part.reserved = true;
        part.supply = "";
        part.told = fromDock ? dates.fromDock(part.terms) : dates.fromShelf(part.terms);
        left -= some;
      }
    }
    return units - left;
  }

  /** Brings pegs in order after lines, supplies or units of a place changed (AL6). */
  void settle(Place place) {
    for (Coming supply : world.suppliesAt(place)) {
      unpegLowest(supply, world.pegged(supply) - supply.open());
    }
    handOut(place, true);
    // The later supply that some were left to may not have been enough for all of them.
    handOut(place, false);
    // Who was left to a supply that does not come in time any more takes what is there.
    long idle = world.free(place) - world.protectedAt(place);
    if (leftToSupply.contains(place) && idle > 0 && world.eager(place) > 0) {
      serve(place, idle, "");
      settle(place);
    }
  }

  /** A supply became too small: who ranks lowest loses it. */
  private void unpegLowest(Coming supply, long units) {
    long left = units;
    for (Part part : reversed(peggedTo(supply))) {
      long some = Math.min(left, part.units);
      if (some > 0) {
        unpeg(part.split(some));
        left -= some;
      }
    }
  }

  /**
   * What is free of each supply, by day, goes to those without one and to those of a later one, in
   * queue order; what they leave behind is handed out in its turn.
   *
   * @param sparing leaves who is wanted later to the later supply that still is in time for him
   */
  private void handOut(Place place, boolean sparing) {
    List<Coming> supplies = world.suppliesAt(place);
    for (int i = 0; i < supplies.size(); i++) {
      Coming supply = supplies.get(i);
      Optional<LocalDate> later =
          supplies.subList(i + 1, supplies.size()).stream()
              .filter(other -> world.free(other) > 0)
              .findFirst()
              .map(other -> world.datesAt(place).leaves(other.day));
      for (Part part : world.queue(place)) {
        boolean spared =
            sparing
                && !part.isPegged()
                && later.isPresent()
                && part.terms.wanted().filter(day -> !day.isBefore(later.get())).isPresent();
        boolean gains =
            !part.isPegged()
                || (!part.isPatient() && world.supply(part.supply).day.isAfter(supply.day));
        long some = Math.min(part.units, world.free(supply));
        if (gains && !spared && some > 0) {
          peg(part.split(some), supply);
        }
      }
    }
  }

  private void peg(Part part, Coming supply) {
    part.supply = supply.id;
    part.told = world.datesAt(part.place).fromSupply(supply, part.terms);
  }

  /** Waits for what is still to be bought. */
  private void unpeg(Part part) {
    part.reserved = false;
    part.supply = "";
    part.told = toBuy(part);
  }

  private Told toBuy(Part part) {
    Sale sale = world.articles.get(part.place.sku()).on(part.line.order.channel);
    int known = sale.leadTimeDays() == 0 ? UNKNOWN_LEAD_TIME_DAYS : sale.leadTimeDays();
    return world.datesAt(part.place).fromPurchase(sale, known, part.terms);
  }

  /** The day of a supply moved: exactly the lines pegged to it get the new one. */
  void follow(Coming supply) {
    peggedTo(supply).forEach(part -> peg(part, supply));
  }

  /** Units are gone (AL8): carts lose first, then the lowest-ranked reservations. */
  void shrink(Place place) {
    loseHeld(place);
    List<Part> reserved =
        world
            .parts()
            .filter(part -> part.place.equals(place) && part.reserved)
            .sorted(Part.QUEUE_ORDER)
            .toList();
    for (Part part : reversed(reserved)) {
      long some = Math.min(-world.free(place), part.units);
      if (some > 0) {
        unpeg(part.split(some));
      }
    }
  }

  /** The cart whose hold ends last loses first. */
  private void loseHeld(Place place) {
    List<Cart> lastFirst =
        world.carts.values().stream()
            .sorted(Comparator.comparing(Cart::expiry).thenComparing(Cart::id).reversed())
            .toList();
    for (Cart cart : lastFirst) {
      long some = Math.min(-world.free(place), cart.onShelf().getOrDefault(place, 0L));
      if (some > 0) {
        cart.onShelf().merge(place, -some, Long::sum);
      }
    }
  }

  /** Units that were promised of a supply are inspected: who was promised them keeps them. */
  void moveToInspection(Coming supply, Coming inspected) {
    long left = Math.min(world.pegged(supply) - supply.open(), inspected.open());
    for (Part part : reversed(peggedTo(supply))) {
      long some = Math.min(left, part.units);
      if (some > 0) {
        peg(part.split(some), inspected);
        left -= some;
      }
    }
  }

  /**
   * Supplies that are too late are counted on for another day, and nobody new is promised from them
   * (AV5); a day that nothing stands for any more is made anew.
   */
  void renewPassedDays(int graceDays) {
    for (Place place : world.places()) {
      LocalDate today = world.datesAt(place).today();
      List<Coming> late =
          world.suppliesAt(place).stream()
              .filter(s -> s.isOpen() && s.day.isBefore(today.minusDays(graceDays)))
              .toList();
      for (Coming supply : late) {
        supply.day = today.plusDays(graceDays);
        supply.overdue = true;
        follow(supply);
      }
      if (!late.isEmpty()) {
        settle(place);
      }
      for (Part part : world.queue(place)) {
        if (!part.isPegged() && part.told.shipBy().isBefore(today)) {
          unpeg(part);
        }
      }
    }
  }

  private List<Part> peggedTo(Coming supply) {
    return world.queue(supply.place).stream().filter(p -> p.supply.equals(supply.id)).toList();
  }

  private static List<Part> reversed(List<Part> parts) {
    List<Part> reversed = new ArrayList<>(parts);
    Collections.reverse(reversed);
    return reversed;
  }
}
