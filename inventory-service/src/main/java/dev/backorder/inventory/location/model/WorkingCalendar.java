package dev.backorder.inventory.location.model;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;

/**
 * On which days a place works.
 *
 * @param weekdays days of the week on which it works; at least one
 * @param closedDates single days on which it does not work
 */
public record WorkingCalendar(Set<DayOfWeek> weekdays, Set<LocalDate> closedDates) {

  /** Works on every day. */
  public static final WorkingCalendar EVERY_DAY =
      new WorkingCalendar(EnumSet.allOf(DayOfWeek.class), Set.of());

  /** Copies the sets and checks that there is a working day at all. */
  public WorkingCalendar {
    if (weekdays.isEmpty()) {
      throw new IllegalArgumentException("a calendar needs a working day");
    }
    weekdays = Set.copyOf(weekdays);
    closedDates = Set.copyOf(closedDates);
  }

  /** Whether the place works on this day. */
  public boolean isWorkingDay(LocalDate day) {
    return weekdays.contains(day.getDayOfWeek()) && !closedDates.contains(day);
  }

  /** Whether nobody ever waits a year or longer for a working day. */
  public boolean worksEveryYear() {
    return closedDates.stream().allMatch(day -> workingDayFrom(day).isBefore(day.plusYears(1)));
  }

  /** The day itself when the place works on it, else the next day on which it does. */
  public LocalDate workingDayFrom(LocalDate day) {
    LocalDate candidate = day;
    // Ends: closed days are a finite set and every week has a working weekday.
    while (!isWorkingDay(candidate)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  /**
   * The day on which work of so many working days is done when it starts on {@code day}. Zero is
   * the first working day from {@code day} on; one is the working day after that.
   */
  public LocalDate addWorkingDays(LocalDate day, int days) {
    if (days < 0) {
      throw new IllegalArgumentException("working days below zero");
    }
    LocalDate result = workingDayFrom(day);
    for (int added = 0; added < days; added++) {
      result = workingDayFrom(result.plusDays(1));
    }
    return result;
  }
}
