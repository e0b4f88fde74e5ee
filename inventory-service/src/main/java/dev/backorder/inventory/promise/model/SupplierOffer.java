package dev.backorder.inventory.promise.model;

import dev.backorder.inventory.location.model.WorkingCalendar;
import java.time.LocalDate;
import java.util.Set;

/**
 * How the preferred supplier of an item would deliver it. All lead times are working days of the
 * supplier.
 *
 * @param calendar when the supplier works
 * @param sendDelayDays calendar days that a need waits for others before it is sent
 * @param nominalDays what it says; 0 when it says nothing
 * @param measured from order to receipt
 * @param isOfItem whether this item was measured; else all that the supplier sells
 */
public record SupplierOffer(
    WorkingCalendar calendar,
    int sendDelayDays,
    int nominalDays,
    Quantiles measured,
    boolean isOfItem) {

  /**
   * The lead time that so many percent do not exceed. What other items of the supplier took is no
   * reason to expect one sooner than its own lead time.
   *
   * @param itemDays what our own item says, for an offer that says nothing
   */
  public int leadTimeDays(int percentile, int itemDays) {
    int nominal = nominalDays > 0 ? nominalDays : itemDays;
    if (!measured.isKnown()) {
      return nominal;
    }
    int days = measured.at(percentile);
    return isOfItem ? days : Math.max(days, nominal);
  }

  /** The day of arrival of what is needed on a day: it is sent on a day on which it works. */
  LocalDate arrival(LocalDate day, int leadTimeDays) {
    return arrival(calendar, day, leadTimeDays);
  }

  /** The same if it had no single closed days. */
  LocalDate arrivalWithoutClosures(LocalDate day, int leadTimeDays) {
    return calendar.closedDates().isEmpty()
        ? arrival(day, leadTimeDays)
        : arrival(new WorkingCalendar(calendar.weekdays(), Set.of()), day, leadTimeDays);
  }

  private LocalDate arrival(WorkingCalendar working, LocalDate day, int leadTimeDays) {
    return working.addWorkingDays(day.plusDays(sendDelayDays), leadTimeDays);
  }
}
