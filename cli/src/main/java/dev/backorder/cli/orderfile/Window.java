package dev.backorder.cli.orderfile;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A span of time, the end excluded.
 *
 * @param from first instant
 * @param to first instant after it
 */
public record Window(Instant from, Instant to) {

  /** Whole days of a zone, both included; an empty bound is open. */
  public static Window ofDays(Optional<LocalDate> first, Optional<LocalDate> last, ZoneId zone) {
    return new Window(
        first.map(day -> day.atStartOfDay(zone).toInstant()).orElse(Instant.MIN),
        last.map(day -> day.plusDays(1).atStartOfDay(zone).toInstant()).orElse(Instant.MAX));
  }

  /** True when the instant lies in the span. */
  public boolean contains(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
