package dev.backorder.order.order;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lines that somebody asked to add to orders. Each becomes a line of its order when
 * inventory-service has decided it, and its answer and its feed may tell so in any order.
 */
@ApplicationScoped
public class AddedLines {
  private final Sql sql;

  AddedLines(Sql sql) {
    this.sql = sql;
  }

  /**
   * Notes lines that an amendment asks for. The order is locked.
   *
   * @param latestDays the last day for which units may be promised, of lines that have one
   */
  public void insert(
      UUID orderId, UUID amendmentId, List<OrderLine> lines, Map<UUID, LocalDate> latestDays) {
    if (lines.isEmpty()) {
      return;
    }
    LineRows.Columns line = new LineRows.Columns(LineRows.Owned.of(orderId, lines));
    sql.later(
        """
        INSERT INTO added_line (amendment_id, order_id, line_id, line_number, sku, price_minor, price_quantity,
            wanted_date, ordered_quantity, ship_group, due_date, max_late_days, latest_ship_by_date)
        SELECT ?, l.* FROM unnest(?, ?, ?, ?, ?, ?, ?::date[], ?, ?, ?::date[], ?, ?::date[]) AS l""",
        amendmentId,
        line.orderIds(),
        line.ids(),
        line.numbers(),
        line.skus(),
        line.longs(OrderLine::priceMinor),
        line.longs(OrderLine::priceQuantity),
        line.wantedDates(),
        line.longs(l -> l.quantities().ordered()),
        line.shipGroups(),
        line.dueDates(),
        line.maxLateDays(),
        lines.stream()
            .map(l -> latestDays.get(l.lineId()))
            .map(day -> day == null ? null : day.toString())
            .toArray(String[]::new));
  }

  /** Lines of an order by their ids, undecided as they were asked for. */
  public List<OrderLine> find(UUID orderId, Collection<UUID> lineIds) {
    return sql.list(
        AddedLines::read,
        "SELECT * FROM added_line WHERE order_id = ? AND line_id = ANY (?) ORDER BY line_number",
        orderId,
        lineIds.toArray(UUID[]::new));
  }

  /** Lines that an amendment asks for, in their order. */
  public List<OrderLine> of(UUID amendmentId) {
    return sql.list(
        AddedLines::read,
        "SELECT * FROM added_line WHERE amendment_id = ? ORDER BY line_number",
        amendmentId);
  }

  /** The last day for which units may be promised, of those lines of an amendment that have one. */
  public Map<UUID, LocalDate> latestDays(UUID amendmentId) {
    Map<UUID, LocalDate> days = new HashMap<>();
    sql.list(
        r ->
            days.put(
                r.getObject("line_id", UUID.class),
                r.getObject("latest_ship_by_date", LocalDate.class)),
        """
        SELECT line_id, latest_ship_by_date FROM added_line
        WHERE amendment_id = ? AND latest_ship_by_date IS NOT NULL""",
        amendmentId);
    return days;
  }

  /** Lines that amendments under way ask for, whether or not the order has them by now. */
  public List<OrderLine> underWay(UUID orderId) {
    return sql.list(
        AddedLines::read,
        """
        SELECT l.* FROM added_line l JOIN amendment a USING (amendment_id)
        WHERE a.order_id = ? AND a.state = 'OPEN' ORDER BY l.line_number""",
        orderId);
  }

  private static OrderLine read(ResultSet r) throws SQLException {
    return OrderLine.undecided(
        r.getObject("line_id", UUID.class),
        r.getInt("line_number"),
        r.getString("sku"),
        r.getLong("price_minor"),
        r.getLong("price_quantity"),
        OrderRows.date(r, "wanted_date"),
        r.getLong("ordered_quantity"),
        LineRows.readShipTerms(r));
  }
}
