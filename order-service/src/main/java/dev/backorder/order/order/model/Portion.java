package dev.backorder.order.order.model;

/**
 * Units of a line that share one fate: where they are, whether they are on hand, and when they
 * leave.
 *
 * @param quantity units, at least one
 * @param location code of the location that serves them
 */
public record Portion(long quantity, String location, Fate fate, PromiseTerms terms) {
  /** Whether units of a portion are there. */
  public enum Fate {
    RESERVED,
    WAITING
  }

  /** True when the units are on hand. */
  public boolean isReserved() {
    return fate == Fate.RESERVED;
  }
}
