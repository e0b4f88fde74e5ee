package dev.backorder.inventory.allocation;

import com.google.type.Date;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.FieldProblems;
import java.time.LocalDate;
import java.util.Optional;

/** The first days on which lines may leave, which quote and allocate take alike. */
public final class WantedDates {
  private static final int LAST_YEAR = 2199;

  private WantedDates() {}

  /** Notes what is wrong with a date that a caller sent. */
  public static void check(Date date, String field, FieldProblems problems) {
    Wire.day(date, field, problems)
        .ifPresent(
            day ->
                problems.check(day.getYear() <= LAST_YEAR, field, "must not be after 2199-12-31"));
  }

  /** A date that was checked; empty when none was sent. */
  public static Optional<LocalDate> of(boolean sent, Date date) {
    return sent ? Optional.of(Wire.day(date)) : Optional.empty();
  }
}
