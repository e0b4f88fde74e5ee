package dev.backorder.cli.report;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A backordered line that left.
 *
 * @param placed day of the order
 * @param promised last day on which it was first promised to leave
 * @param actual day on which it left
 */
public record PromiseSample(LocalDate placed, LocalDate promised, LocalDate actual) {

  /** Days that were promised to wait. */
  public long promisedDays() {
    return ChronoUnit.DAYS.between(placed, promised);
  }

  /** Days that it took. */
  public long actualDays() {
    return ChronoUnit.DAYS.between(placed, actual);
  }
}
