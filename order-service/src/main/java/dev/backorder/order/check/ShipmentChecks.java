package dev.backorder.order.check;

import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

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
          "All reserved units of an order that nobody is cancelling or confirming, that wait for no others, and that the warehouse can send, are offered to it.",
          """
          WITH withheld AS (
            SELECT order_id, line_id, location, sum(quantity) AS units FROM withheld_units GROUP BY 1, 2, 3),
          ready AS (
            SELECT p.order_id, p.line_id, p.location, nullif(sum(p.quantity) - coalesce(max(w.units), 0), 0) AS units
            FROM line_portion p JOIN order_line l ON l.order_id = p.order_id AND l.line_id = p.line_id
            LEFT JOIN withheld w ON w.order_id = p.order_id AND w.line_id = p.line_id AND w.location = p.location
            WHERE p.state = 'RESERVED' AND l.hold_time IS NULL GROUP BY 1, 2, 3),
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

  @Singleton
  static class WithheldAddUp extends SqlCheck {
    WithheldAddUp(Sql sql) {
      super(
          sql,
          "withheld_units_add_up",
          "What a line has withheld is what its rows say, and it is reserved.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject,
              format('at most %s, on the line %s', l.reserved_quantity, l.withheld_quantity) AS expected,
              coalesce(w.units, 0)::text AS actual
          FROM order_line l
          LEFT JOIN (SELECT order_id, line_id, sum(quantity) AS units FROM withheld_units GROUP BY 1, 2) w
            ON w.order_id = l.order_id AND w.line_id = l.line_id
          WHERE l.withheld_quantity <> coalesce(w.units, 0) OR coalesce(w.units, 0) > l.reserved_quantity""");
    }
  }

  /** A rule that would keep units for ever is a mistake of ours, whatever it says. */
  @Singleton
  static class HoldsEnd extends SqlCheck {
    private static final Duration GRACE = Duration.ofHours(1);

    private final Clock clock;

    HoldsEnd(Sql sql, Clock clock) {
      super(
          sql,
          "held_units_wait_for_something",
          "Reserved units are held only while other units of their order wait, and not after their time is over.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject, 'offered' AS expected,
              format('held since %s until %s', l.hold_time, l.hold_until_time) AS actual
          FROM order_line l
          WHERE l.hold_time IS NOT NULL
            AND (l.reserved_quantity = 0 OR l.hold_until_time < ?
              OR NOT EXISTS (SELECT 1 FROM order_line w WHERE w.order_id = l.order_id AND w.waiting_quantity > 0))""");
      this.clock = clock;
    }

    @Override
    public List<Difference> run(int limit) {
      return differences(limit, clock.instant().minus(GRACE));
    }
  }

  @Singleton
  static class SharesAddUp extends SqlCheck {
    SharesAddUp(Sql sql) {
      super(
          sql,
          "shipment_values_add_up",
          "The units of a line in shipments that left are those that it counts, and what they cost sums to their share of the line.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject,
              format('%s units for %s', l.left_quantity,
                  div(2 * l.price_minor::numeric * l.left_quantity + l.price_quantity, 2 * l.price_quantity)) AS expected,
              format('%s units for %s', s.units, s.value) AS actual
          FROM order_line l
          JOIN (
            SELECT p.order_id, p.line_id, sum(p.quantity) AS units, sum(p.value_minor) AS value
            FROM shipment s JOIN shipment_line p ON p.order_id = s.order_id AND p.shipment_id = s.shipment_id
            WHERE s.state IN ('SHIPPED', 'DELIVERED') GROUP BY 1, 2) s
            ON s.order_id = l.order_id AND s.line_id = l.line_id
          WHERE (s.units, s.value) IS DISTINCT FROM (l.left_quantity::numeric,
              div(2 * l.price_minor::numeric * l.left_quantity + l.price_quantity, 2 * l.price_quantity))""");
    }
  }
}
