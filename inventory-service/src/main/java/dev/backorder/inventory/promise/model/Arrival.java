package dev.backorder.inventory.promise.model;

import java.time.LocalDate;

/**
 * When a supply comes, as far as one can know.
 *
 * @param expected the day that the supplier, or our estimate, says
 * @param counted the day that is counted on without regard to percentiles: a later one once it is
 *     overdue
 * @param overdue whether its day passed so long ago that {@code counted} is our estimate
 * @param lateness days after the promised day, as measured
 */
public record Arrival(LocalDate expected, LocalDate counted, boolean overdue, Quantiles lateness) {

  /** On a day about whose reliability nothing is known. */
  public static Arrival on(LocalDate day) {
    return new Arrival(day, day, false, Quantiles.NONE);
  }

  /**
   * The day by which it has come in so many percent of cases, by what was measured. Never before
   * the day that was said: a supplier that is usually early has promised no earlier day. An overdue
   * supply is estimated anew, but no earlier than it was.
   */
  public LocalDate day(int percentile) {
    if (!lateness.isKnown()) {
      return counted;
    }
    LocalDate likely = expected.plusDays(Math.max(0, lateness.at(percentile)));
    return likely.isAfter(counted) ? likely : counted;
  }
}
