package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of ring fences. */
final class RingFenceChecks {
  private RingFenceChecks() {}

  /** What members got of a ring fence is what their lines got of it. */
  @Singleton
  static class ConsumedMatchesUses extends BookCheck {
    ConsumedMatchesUses(Sql sql) {
      super(
          sql,
          "ring_fence_consumed_matches_lines",
          "What members got of a ring fence is what their lines got of it.",
          """
          select coalesce(f.ring_fence_id, u.ring_fence_id) as subject,
            coalesce(u.units, 0) as expected, coalesce(f.consumed_quantity, 0) as actual
          from ring_fence f full join (
            select ring_fence_id, sum(quantity) as units from ring_fence_use
            group by ring_fence_id) u on u.ring_fence_id = f.ring_fence_id
          where coalesce(u.units, 0) <> coalesce(f.consumed_quantity, 0)""");
    }
  }

  /** A line got no more of live ring fences than it has, is promised or was shipped. */
  @Singleton
  static class UsesWithinLines extends BookCheck {
    UsesWithinLines(Sql sql) {
      super(
          sql,
          "ring_fence_uses_within_lines",
          // What was got of one that has ended is not counted down any more.
          "A line got no more of live ring fences than it has, is promised or was shipped.",
          """
          select u.order_id || ' ' || u.line_no as subject,
            coalesce(l.shipped_quantity, 0) + coalesce(p.units, 0) as expected, u.units as actual
          from (select g.order_id, g.line_no, sum(g.quantity) as units
            from ring_fence_use g left join ring_fence f on f.ring_fence_id = g.ring_fence_id
            where f.ended is not true group by g.order_id, g.line_no) u
          left join allocation_line l on l.order_id = u.order_id and l.line_no = u.line_no
          left join lateral (
            select sum(p.quantity) as units from portion p
            where p.order_id = u.order_id and p.line_no = u.line_no
              and (p.state = 'RESERVED' or p.supply_id <> '')) p on true
          where u.units > coalesce(l.shipped_quantity, 0) + coalesce(p.units, 0)""");
    }
  }

  /** Only members of its segment got units of a ring fence, of its item. */
  @Singleton
  static class OnlyMembersUse extends BookCheck {
    OnlyMembersUse(Sql sql) {
      super(
          sql,
          "ring_fence_used_by_members",
          "Only members of its segment got units of a ring fence, of its item.",
          """
          select u.ring_fence_id || ' ' || u.order_id as subject,
            f.sku || ' ' || f.channel || ' ' || f.customer_class as expected,
            l.sku || ' ' || a.channel || ' ' || a.customer_class as actual
          from ring_fence_use u join ring_fence f on f.ring_fence_id = u.ring_fence_id
          join allocation_line l on l.order_id = u.order_id and l.line_no = u.line_no
          join allocation a on a.order_id = u.order_id
          where u.quantity > 0 and (l.sku <> f.sku
            or f.channel not in ('', a.channel) or f.customer_class not in ('', a.customer_class))""");
    }
  }

  /** All stock rows of an item say whether it has ring fences. */
  @Singleton
  static class StockKnowsRingFences extends BookCheck {
    StockKnowsRingFences(Sql sql) {
      super(
          sql,
          "stock_knows_ring_fences",
          "All stock rows of an item say whether it has ring fences.",
          """
          select s.sku || ' ' || s.location as subject, f.fenced as expected, s.ring_fenced as actual
          from stock s cross join lateral (select exists (
            select 1 from ring_fence f where f.sku = s.sku and not f.ended) as fenced) f
          where s.ring_fenced <> f.fenced""");
    }
  }
}
