package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of the supply schedule and its pegs. */
final class SupplyChecks {
  private SupplyChecks() {}

  /** Inbound and planned units are those of the open supplies. */
  @Singleton
  static class SupplyMatchesStock extends BookCheck {
    SupplyMatchesStock(Sql sql) {
      super(
          sql,
          "supply_matches_inbound",
          "Inbound and planned units are those of the open supplies.",
          """
          select coalesce(s.sku, u.sku) || ' ' || coalesce(s.location, u.location) as subject,
            coalesce(u.inbound, 0) || ' ' || coalesce(u.planned, 0) as expected,
            coalesce(s.inbound_quantity, 0) || ' ' || coalesce(s.planned_quantity, 0) as actual
          from stock s full join (
            select sku, location,
              coalesce(sum(greatest(expected_quantity - received_quantity, 0))
                filter (where state = 'CONFIRMED'), 0) as inbound,
              coalesce(sum(greatest(expected_quantity - received_quantity, 0))
                filter (where state = 'PLANNED'), 0) as planned
            from supply group by sku, location) u on u.sku = s.sku and u.location = s.location
          where coalesce(u.inbound, 0) <> coalesce(s.inbound_quantity, 0)
            or coalesce(u.planned, 0) <> coalesce(s.planned_quantity, 0)""");
    }
  }

  /** The pegged units of a supply are those of its waiting lines. */
  @Singleton
  static class PegsMatchPortions extends BookCheck {
    PegsMatchPortions(Sql sql) {
      super(
          sql,
          "pegs_match_portions",
          "The pegged units of a supply are those of its waiting lines.",
          """
          select coalesce(s.supply_id, p.supply_id) as subject, coalesce(p.quantity, 0) as expected,
            coalesce(s.pegged_quantity, 0) as actual
          from supply s full join (
            select supply_id, sum(quantity) as quantity from portion
            where state = 'WAITING' and supply_id <> '' group by supply_id) p
            on p.supply_id = s.supply_id
          where coalesce(p.quantity, 0) <> coalesce(s.pegged_quantity, 0)""");
    }
  }

  /** No supply is promised to more units than still come of it. */
  @Singleton
  static class PegsWithinSupply extends BookCheck {
    PegsWithinSupply(Sql sql) {
      super(
          sql,
          "pegs_within_supply",
          "No supply is promised to more units than still come of it.",
          """
          select s.supply_id as subject, o.units as expected, s.pegged_quantity as actual
          from supply s cross join lateral (
            select case when s.state in ('PLANNED', 'CONFIRMED')
                then greatest(s.expected_quantity - s.received_quantity, 0) else 0 end
              + coalesce((select sum(f.remaining_quantity) from queue_fill f
                where f.supply_id = s.supply_id), 0) as units) o
          where s.pegged_quantity > o.units""");
    }
  }

  /** Nobody waits without a supply while a supply is free and not kept for others. */
  @Singleton
  static class NoUnpeggedBesideFreeSupply extends BookCheck {
    NoUnpeggedBesideFreeSupply(Sql sql) {
      super(
          sql,
          "no_unpegged_beside_free_supply",
          "Nobody waits without a supply while a supply is free and not kept for others.",
          """
          select s.supply_id as subject, 0 as expected, p.quantity as actual
          from supply s join lateral (
            select sum(p.quantity) as quantity from portion p
            where p.sku = s.sku and p.location = s.location and p.state = 'WAITING'
              and p.supply_id = '') p on p.quantity > 0
          where s.state in ('PLANNED', 'CONFIRMED') and not s.overdue
            and s.expected_quantity - s.received_quantity > s.pegged_quantity + coalesce((
              select sum(greatest(f.quantity - f.consumed_quantity, 0)) from ring_fence f
              where f.sku = s.sku and not f.ended), 0)""");
    }
  }

  /** Received units of a supply are those of its receipts. */
  @Singleton
  static class ReceiptsMatchSupply extends BookCheck {
    ReceiptsMatchSupply(Sql sql) {
      super(
          sql,
          "receipts_match_supply",
          "Received units of a supply are those of its receipts.",
          """
          select coalesce(s.supply_id, r.supply_id) as subject, coalesce(r.quantity, 0) as expected,
            coalesce(s.received_quantity, 0) as actual
          from (select * from supply where kind <> 'QUALITY_HOLD') s full join (
            select supply_id, sum(quantity) as quantity from receipt group by supply_id) r
            on r.supply_id = s.supply_id
          where coalesce(r.quantity, 0) <> coalesce(s.received_quantity, 0)""");
    }
  }
}
