package dev.backorder.order.shipment;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The table of withheld units. Every method is at most two statements for any number of rows. */
@ApplicationScoped
class WithheldRows {
  private final Sql sql;

  WithheldRows(Sql sql) {
    this.sql = sql;
  }

  void insert(List<WithheldUnits> added) {
    if (added.isEmpty()) {
      return;
    }
    sql.later(
        """
        INSERT INTO withheld_units (order_id, shipment_id, line_id, location, quantity, until_time)
        SELECT * FROM unnest(?, ?, ?, ?, ?, ?)""",
        added.stream().map(WithheldUnits::orderId).toArray(UUID[]::new),
        added.stream().map(WithheldUnits::shipmentId).toArray(UUID[]::new),
        added.stream().map(WithheldUnits::lineId).toArray(UUID[]::new),
        added.stream().map(WithheldUnits::location).toArray(String[]::new),
        added.stream().map(WithheldUnits::quantity).toArray(Long[]::new),
        added.stream().map(WithheldUnits::until).toArray(Instant[]::new));
  }

  /** What is withheld of orders, the latest first. */
  List<WithheldUnits> find(Collection<UUID> orderIds) {
    return sql.list(
        r ->
            new WithheldUnits(
                r.getObject("order_id", UUID.class),
                r.getObject("shipment_id", UUID.class),
                r.getObject("line_id", UUID.class),
                r.getString("location"),
                r.getLong("quantity"),
                Sql.instant(r, "until_time")),
        """
        SELECT * FROM withheld_units WHERE order_id = ANY (?)
        ORDER BY order_id, until_time DESC, shipment_id, line_id""",
        (Object) orderIds.toArray(UUID[]::new));
  }

  /** Writes how many units are withheld; those of which none are left disappear. */
  void update(List<WithheldUnits> changed) {
    List<WithheldUnits> less = changed.stream().filter(row -> row.quantity() > 0).toList();
    List<WithheldUnits> ended = changed.stream().filter(row -> row.quantity() == 0).toList();
    if (!less.isEmpty()) {
      sql.later(
          """
          UPDATE withheld_units w SET quantity = c.quantity
          FROM unnest(?, ?, ?, ?) AS c(order_id, shipment_id, line_id, quantity)
          WHERE w.order_id = c.order_id AND w.shipment_id = c.shipment_id AND w.line_id = c.line_id""",
          less.stream().map(WithheldUnits::orderId).toArray(UUID[]::new),
          less.stream().map(WithheldUnits::shipmentId).toArray(UUID[]::new),
          less.stream().map(WithheldUnits::lineId).toArray(UUID[]::new),
          less.stream().map(WithheldUnits::quantity).toArray(Long[]::new));
    }
    if (!ended.isEmpty()) {
      sql.later(
          """
          DELETE FROM withheld_units w USING unnest(?, ?, ?) AS c(order_id, shipment_id, line_id)
          WHERE w.order_id = c.order_id AND w.shipment_id = c.shipment_id AND w.line_id = c.line_id""",
          ended.stream().map(WithheldUnits::orderId).toArray(UUID[]::new),
          ended.stream().map(WithheldUnits::shipmentId).toArray(UUID[]::new),
          ended.stream().map(WithheldUnits::lineId).toArray(UUID[]::new));
    }
  }
}
