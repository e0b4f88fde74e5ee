package dev.backorder.platform.clock;

import dev.backorder.platform.background.ClockConfig;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The one row that says what time it is, for all replicas, when time is simulated. */
@ApplicationScoped
public class SimulatedClock {
  /**
   * Used when {@code backorder.clock.start} is not set: a fixed time, so that every run is the
   * same.
   */
  private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

  private final Sql sql;
  private final ClockConfig config;
  private final TransactionSynchronizationRegistry transaction;

  SimulatedClock(Sql sql, ClockConfig config, TransactionSynchronizationRegistry transaction) {
    this.sql = sql;
    this.config = config;
    this.transaction = transaction;
  }

  /**
   * The present simulated time. One transaction sees one time: it is read once in each, and from
   * the database every time outside of any, since another replica may have moved it.
   */
  public Instant now() {
    if (transaction.getTransactionKey() == null) {
      return read();
    }
    Instant known = (Instant) transaction.getResource(SimulatedClock.class);
    if (known == null) {
      known = read();
      transaction.putResource(SimulatedClock.class, known);
    }
    return known;
  }

  private Instant read() {
    return sql.first(r -> Sql.instant(r, "time"), "select time from simulated_clock where id = 1")
        .orElseGet(this::startTime);
  }

  /**
   * Moves the time forward; never back.
   *
   * @return the time then
   */
  public Instant moveTo(Instant time) {
    Instant start = startTime();
    Instant wanted = time.isBefore(start) ? start : time;
    // Most calls repeat the present time: they write nothing, so they wait for no disk.
    Instant known = read();
    if (!wanted.isAfter(known) && !known.equals(start)) {
      return known;
    }
    return sql.first(
            r -> Sql.instant(r, "time"),
            """
            insert into simulated_clock as c (id, time) values (1, ?)
            on conflict (id) do update set time = greatest(c.time, excluded.time)
            returning time""",
            wanted)
        .orElseThrow();
  }

  private Instant startTime() {
    return config.start().orElse(DEFAULT_START);
  }

  /** This clock as the JDK's, in UTC. */
  Clock asClock() {
    return new Reading(this, ZoneOffset.UTC);
  }

  private static final class Reading extends Clock {
    private final SimulatedClock source;
    private final ZoneId zone;

    Reading(SimulatedClock source, ZoneId zone) {
      this.source = source;
      this.zone = zone;
    }

    @Override
    public ZoneId getZone() {
      return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
      return new Reading(source, other);
    }

    @Override
    public Instant instant() {
      return source.now();
    }
  }
}
