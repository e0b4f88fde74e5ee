package dev.backorder.order.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** What must hold between orders and the wishes to change them at any moment. */
final class AmendmentChecks {
  private AmendmentChecks() {}

  @Singleton
  static class AddedLinesThere extends SqlCheck {
    AddedLinesThere(Sql sql) {
      super(
          sql,
          "added_lines_are_in_orders",
          "Lines that an amendment added are in its order with their units; those that it could not add are not.",
          """
          SELECT concat_ws(' ', a.order_id, a.line_id) AS subject,
              CASE m.state WHEN 'DONE' THEN format('%s units', a.ordered_quantity) ELSE 'none' END AS expected,
              coalesce(format('%s units', l.ordered_quantity), 'none') AS actual
          FROM added_line a
          JOIN amendment m USING (amendment_id)
          LEFT JOIN order_line l ON l.order_id = a.order_id AND l.line_id = a.line_id
          WHERE (m.state = 'DONE' AND l.ordered_quantity IS DISTINCT FROM a.ordered_quantity)
             OR (m.state = 'REFUSED' AND l.line_id IS NOT NULL)""");
    }
  }

  @Singleton
  static class ReleasingUnitsWanted extends SqlCheck {
    ReleasingUnitsWanted(Sql sql) {
      super(
          sql,
          "releasing_units_have_a_wish",
          "Units on their way out of a line are those of the open cancellations and amendments.",
          """
          SELECT concat_ws(' ', l.order_id, l.line_id) AS subject, coalesce(w.units, 0)::text AS expected,
              l.releasing_quantity::text AS actual
          FROM order_line l
          LEFT JOIN (
            SELECT order_id, line_id, sum(units) AS units
            FROM (
              SELECT c.order_id, u.line_id, u.units
              FROM cancellation c, unnest(c.line_ids, c.quantities) AS u(line_id, units) WHERE c.state = 'OPEN'
              UNION ALL
              SELECT m.order_id, u.line_id, u.units
              FROM amendment m, unnest(m.line_ids, m.quantities) AS u(line_id, units) WHERE m.state = 'OPEN') o
            GROUP BY 1, 2) w ON w.order_id = l.order_id AND w.line_id = l.line_id
          WHERE l.releasing_quantity <> coalesce(w.units, 0)""");
    }
  }

  /** The rounding of order.model.LineTotals, said a second time, in SQL. */
  @Singleton
  static class TotalsMatch extends SqlCheck {
    TotalsMatch(Sql sql) {
      super(
          sql,
          "order_totals_match_lines",
          "The value of every order is the sum of its lines, each rounded half up.",
          """
          SELECT o.order_id::text AS subject, t.total::text AS expected, o.total_minor::text AS actual
          FROM customer_order o
          JOIN (
            SELECT order_id, sum(div(price_minor::numeric * ordered_quantity * 2 + price_quantity, 2 * price_quantity))
              AS total
            FROM order_line GROUP BY order_id) t ON t.order_id = o.order_id
          WHERE o.total_minor <> t.total""");
    }
  }
}
