package dev.backorder.inventory.promise.model;

import java.util.Map;

/**
 * Share of cases, in percent, in which dates are expected to hold.
 *
 * @param usual of every channel that is not named
 * @param byChannel of channels that punish lateness
 */
public record Percentiles(int usual, Map<String, Integer> byChannel) {
  private static final int ALL = 100;

  /** Copies the map. */
  public Percentiles {
    byChannel = Map.copyOf(byChannel);
  }

  /** The same for every channel. */
  public static Percentiles always(int percentile) {
    return new Percentiles(percentile, Map.of());
  }

  /**
   * The percentile that keeps to a late limit, and is never below the usual one.
   *
   * @param lateLimitPercent share of late orders, in percent, that a channel allows
   */
  public static int keeping(int usual, int lateLimitPercent) {
    return Math.max(usual, ALL - lateLimitPercent);
  }

  /** The one of a channel. */
  public int of(String channel) {
    return byChannel.getOrDefault(channel, usual);
  }

  /** The highest of all. */
  public int highest() {
    return byChannel.values().stream().mapToInt(p -> p).reduce(usual, Math::max);
  }
}
