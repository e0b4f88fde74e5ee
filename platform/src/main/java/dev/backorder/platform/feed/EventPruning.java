package dev.backorder.platform.feed;

import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.work.DueWork;
import dev.backorder.platform.work.Housekeeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Forgets old events that every consumer has handled, or that are so old that no one is waited for.
 * The newest event of each key stays for ever: events carry the full state, so whoever starts at
 * the beginning gets a complete snapshot.
 */
@ApplicationScoped
class EventPruning implements DueWork {
  private static final int BATCH = 2_000;

  private final Sql sql;
  private final Housekeeping timer;
  private final FeedConfig config;

  EventPruning(Sql sql, Housekeeping timer, FeedConfig config) {
    this.sql = sql;
    this.timer = timer;
    this.config = config;
  }

  @Override
  public String name() {
    return "event-pruning";
  }

  @Override
  public boolean isHousekeeping() {
    return true;
  }

  @Override
  public Optional<Instant> nextDue() {
    return timer.nextDue(name());
  }

  @Override
  public int run(Instant now) {
    int deleted = prune(now);
    if (deleted < BATCH) {
      timer.done(name(), now.plus(Duration.ofDays(1)));
    }
    return deleted;
  }

  private int prune(Instant now) {
    return sql.update(
        """
        with old as (
          select p.position, e.sequence_number from event e
          join event_position p on p.sequence_number = e.sequence_number
          where e.recorded_time < ?
            and (e.recorded_time < ? or p.position <= (
              select min(case when c.consumer is null then h.position
                  when c.epoch = h.epoch then c.position else 0 end)
              from feed_head h left join feed_checkpoint c on true))
            and exists (select 1 from event n where n.key = e.key and n.sequence_number > e.sequence_number)
          order by e.sequence_number limit ?),
        unplaced as (delete from event_position p using old where p.position = old.position)
        delete from event e using old where e.sequence_number = old.sequence_number""",
        now.minus(config.retention()),
        now.minus(config.longestRetention()),
        BATCH);
  }
}
