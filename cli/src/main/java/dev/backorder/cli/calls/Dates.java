package dev.backorder.cli.calls;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import java.time.Instant;
import java.time.LocalDate;

/** Dates and times, to and from the wire. */
public final class Dates {

  private Dates() {}

  /** To the wire. */
  public static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  /** From the wire. */
  public static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  /** To the wire. */
  public static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  /** From the wire. */
  public static LocalDate localDate(Date day) {
    return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
  }

  /** For people: {@code 2010-12-24}, or {@code -} when there is none. */
  public static String text(boolean present, Date day) {
    return present ? localDate(day).toString() : "-";
  }
}
