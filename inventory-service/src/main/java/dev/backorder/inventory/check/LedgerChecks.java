package dev.backorder.inventory.check;

import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;

/** Checks of the ledger. */
final class LedgerChecks {
  private LedgerChecks() {}

  /** The entries of every ledger transaction sum to zero per item. */
  @Singleton
  static class LedgerSumsToZero extends BookCheck {
    LedgerSumsToZero(Sql sql) {
      super(
          sql,
          "ledger_sums_to_zero",
          "The entries of every ledger transaction sum to zero per item.",
          """
          select ledger_transaction_id || ' ' || sku as subject, 0 as expected, sum(quantity) as actual
          from ledger_entry group by ledger_transaction_id, sku having sum(quantity) <> 0""");
    }
  }

  /** The units on hand are the sum of the ledger's entries. */
  @Singleton
  static class LedgerMatchesStock extends BookCheck {
    LedgerMatchesStock(Sql sql) {
      super(
          sql,
          "ledger_matches_on_hand",
          "The units on hand are the sum of the ledger's entries.",
          """
          select coalesce(s.sku, e.sku) || ' ' || coalesce(s.location, e.location) as subject,
            coalesce(e.quantity, 0) as expected, coalesce(s.on_hand_quantity, 0) as actual
          from stock s full join (
            select sku, location, sum(quantity) as quantity from ledger_entry
            where account = 'ON_HAND' group by sku, location) e
            on e.sku = s.sku and e.location = s.location
          where coalesce(e.quantity, 0) <> coalesce(s.on_hand_quantity, 0)""");
    }
  }

  /** The balances of outside accounts are the sum of their entries. */
  @Singleton
  static class LedgerMatchesOutside extends BookCheck {
    LedgerMatchesOutside(Sql sql) {
      super(
          sql,
          "ledger_matches_outside",
          "The balances of outside accounts are the sum of their entries.",
          """
          select coalesce(o.sku, e.sku) || ' ' || coalesce(o.account, e.account) as subject,
            coalesce(e.quantity, 0) as expected, coalesce(o.balance, 0) as actual
          from ledger_outside o full join (
            select sku, account, sum(quantity) as quantity from ledger_entry
            where location = '' group by sku, account) e
            on e.sku = o.sku and e.account = o.account
          where coalesce(e.quantity, 0) <> coalesce(o.balance, 0)""");
    }
  }

  /** Shipped and returned units of the lines are those of the ledger. */
  @Singleton
  static class ShipmentsMatchLedger extends BookCheck {
    ShipmentsMatchLedger(Sql sql) {
      super(
          sql,
          "shipments_match_ledger",
          "Shipped and returned units of the lines are those of the ledger.",
          """
          select coalesce(l.sku, e.sku) as subject, coalesce(e.quantity, 0) as expected,
            coalesce(l.quantity, 0) as actual
          from (select sku, sum(shipped_quantity - returned_quantity) as quantity
            from allocation_line l
            where not exists (
              select from allocation_line c where c.order_id = l.order_id and c.kit_line_no = l.line_no)
            group by sku) l
          full join (select sku, sum(quantity) as quantity from ledger_entry
            where account = 'CUSTOMERS' group by sku) e on e.sku = l.sku
          where coalesce(e.quantity, 0) <> coalesce(l.quantity, 0)""");
    }
  }
}
