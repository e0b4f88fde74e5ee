package dev.backorder.inventory.quality;

import dev.backorder.inventory.book.StockKey;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Quality holds. Rows change only under the lock of the stock row. */
@ApplicationScoped
class QualityHoldBook {
  private final Sql sql;

  QualityHoldBook(Sql sql) {
    this.sql = sql;
  }

  /** A hold and its place in the list. */
  record PlacedHold(long position, QualityHoldRow hold) {}

  Optional<QualityHoldRow> find(String id) {
    return sql.first(
        QualityHoldBook::read, "select * from quality_hold where quality_hold_id = ?", id);
  }

  /** Holds after a position, oldest first. */
  List<PlacedHold> page(
      String sku, String location, boolean includeReleased, long after, int limit) {
    return sql.list(
        row -> new PlacedHold(row.getLong("position"), read(row)),
        """
        select * from quality_hold
        where (? = '' or sku = ?) and (? = '' or location = ?) and (? or held_quantity > 0)
          and position > ?
        order by position limit ?""",
        sku,
        sku,
        location,
        location,
        includeReleased,
        after,
        limit);
  }

  void insert(QualityHoldRow hold) {
    sql.later(
        """
        insert into quality_hold (quality_hold_id, sku, location, quantity, held_quantity, reason, actor,
          reference, expected_date, create_time)
        values (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, '')::date, ?)""",
        hold.id(),
        hold.key().sku(),
        hold.key().location(),
        hold.quantity(),
        hold.held(),
        hold.reason(),
        hold.actor(),
        hold.reference(),
        hold.expectedDate().map(LocalDate::toString).orElse(""),
        hold.createTime());
  }

  void update(QualityHoldRow hold) {
    sql.later(
        """
        update quality_hold set held_quantity = ?, accepted_quantity = ?, rejected_quantity = ?
        where quality_hold_id = ?""",
        hold.held(),
        hold.accepted(),
        hold.rejected(),
        hold.id());
  }

  private static QualityHoldRow read(ResultSet row) throws SQLException {
    return new QualityHoldRow(
        row.getString("quality_hold_id"),
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getLong("quantity"),
        row.getLong("accepted_quantity"),
        row.getLong("rejected_quantity"),
        row.getString("reason"),
        row.getString("actor"),
        row.getString("reference"),
        Optional.ofNullable(row.getObject("expected_date", LocalDate.class)),
        Sql.instant(row, "create_time"));
  }
}
