package dev.backorder.supplier.leadtime;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Proofs that every receipt was measured once, and that what is published is what is known. */
final class LeadTimeChecks {
  private LeadTimeChecks() {}

  /** The units that were measured of a line are those that it received. */
  @ApplicationScoped
  static class ReceiptsAreMeasured implements ConsistencyCheck {
    private final Sql sql;

    ReceiptsAreMeasured(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "lead_time_receipts_measured";
    }

    @Override
    public String description() {
      return "The units that were measured of a purchase order line are those that it received.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select subject, expected, actual from (
            select l.id::text as subject, head.number, l.position,
              (l.received_quantity - l.unmeasured_quantity) || ' of ' || head.supplier || ' ' || l.sku as expected,
              coalesce(sum(o.quantity), 0) || ' of ' || coalesce(min(o.supplier), head.supplier) || ' '
                || coalesce(min(o.sku), l.sku) as actual
            from purchase_order_line l
            join purchase_order head on head.id = l.purchase_order_id
            left join lead_time_observation o on o.line_id = l.id
            group by l.id, head.id) found
          where expected <> actual order by number, position""",
          limit);
    }
  }

  /** The newest fact of a supplier, and of an item of it, has the version that its row has. */
  @ApplicationScoped
  static class TermsArePublished implements ConsistencyCheck {
    private final Sql sql;

    TermsArePublished(Sql sql) {
      this.sql = sql;
    }

    @Override
    public String name() {
      return "supplier_terms_published";
    }

    @Override
    public String description() {
      return "The newest fact about how a supplier delivers, or one of its items, has the version of its row.";
    }

    @Override
    public List<Difference> run(int limit) {
      return Difference.in(
          sql,
          name(),
          """
          select key as subject, terms_version::text as expected, coalesce(published, 0)::text as actual from (
            select t.key, t.terms_version, (
              select e.key_version from event e where e.key = t.key order by e.sequence_number desc limit 1) as published
            from (
              select 'supplier/' || code as key, terms_version from supplier
              union all
              select 'supplier/' || supplier || '/' || sku, terms_version from supplier_item) t
            where t.terms_version > 0) found
          where terms_version <> coalesce(published, 0) order by key""",
          limit);
    }
  }
}
