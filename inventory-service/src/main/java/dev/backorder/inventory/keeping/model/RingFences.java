package dev.backorder.inventory.keeping.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The ring fences of one item, the first made first: that one is served first. */
public final class RingFences {
  private final List<RingFence> fences;

  /** Units of a ring fence that a member got. */
  public record Use(String ringFenceId, long units) {}

  /** Ring fences in the order in which they were made. */
  public RingFences(List<RingFence> fences) {
    this.fences = List.copyOf(fences);
  }

  /** Of an item that has none. */
  public static RingFences none() {
    return new RingFences(List.of());
  }

  /** The same numbers, to run down apart. */
  public RingFences copy() {
    return fences.isEmpty() ? this : new RingFences(fences.stream().map(RingFence::copy).toList());
  }

  /** Whether nothing is fenced. */
  public boolean isEmpty() {
    return fences.isEmpty();
  }

  /** Units that the members of one have not got yet; empty when it is not there. */
  public Optional<Long> remaining(String id) {
    return fences.stream().filter(f -> f.id().equals(id)).map(RingFence::remaining).findFirst();
  }

  /**
   * A buyer gets units at a location: from the ring fences that he is a member of first.
   *
   * @return what he got of which; the rest was free for all
   */
  public List<Use> take(Segment buyer, String location, long units) {
    List<Use> uses = new ArrayList<>();
    long left = units;
    for (RingFence fence : fences) {
      if (left > 0 && fence.keepsAt(location) && fence.segment().includes(buyer)) {
        long taken = fence.take(left);
        left -= taken;
        if (taken > 0) {
          uses.add(new Use(fence.id(), taken));
        }
      }
    }
    return uses;
  }

  /** What was taken is kept again; nothing for a ring fence that has ended. */
  public void giveBack(List<Use> uses) {
    for (Use use : uses) {
      fences.stream()
          .filter(fence -> fence.id().equals(use.ringFenceId()))
          .forEach(fence -> fence.giveBack(use.units()));
    }
  }

  /**
   * In which order what a line lost goes back: to those bound to the location, then to the last one
   * made; a ring fence that is kept elsewhere only gets nothing back.
   */
  public List<String> givingBackOrder(String location) {
    List<String> bound = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int i = fences.size() - 1; i >= 0; i--) {
      RingFence fence = fences.get(i);
      if (fence.keepsAt(location)) {
        (fence.isBound() ? bound : others).add(fence.id());
      }
    }
    bound.addAll(others);
    return bound;
  }

  /** The cart of a buyer lets go of units that it held: they are kept again. */
  public void letGo(Segment buyer, String location, long units) {
    long left = units;
    for (int i = fences.size() - 1; i >= 0; i--) {
      RingFence fence = fences.get(i);
      if (fence.keepsAt(location) && fence.segment().includes(buyer)) {
        left -= fence.letGo(left);
      }
    }
  }

  /**
   * Lays what is kept over what is there: what is protected over the shelves, then each ring fence
   * over what the ones before it left, first on the shelves and then over what is coming.
   *
   * @param pools in the order in which units are kept: shelves before supplies
   */
  public Kept lay(long protectedQuantity, List<Pool> pools) {
    long[] left = pools.stream().mapToLong(pool -> Math.max(0, pool.free())).toArray();
    long[] secured = new long[left.length];
    long toProtect = protectedQuantity;
    for (int i = 0; i < left.length; i++) {
      if (pools.get(i).onShelf()) {
        secured[i] = Math.min(left[i], toProtect);
        toProtect -= secured[i];
        left[i] -= secured[i];
      }
    }
    long[][] covers = new long[fences.size()][left.length];
    for (int f = 0; f < covers.length; f++) {
      long toKeep = fences.get(f).remaining();
      for (int i = 0; i < left.length && toKeep > 0; i++) {
        if (fences.get(f).keepsAt(pools.get(i).location())) {
          covers[f][i] = Math.min(left[i], toKeep);
          toKeep -= covers[f][i];
          left[i] -= covers[f][i];
        }
      }
    }
    return new Kept(secured, fences, covers);
  }
}
