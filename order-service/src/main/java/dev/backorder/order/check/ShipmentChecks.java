package dev.backorder.order.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** What must hold between shipments and order lines at any moment. */
final class ShipmentChecks {
  private ShipmentChecks() {}

  /** inventory-service may tell over its feed that units are gone before its answer is recorded. */
  @Singleton
  static class ShippedUnitsLeft extends SqlCheck {
    ShippedUnitsLeft(Sql sql) {
      super(
          sql,
          "shipped_units_left_in_shipments",
          "Every shipped unit of a line is in a shipment that left, or is just being recorded; every delivered one arrived.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject,
              format('%s shipped, %s delivered', l.shipped_quantity, l.delivered_quantity) AS expected,
              format('%s left, %s leaving, %s arrived', coalesce(s.gone, 0), coalesce(s.leaving, 0),
                  coalesce(s.arrived, 0)) AS actual
          FROM order_line l
          LEFT JOIN (
            SELECT p.order_id, p.line_id,
                coalesce(sum(p.quantity) FILTER (WHERE s.state IN ('SHIPPED', 'DELIVERED')), 0) AS gone,
                coalesce(sum(p.quantity) FILTER (WHERE s.state = 'CONFIRMING'), 0) AS leaving,
                coalesce(sum(p.quantity) FILTER (WHERE s.state = 'DELIVERED'), 0) AS arrived
            FROM shipment_line p JOIN shipment s ON s.order_id = p.order_id AND s.shipment_id = p.shipment_id
            WHERE s.state IN ('CONFIRMING', 'SHIPPED', 'DELIVERED') GROUP BY 1, 2) s
            ON s.order_id = l.order_id AND s.line_id = l.line_id
          WHERE l.shipped_quantity NOT BETWEEN coalesce(s.gone, 0) AND coalesce(s.gone + s.leaving, 0)
             OR l.delivered_quantity <> coalesce(s.arrived, 0)""");
    }
  }

  @Singleton
  static class OffersMatchReserved extends SqlCheck {
    OffersMatchReserved(Sql sql) {
      super(
          sql,
          "offers_match_reserved_units",
          "All reserved units of an order that nobody is cancelling or confirming are offered to the warehouse.",
          """
          WITH ready AS (
            SELECT p.order_id, p.line_id, p.location, sum(p.quantity) AS units
            FROM line_portion p WHERE p.state = 'RESERVED' GROUP BY 1, 2, 3),
          offered AS (
            SELECT p.order_id, p.line_id, s.location, sum(p.quantity) AS units
            FROM shipment s JOIN shipment_line p ON p.order_id = s.order_id AND p.shipment_id = s.shipment_id
            WHERE s.state = 'OFFERED' GROUP BY 1, 2, 3)
          SELECT concat_ws(' ', order_id, line_id, location) AS subject, coalesce(r.units, 0)::text AS expected,
              coalesce(o.units, 0)::text AS actual
          FROM ready r FULL JOIN offered o USING (order_id, line_id, location)
          WHERE coalesce(r.units, 0) <> coalesce(o.units, 0)
            AND NOT EXISTS (SELECT 1 FROM shipment c WHERE c.order_id = coalesce(r.order_id, o.order_id)
                AND c.state = 'CONFIRMING')
            AND NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = coalesce(r.order_id, o.order_id)
                AND l.releasing_quantity > 0)""");
    }
  }
}
