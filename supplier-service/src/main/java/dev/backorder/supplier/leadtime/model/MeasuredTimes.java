package dev.backorder.supplier.leadtime.model;

import java.util.Collection;

/**
 * What was measured of a supplier, or of one of its items.
 *
 * @param leadTime working days of the supplier from order to receipt
 * @param lateness calendar days from the promised day to the receipt
 */
public record MeasuredTimes(DayDistribution leadTime, DayDistribution lateness) {
  /** Of these observations. */
  public static MeasuredTimes of(Collection<Observation> observations) {
    return new MeasuredTimes(
        DayDistribution.of(observations, Observation::leadTimeDays),
        DayDistribution.of(observations, Observation::lateDays));
  }
}
