package dev.backorder.platform.feed;

import dev.backorder.common.v1.Checkpoint;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** How far those who follow our feed have got, by their own report. */
@ApplicationScoped
class Checkpoints {
  private static final String SELECT =
      "select c.consumer, c.epoch, c.position, c.reported_time,"
          + " case when c.epoch = h.epoch then greatest(0, h.position - c.position) else h.position end as lag"
          + " from feed_checkpoint c cross join feed_head h ";

  private final Sql sql;
  private final Clock clock;

  Checkpoints(Sql sql, Clock clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * Stores a report; one that is behind the stored place of the same epoch counts only when {@code
   * rewind} is set.
   */
  Checkpoint report(String consumer, Cursor place, boolean rewind) {
    sql.update(
        """
        insert into feed_checkpoint as c (consumer, epoch, position, reported_time) values (?, ?, ?, ?)
        on conflict (consumer) do update set epoch = excluded.epoch, reported_time = excluded.reported_time,
          position = case when c.epoch = excluded.epoch and not ? then greatest(c.position, excluded.position)
            else excluded.position end""",
        consumer,
        place.epoch(),
        place.position(),
        clock.instant(),
        rewind);
    return sql.first(Checkpoints::read, SELECT + "where c.consumer = ?", consumer).orElseThrow();
  }

  List<Checkpoint> page(String afterConsumer, int limit) {
    return sql.list(
        Checkpoints::read,
        SELECT + "where c.consumer > ? order by c.consumer limit ?",
        afterConsumer,
        limit);
  }

  private static Checkpoint read(ResultSet row) throws SQLException {
    return Checkpoint.newBuilder()
        .setConsumer(row.getString("consumer"))
        .setCursor(new Cursor(row.getString("epoch"), row.getLong("position")).encode())
        .setLagCount(row.getLong("lag"))
        .setReportedTime(FeedReader.timestamp(Sql.instant(row, "reported_time")))
        .build();
  }
}
