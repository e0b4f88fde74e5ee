package dev.backorder.inventory.promise.model;

import java.util.List;

/**
 * How many days something took, by percentile: a step function.
 *
 * @param steps ascending, the last one up to 100; empty when not enough is known
 */
public record Quantiles(List<Step> steps) {
  /** Not enough is known. */
  public static final Quantiles NONE = new Quantiles(List.of());

  private static final int ALL = 100;

  /**
   * Percentiles that share a quantile: those above the step before.
   *
   * @param upToPercent the highest of them
   * @param days their quantile
   */
  public record Step(int upToPercent, int days) {}

  /** Keeps a copy and refuses what no percentile could be looked up in. */
  public Quantiles {
    steps = List.copyOf(steps);
    int percent = 0;
    int days = Integer.MIN_VALUE;
    for (Step step : steps) {
      if (step.upToPercent() <= percent || step.days() < days) {
        throw new IllegalArgumentException("quantiles do not ascend: " + steps);
      }
      percent = step.upToPercent();
      days = step.days();
    }
    if (!steps.isEmpty() && percent != ALL) {
      throw new IllegalArgumentException("quantiles do not reach all: " + steps);
    }
  }

  /** Whether enough is known. */
  public boolean isKnown() {
    return !steps.isEmpty();
  }

  /**
   * The days that so many percent do not exceed.
   *
   * @param percentile 1 to 100
   * @throws IllegalStateException when not enough is known
   */
  public int at(int percentile) {
    return steps.stream()
        .filter(step -> percentile <= step.upToPercent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("nothing is known"))
        .days();
  }
}
