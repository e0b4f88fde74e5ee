package dev.backorder.platform.clock;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The system's time in microseconds, the most that the database keeps. {@link Clock#tick} would do,
 * but on Java 17 its {@code millis()} divides by zero for ticks below a millisecond.
 */
final class MicrosecondClock extends Clock {

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().truncatedTo(ChronoUnit.MICROS);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    // Instants have no zone, and nobody asks this clock for local time.
    return this;
  }
}
