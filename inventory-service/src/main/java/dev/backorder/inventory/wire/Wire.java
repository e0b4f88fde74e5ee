package dev.backorder.inventory.wire;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.backorder.platform.errors.FieldProblems;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** Days and times as the contracts write them. */
public final class Wire {
  private Wire() {}

  /** A day as a message. */
  public static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  /** An instant as a message. */
  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** The day of a message that we wrote ourselves or that a peer's contract guarantees. */
  public static LocalDate day(Date date) {
    return LocalDate.of(date.getYear(), date.getMonth(), date.getDay());
  }

  /** The day that a caller sent; empty, with the problem noted, when there is no such day. */
  public static Optional<LocalDate> day(Date date, String field, FieldProblems problems) {
    try {
      if (date.getYear() >= 1 && date.getYear() <= 9999) {
        return Optional.of(day(date));
      }
    } catch (DateTimeException e) {
      // Falls through: the caller hears of it together with everything else that is wrong.
    }
    problems.add(field, "must be a full date that exists");
    return Optional.empty();
  }
}
