package dev.backorder.inventory.promise.model;

import dev.backorder.inventory.location.model.WorkingCalendar;
import java.time.LocalDate;
import java.util.Set;

/**
 * How the preferred supplier of an item would deliver it. All lead times are working days of the
 * supplier.
 *
 * @param calendar when the supplier works
 * @param nominalDays what it says; 0 when it says nothing
 * @param measured from order to receipt
 * @param isOfItem whether this item was measured; else all that the supplier sells
 */
public record SupplierOffer(
    WorkingCalendar calendar, int nominalDays, Quantiles measured, boolean isOfItem) {

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

  /** The day of arrival of what is ordered on the first day from {@code day} on which it works. */
  LocalDate arrival(LocalDate day, int leadTimeDays) {
    return calendar.addWorkingDays(day, leadTimeDays);
  }

  /** The same if it had no single closed days. */
  LocalDate arrivalWithoutClosures(LocalDate day, int leadTimeDays) {
    return calendar.closedDates().isEmpty()
        ? arrival(day, leadTimeDays)
        : new WorkingCalendar(calendar.weekdays(), Set.of()).addWorkingDays(day, leadTimeDays);
  }
}
