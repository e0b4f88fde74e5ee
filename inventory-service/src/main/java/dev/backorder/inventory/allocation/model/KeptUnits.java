package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.keeping.model.Kept;
import dev.backorder.inventory.keeping.model.Pool;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which units of an item are kept at one moment, and for whom. What is kept is one number for the
 * item; it lies at the locations that are asked last, so that the first ones sell without a gap,
 * and what the shelves cannot cover lies over the supplies that come first.
 */
public final class KeptUnits {
  private final List<Coming> coming = new ArrayList<>();
  private final IdentityHashMap<Object, Integer> pools = new IdentityHashMap<>();
  private final Kept kept;

  KeptUnits(List<Shelf> shelves, RingFences fences, long protectedQuantity) {
    List<Pool> list = new ArrayList<>();
    for (int i = shelves.size() - 1; i >= 0; i--) {
      Shelf shelf = shelves.get(i);
      pools.put(shelf, list.size());
      list.add(new Pool(shelf.promising().location().code(), shelf.free(), true));
    }
    // Most items have no ring fence: nothing that comes is kept.
    if (!fences.isEmpty()) {
      addComing(shelves, list);
    }
    kept = fences.lay(protectedQuantity, list);
  }

  private void addComing(List<Shelf> shelves, List<Pool> list) {
    IdentityHashMap<Coming, String> places = new IdentityHashMap<>();
    for (int i = shelves.size() - 1; i >= 0; i--) {
      for (Coming supply : shelves.get(i).coming()) {
        coming.add(supply);
        places.put(supply, shelves.get(i).promising().location().code());
      }
    }
    coming.sort(Comparator.comparing(Coming::day));
    for (Coming supply : coming) {
      pools.put(supply, list.size());
      list.add(new Pool(places.get(supply), supply.free(), false));
    }
  }

  /**
   * Units that a buyer can have from a shelf now: what its cart holds, and what is free for him.
   */
  public long available(Shelf shelf, Segment buyer) {
    int pool = pools.get(shelf);
    return Math.max(0, shelf.unclaimed() - kept.all(pool))
        + kept.fencedFor(buyer, pool)
        + shelf.own();
  }

  /** Units of a supply that a buyer can be promised. */
  public long promisable(Coming supply, Segment buyer) {
    Integer pool = pools.get(supply);
    return pool == null ? supply.free() : supply.free() - kept.keptFrom(buyer, pool);
  }

  /** Units of confirmed supply that a buyer cannot have. */
  long confirmedKeptFrom(Segment buyer) {
    return coming.stream()
        .filter(Coming::confirmed)
        .mapToLong(supply -> kept.keptFrom(buyer, pools.get(supply)))
        .sum();
  }

  /** Units of what is coming that a buyer cannot have, by supply; nothing where nothing is kept. */
  public Map<String, Long> comingKeptFrom(Segment buyer) {
    Map<String, Long> units = new HashMap<>();
    coming.forEach(supply -> units.put(supply.supplyId(), kept.keptFrom(buyer, pools.get(supply))));
    return units;
  }

  /** Units on a shelf that a buyer may not have, although they belong to nobody. */
  public long keptFrom(Shelf shelf, Segment buyer) {
    return kept.keptFrom(buyer, pools.get(shelf));
  }

  /** Units on a shelf that are kept for members of ring fences. */
  public long fenced(Shelf shelf) {
    return kept.fenced(pools.get(shelf));
  }
}
