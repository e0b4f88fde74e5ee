package dev.backorder.supplier.wire;

import com.google.type.Date;
import dev.backorder.platform.errors.FieldProblems;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/** Calendar days on the wire. */
public final class Dates {
  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2999;

  private Dates() {}

  /** A day as the wire has it. */
  public static Date toWire(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  /**
   * The day, or a noted problem of {@code field} when it is no whole day of the calendar between
   * 1900 and 2999.
   */
  public static Optional<LocalDate> parse(FieldProblems problems, String field, Date date) {
    try {
      LocalDate day = LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
      if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
        return Optional.of(day);
      }
    } catch (DateTimeException e) {
      // Said below, as for a day out of range.
    }
    problems.add(
        field, "must be a day of the calendar with year, month and day, from 1900 to 2999");
    return Optional.empty();
  }
}
