package dev.backorder.cli.scenario;

import java.nio.charset.StandardCharsets;

/**
 * Chance that is always the same: a number drawn from a seed and what it is about, not from the
 * order of the drawing. So a run does not depend on how many processes serve it or in which order
 * they answer.
 */
public final class Draw {

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private final long seed;

  /** Draws from this seed. */
  public Draw(long seed) {
    this.seed = seed;
  }

  /** A number from 0 (included) to 1 (excluded) for this subject. */
  public double share(String subject) {
    return (hash(subject) >>> 11) * 0x1.0p-53;
  }

  /** True in so many percent of the subjects. */
  public boolean happens(int percent, String subject) {
    return share(subject) * 100 < percent;
  }

  private long hash(String subject) {
    long hash = FNV_OFFSET ^ mix(seed);
    for (byte b : subject.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * FNV_PRIME;
    }
    return mix(hash);
  }

  /** The finisher of SplitMix64 (Steele, Lea, Flood 2014): spreads every bit over all others. */
  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
