package dev.backorder.inventory.reference;

import dev.backorder.inventory.reference.Coming.State;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Units in quality hold: in the building, and not on hand (ADR 0018). */
final class Inspections {
  private final Map<String, Inspected> all = new TreeMap<>();

  private static final class Inspected {
    private final Place place;
    private final boolean awaited;
    private long held;

    Inspected(Place place, boolean awaited, long held) {
      this.place = place;
      this.awaited = awaited;
      this.held = held;
    }
  }

  /**
   * Units go into quality hold.
   *
   * @param day that counts as their arrival; nobody counts on units without one
   * @return the supply that they are; without a day it is in no book
   */
  Coming begin(World world, Place place, long units, Optional<LocalDate> day) {
    String id = "h" + (all.size() + 1);
    all.put(id, new Inspected(place, day.isPresent(), units));
    world.quarantined.merge(place, units, Long::sum);
    Coming supply = new Coming(id, place, units, day.orElse(LocalDate.MAX), State.CONFIRMED, true);
    if (day.isPresent()) {
      world.supplies.add(supply);
    }
    return supply;
  }

  /** Units leave it, to the shelf or for good; it is the receipt of the supply that they were. */
  void end(World world, String id, long accepted, long rejected) {
    Inspected inspected = all.get(id);
    inspected.held -= accepted + rejected;
    world.quarantined.merge(inspected.place, -accepted - rejected, Long::sum);
    world.addOnHand(inspected.place, accepted);
    if (inspected.awaited) {
      Coming supply = world.supply(id);
      supply.expected -= rejected;
      supply.received += accepted;
      if (supply.received >= supply.expected) {
        supply.state = State.CLOSED;
      }
    }
  }

  /** Units that are in it. */
  long held(String id) {
    return all.get(id).held;
  }

  Place place(String id) {
    return all.get(id).place;
  }

  boolean isAwaited(String id) {
    return all.get(id).awaited;
  }

  /** Those that hold units, with how many. */
  Map<String, Long> open() {
    Map<String, Long> open = new TreeMap<>();
    all.forEach(
        (id, inspected) -> {
          if (inspected.held > 0) {
            open.put(id, inspected.held);
          }
        });
    return open;
  }
}
