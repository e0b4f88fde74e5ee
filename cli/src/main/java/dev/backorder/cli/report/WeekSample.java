package dev.backorder.cli.report;

import java.time.LocalDate;

/**
 * What was asked for in a week.
 *
 * @param monday first day
 * @param orderedUnits asked for
 * @param filledUnits reserved from stock at once
 * @param waitingUnits sold ahead of supply
 * @param refusedUnits refused
 */
public record WeekSample(
    LocalDate monday, long orderedUnits, long filledUnits, long waitingUnits, long refusedUnits) {

  /** Both together. */
  public WeekSample plus(WeekSample other) {
    return new WeekSample(
        monday,
        orderedUnits + other.orderedUnits,
        filledUnits + other.filledUnits,
        waitingUnits + other.waitingUnits,
        refusedUnits + other.refusedUnits);
  }

  /** Share of the units that were reserved at once; 1 when nothing was asked for. */
  public double fillRate() {
    return orderedUnits == 0 ? 1 : (double) filledUnits / orderedUnits;
  }
}
