package dev.backorder.inventory.reference;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/**
 * A location as the reference knows it.
 *
 * @param zone in which its dates are days
 * @param priority lower is asked first
 * @param handlingDays working days from the shelf to the door
 * @param inspectionDays working days from the dock to the shelf
 * @param transitDays calendar days to any destination
 * @param weekdays on which it works
 * @param closed days on which it does not
 */
record Site(
    String code,
    ZoneId zone,
    int priority,
    int handlingDays,
    int inspectionDays,
    int transitDays,
    Set<DayOfWeek> weekdays,
    Set<LocalDate> closed) {

  LocalDate today(Instant now) {
    return now.atZone(zone).toLocalDate();
  }

  /** The day itself when the site works on it, else the next day on which it does. */
  LocalDate working(LocalDate day) {
    LocalDate candidate = day;
    while (!weekdays.contains(candidate.getDayOfWeek()) || closed.contains(candidate)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  /** The working day that comes so many working days after the first one from {@code day} on. */
  LocalDate working(LocalDate day, int later) {
    LocalDate result = working(day);
    for (int i = 0; i < later; i++) {
      result = working(result.plusDays(1));
    }
    return result;
  }
}
