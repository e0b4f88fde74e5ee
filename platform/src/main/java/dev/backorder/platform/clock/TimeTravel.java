package dev.backorder.platform.clock;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.background.Background;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.FeedConsumers;
import dev.backorder.platform.feed.Sequencer;
import dev.backorder.platform.work.DueWorkRunner;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Moves simulated time and does everything that the new time makes due. */
@ApplicationScoped
public class TimeTravel {
  private final SimulatedClock clock;
  private final Background background;
  private final Sequencer sequencer;
  private final FeedConsumers consumers;
  private final DueWorkRunner works;
  private final DataSource dataSource;

  TimeTravel(
      SimulatedClock clock,
      Background background,
      Sequencer sequencer,
      FeedConsumers consumers,
      DueWorkRunner works,
      DataSource dataSource) {
    this.clock = clock;
    this.background = background;
    this.sequencer = sequencer;
    this.consumers = consumers;
    this.works = works;
    this.dataSource = dataSource;
  }

  /**
   * What an advance did.
   *
   * @param events events of others that were handled
   * @param works timers and process steps that were run
   * @param position of the feed then
   * @param time the time then
   * @param nextDue the earliest time at which a timer is due
   */
  public record Done(
      long events, long works, long position, Instant time, Optional<Instant> nextDue) {}

  /**
   * Moves the time to {@code time}, unless it is later already; then follows the feeds and runs
   * timers until no timer is due. One replica at a time: others wait.
   *
   * @param bounds positions up to which feeds are followed, by producing service; a feed that is
   *     not among them is followed to its end
   * @throws DomainException PRECONDITION CLOCK_NOT_SIMULATED on the real clock
   */
  public Done advanceTo(Instant time, Map<String, Long> bounds) {
    if (!background.isSimulated()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_CLOCK_NOT_SIMULATED,
          "This service runs on the real clock.",
          Map.of());
    }
    // The turn is a row lock on a connection of its own, held while everything else commits on
    // others. It is not the row of the clock: that must be committed at once, for all to see.
    try (Connection turn = dataSource.getConnection()) {
      turn.setAutoCommit(false);
      try (PreparedStatement lock =
          turn.prepareStatement("select id from simulated_clock_turn where id = 1 for update")) {
        lock.execute();
        return doAllThatIsDue(clock.moveTo(time), bounds);
      } finally {
        turn.rollback();
        turn.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the turn to advance the clock", e);
    }
  }

  private Done doAllThatIsDue(Instant now, Map<String, Long> bounds) {
    long events = 0;
    long done = 0;
    DueWorkRunner.Ran ran;
    do {
      events += consumers.drainAll(bounds);
      ran = works.runAll(now);
      done += ran.count();
      // A timer may have called another service, which then has facts for us.
    } while (ran.count() > 0);
    return new Done(events, done, sequencer.position(), now, ran.nextDue());
  }
}
