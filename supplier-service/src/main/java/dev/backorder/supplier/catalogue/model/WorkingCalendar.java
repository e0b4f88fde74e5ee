package dev.backorder.supplier.catalogue.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;

/**
 * The days on which a supplier works.
 *
 * @param weekdays days of the week on which it works; empty means all seven, so that there is
 *     always a next working day
 * @param closedDates single days on which it does not
 */
public record WorkingCalendar(Set<DayOfWeek> weekdays, Set<LocalDate> closedDates) {
  /** Keeps copies. */
  public WorkingCalendar {
    weekdays = Set.copyOf(weekdays);
    closedDates = Set.copyOf(closedDates);
  }

  /** Tells whether the supplier works on that day. */
  public boolean isWorkingDay(LocalDate day) {
    return (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
        && !closedDates.contains(day);
  }

  /**
   * The day that lies so many working days after {@code start}. Zero days is the start itself when
   * it is a working day and otherwise the next one.
   *
   * @param workingDays at least 0
   */
  public LocalDate after(LocalDate start, int workingDays) {
    LocalDate day = start;
    for (int left = workingDays; left > 0; left--) {
      day = nextWorkingDay(day.plusDays(1));
    }
    return nextWorkingDay(day);
  }

  private LocalDate nextWorkingDay(LocalDate from) {
    LocalDate day = from;
    while (!isWorkingDay(day)) {
      day = day.plusDays(1);
    }
    return day;
  }
}
