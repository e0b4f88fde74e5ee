package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Proofs that the books of purchase orders agree. They say the rules a second time, in SQL, so that
 * a slip in the program does not hide itself.
 */
final class PurchaseOrderChecks {
  private PurchaseOrderChecks() {}

  /** The stored state of each order is the one that its lines make. */
  @ApplicationScoped
  static class StateFollowsLines implements ConsistencyCheck {
    private final Sql sql;

    StateFollowsLines(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "purchase_order_state_follows_lines";
    }

    @Override
    public String description() {
      return "The state of each purchase order is the one that its lines make.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select subject, expected, actual from (
            select o.number, o.id::text as subject, o.state as actual,
              case
                when bool_or(l.state in ('OPEN', 'ACCEPTED')) then
                  case when o.sent_time is null then 'DRAFT'
                       when sum(l.received_quantity) > 0 then 'PARTLY_RECEIVED'
                       when bool_or(l.state = 'ACCEPTED') then 'ACKNOWLEDGED'
                       else 'SENT' end
                when bool_or(l.state = 'CLOSED') then 'CLOSED'
                when bool_or(l.state = 'RECEIVED') then
                  case when bool_or(l.state = 'CANCELLED') then 'CLOSED' else 'RECEIVED' end
                when bool_or(l.state = 'CANCELLED') then 'CANCELLED'
                when bool_or(l.state = 'REJECTED') then 'REJECTED'
                else 'an order with lines' end as expected
            from purchase_order o left join purchase_order_line l on l.purchase_order_id = o.id
            group by o.id) derived
          where expected <> actual order by number""",
          limit);
    }
  }

  /** A line that is complete says so, and only such a line does. */
  @ApplicationScoped
  static class LineQuantities implements ConsistencyCheck {
    private final Sql sql;

    LineQuantities(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "purchase_order_line_quantities";
    }

    @Override
    public String description() {
      return "A line is RECEIVED exactly when what came is enough, and wants exactly what its needs ask for.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select subject, expected, actual from (
            select l.id::text as subject, o.number, l.position,
              case when l.received_quantity >= l.expected - l.expected * l.under / 100 and l.received_quantity > 0
                   then 'RECEIVED' else 'another state' end as expected,
              case when l.state = 'RECEIVED' then 'RECEIVED' else 'another state' end as actual
            from (select line.*, head.under_receipt_tolerance_percent as under,
                    case when line.accepted_quantity > 0 then line.accepted_quantity else line.ordered_quantity end
                      as expected
                  from purchase_order_line line join purchase_order head on head.id = line.purchase_order_id) l
            join purchase_order o on o.id = l.purchase_order_id
            union all
            select l.id::text, o.number, l.position, 'needs of ' || sum(n.quantity), 'wants ' || l.wanted_quantity
            from purchase_order_line l
            join purchase_order o on o.id = l.purchase_order_id
            join purchase_order_line_need n on n.line_id = l.id
            group by l.id, o.number having sum(n.quantity) <> l.wanted_quantity) found
          where expected <> actual order by number, position""",
          limit);
    }
  }

  /** At most one draft collects, and it has each item once. */
  @ApplicationScoped
  static class DraftsAreUnique implements ConsistencyCheck {
    private final Sql sql;

    DraftsAreUnique(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "collecting_draft_unique";
    }

    @Override
    public String description() {
      return "A supplier and location have at most one collecting draft, with each item open once.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select subject, expected, actual from (
            select supplier || ' ' || location as subject, '1 collecting draft' as expected,
              count(*) || ' collecting drafts' as actual
            from purchase_order where collecting group by supplier, location having count(*) > 1
            union all
            select purchase_order_id || ' ' || sku, '1 open line', count(*) || ' open lines'
            from purchase_order_line where state = 'OPEN' group by purchase_order_id, sku having count(*) > 1) found
          order by subject""",
          limit);
    }
  }

  /**
   * Each version of an order stands in its history, and the last one with the state that the order
   * has.
   */
  @ApplicationScoped
  static class HistoryIsWhole implements ConsistencyCheck {
    private final Sql sql;

    HistoryIsWhole(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "purchase_order_history_whole";
    }

    @Override
    public String description() {
      return "Every version of a purchase order has one row of history; the last one has the order's state.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select subject, expected, actual from (
            select o.number, o.id::text as subject, o.version || ' ' || o.state as expected,
              count(c.version) || ' ' || coalesce(max(c.state) filter (where c.version = o.version), 'nothing')
                as actual
            from purchase_order o left join purchase_order_change c on c.purchase_order_id = o.id
            group by o.id) found
          where expected <> actual order by number""",
          limit);
    }
  }
}
