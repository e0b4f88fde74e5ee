package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.StockKey;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Units set aside for queues that are too long to serve at once. Changed under the lock of the
 * stock row.
 */
@ApplicationScoped
class QueueFillBook {
  private final Sql sql;

  QueueFillBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * Units that still have to be given to lines.
   *
   * @param supplyId the supply they came from; empty when from elsewhere
   */
  record QueueFill(long fillId, StockKey key, String supplyId, long remaining) {}

  void insert(StockKey key, String supplyId, long units, Instant now) {
    sql.later(
        """
        insert into queue_fill (sku, location, supply_id, remaining_quantity, create_time)
        values (?, ?, ?, ?, ?)""",
        key.sku(),
        key.location(),
        supplyId,
        units,
        now);
  }

  /** The oldest of all, to find queues on which work goes on. */
  List<QueueFill> oldest(int limit) {
    return sql.list(
        QueueFillBook::read, "select * from queue_fill order by fill_id limit ?", limit);
  }

  /** When the oldest began. */
  Optional<Instant> oldestTime() {
    return sql.first(
        row -> Sql.instant(row, "create_time"),
        "select create_time from queue_fill order by fill_id limit 1");
  }

  /** Those of a queue, oldest first. */
  List<QueueFill> of(StockKey key) {
    return sql.list(
        QueueFillBook::read,
        "select * from queue_fill where sku = ? and location = ? order by fill_id",
        key.sku(),
        key.location());
  }

  /** Units of a queue that still have to be given, by the supply they came from. */
  Map<String, Long> remainingBySupply(StockKey key) {
    Map<String, Long> remaining = new HashMap<>();
    of(key).forEach(fill -> remaining.merge(fill.supplyId(), fill.remaining(), Math::addExact));
    return remaining;
  }

  /** Takes units off; the row goes with its last unit. */
  void take(QueueFill fill, long units) {
    if (units == fill.remaining()) {
      sql.later("delete from queue_fill where fill_id = ?", fill.fillId());
    } else {
      sql.later(
          "update queue_fill set remaining_quantity = remaining_quantity - ? where fill_id = ?",
          units,
          fill.fillId());
    }
  }

  private static QueueFill read(ResultSet row) throws SQLException {
    return new QueueFill(
        row.getLong("fill_id"),
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getString("supply_id"),
        row.getLong("remaining_quantity"));
  }
}
