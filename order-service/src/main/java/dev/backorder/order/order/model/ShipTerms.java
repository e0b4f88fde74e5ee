package dev.backorder.order.order.model;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How a line was ordered to leave.
 *
 * @param group lines of the order with the same one leave together; empty when it leaves by itself
 * @param lateness how late it may be; empty for no limit
 */
public record ShipTerms(String group, Optional<Lateness> lateness) {
  /** By itself, however late. */
  public static final ShipTerms NONE = new ShipTerms("", Optional.empty());

  /**
   * A limit.
   *
   * @param due the day on which the line is due to leave
   * @param mostDays days after it that are still fine
   */
  public record Lateness(LocalDate due, int mostDays) {
    /** The last day that is still fine. */
    public LocalDate latest() {
      return due.plusDays(mostDays);
    }
  }

  /** The last day for which units may be promised; empty for any. */
  public Optional<LocalDate> latest() {
    return lateness.map(Lateness::latest);
  }
}
