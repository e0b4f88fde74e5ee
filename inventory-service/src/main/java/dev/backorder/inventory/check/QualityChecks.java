package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of units in quality hold. */
final class QualityChecks {
  private QualityChecks() {}

  /** The units in quality hold are those of its holds. */
  @Singleton
  static class QuarantineMatchesHolds extends BookCheck {
    QuarantineMatchesHolds(Sql sql) {
      super(
          sql,
          "quarantine_matches_holds",
          "The units in quality hold are those of its holds.",
          """
          select coalesce(s.sku, h.sku) || ' ' || coalesce(s.location, h.location) as subject,
            coalesce(h.quantity, 0) as expected, coalesce(s.quarantine_quantity, 0) as actual
          from stock s full join (
            select sku, location, sum(held_quantity) as quantity from quality_hold
            group by sku, location) h on h.sku = s.sku and h.location = s.location
          where coalesce(h.quantity, 0) <> coalesce(s.quarantine_quantity, 0)""");
    }
  }

  /** The units in quality hold are the sum of the ledger's entries. */
  @Singleton
  static class QuarantineMatchesLedger extends BookCheck {
    QuarantineMatchesLedger(Sql sql) {
      super(
          sql,
          "ledger_matches_quarantine",
          "The units in quality hold are the sum of the ledger's entries.",
          """
          select coalesce(s.sku, e.sku) || ' ' || coalesce(s.location, e.location) as subject,
            coalesce(e.quantity, 0) as expected, coalesce(s.quarantine_quantity, 0) as actual
          from stock s full join (
            select sku, location, sum(quantity) as quantity from ledger_entry
            where account = 'QUARANTINE' group by sku, location) e
            on e.sku = s.sku and e.location = s.location
          where coalesce(e.quantity, 0) <> coalesce(s.quarantine_quantity, 0)""");
    }
  }

  /** A quality hold with a date, and no other, is supply of the units that it holds. */
  @Singleton
  static class QualityHoldsMatchSupply extends BookCheck {
    QualityHoldsMatchSupply(Sql sql) {
      super(
          sql,
          "quality_holds_match_supply",
          "A quality hold with a date, and no other, is supply of the units that it holds.",
          """
          select coalesce(h.quality_hold_id, s.supply_id) as subject,
            coalesce(h.held_quantity || ' ' || h.accepted_quantity, 'no hold') as expected,
            coalesce(s.units, 'no supply') as actual
          from (select * from quality_hold where expected_date is not null) h full join (
            select supply_id, (expected_quantity - received_quantity) || ' ' || received_quantity
              as units
            from supply where kind = 'QUALITY_HOLD') s on s.supply_id = h.quality_hold_id
          where s.units is distinct from h.held_quantity || ' ' || h.accepted_quantity""");
    }
  }
}
