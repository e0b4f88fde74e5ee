package dev.backorder.inventory.keeping.model;

import java.util.ArrayList;
import java.util.List;

/** Which of the units that belong to nobody are kept, and for whom, pool by pool. */
public final class Kept {
  private final long[] secured;
  private final List<RingFence> fences;
  private final long[][] covers;

  Kept(long[] secured, List<RingFence> fences, long[][] covers) {
    this.secured = secured;
    this.fences = fences;
    this.covers = covers;
  }

  /** Units of a pool that nobody may have. */
  public long secured(int pool) {
    return secured[pool];
  }

  /** Units of a pool that are kept for anybody. */
  public long fenced(int pool) {
    long units = 0;
    for (long[] cover : covers) {
      units += cover[pool];
    }
    return units;
  }

  /** Units of a pool that not everybody may have. */
  public long all(int pool) {
    return secured[pool] + fenced(pool);
  }

  /** Units of a pool that are kept for a buyer. */
  public long fencedFor(Segment buyer, int pool) {
    long units = 0;
    for (int f = 0; f < covers.length; f++) {
      if (fences.get(f).segment().includes(buyer)) {
        units += covers[f][pool];
      }
    }
    return units;
  }

  /** Units of a pool that a buyer may not have. */
  public long keptFrom(Segment buyer, int pool) {
    return all(pool) - fencedFor(buyer, pool);
  }

  /** Segments for which units of a pool are kept. */
  public List<Segment> segments(int pool) {
    List<Segment> segments = new ArrayList<>();
    for (int f = 0; f < covers.length; f++) {
      if (covers[f][pool] > 0) {
        segments.add(fences.get(f).segment());
      }
    }
    return segments.stream().distinct().toList();
  }
}
