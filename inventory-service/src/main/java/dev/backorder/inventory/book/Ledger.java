package dev.backorder.inventory.book;

import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The append-only double-entry ledger of physical units (AL1). Every movement goes between a
 * location and an account outside, so the entries of a transaction sum to zero per item. It is
 * written in the transaction that changes the balances; nothing is ever corrected but by a new
 * entry.
 */
@ApplicationScoped
public class Ledger {

  /** What a ledger transaction records. */
  public enum Kind {
    RECEIPT(Account.SUPPLIERS),
    SHIPMENT(Account.CUSTOMERS),
    ADJUSTMENT(Account.ADJUSTMENTS),
    RETURN(Account.CUSTOMERS);

    private final Account outside;

    Kind(Account outside) {
      this.outside = outside;
    }
  }

  /** An account. */
  public enum Account {
    ON_HAND,
    SUPPLIERS,
    CUSTOMERS,
    ADJUSTMENTS
  }

  /**
   * What is to be recorded.
   *
   * @param kind what happened
   * @param reason why
   * @param actor who did it
   * @param reference the order, supply or shipment; empty when none
   * @param time when it happened
   */
  public record Posting(Kind kind, String reason, String actor, String reference, Instant time) {}

  private record Entry(
      String sku, String location, Account account, long quantity, long previousBalance) {}

  private final Sql sql;
  private final Ids ids;

  Ledger(Sql sql, Ids ids) {
    this.sql = sql;
    this.ids = ids;
  }

  /**
   * Records units that moved into (positive) or out of (negative) locations.
   *
   * @param moved units by item and location, none of them zero
   * @param before the balances before, locked by this transaction
   * @return the id of the ledger transaction
   */
  public UUID post(
      Posting posting, SortedMap<StockKey, Long> moved, Map<StockKey, StockRow> before) {
    UUID id = ids.next();
    Account outside = posting.kind().outside;
    SortedMap<String, Long> movedBySku = new TreeMap<>();
    moved.forEach((key, units) -> movedBySku.merge(key.sku(), units, Math::addExact));
    Map<String, Long> outsideAfter = moveOutside(outside, movedBySku);

    List<Entry> entries = new ArrayList<>();
    moved.forEach(
        (key, units) ->
            entries.add(
                new Entry(
                    key.sku(), key.location(), Account.ON_HAND, units, before.get(key).onHand())));
    movedBySku.forEach(
        (sku, units) -> {
          if (units != 0) {
            entries.add(new Entry(sku, "", outside, -units, outsideAfter.get(sku) + units));
          }
        });
    insert(id, posting, entries);
    return id;
  }

  /** Moves the units out of the outside account; returns its new balances. */
  private Map<String, Long> moveOutside(Account account, SortedMap<String, Long> movedBySku) {
    Map<String, Long> after = new HashMap<>();
    sql.list(
        row -> after.put(row.getString("sku"), row.getLong("balance")),
        """
            insert into ledger_outside as o (sku, account, balance)
            select sku, ?, -moved from unnest(?, ?) as m(sku, moved) order by sku
            on conflict (sku, account) do update set balance = o.balance + excluded.balance
            returning sku, balance""",
        account.name(),
        movedBySku.keySet().toArray(new String[0]),
        movedBySku.values().toArray(new Long[0]));
    return after;
  }

  private void insert(UUID id, Posting posting, List<Entry> entries) {
    sql.update(
        """
        with posted as (
          insert into ledger_transaction
            (ledger_transaction_id, kind, reason, actor, reference, occurred_time, recorded_time)
          values (?, ?, ?, ?, ?, ?, ?) returning ledger_transaction_id)
        insert into ledger_entry
          (ledger_transaction_id, entry_no, sku, location, account, quantity, previous_balance, new_balance)
        select ledger_transaction_id, entry_no, sku, location, account, quantity, previous_balance,
          previous_balance + quantity
        from posted, unnest(?, ?, ?, ?, ?) with ordinality
          as e(sku, location, account, quantity, previous_balance, entry_no)""",
        id,
        posting.kind().name(),
        posting.reason(),
        posting.actor(),
        posting.reference(),
        posting.time(),
        posting.time(),
        entries.stream().map(Entry::sku).toArray(String[]::new),
        entries.stream().map(Entry::location).toArray(String[]::new),
        entries.stream().map(e -> e.account().name()).toArray(String[]::new),
        entries.stream().map(Entry::quantity).toArray(Long[]::new),
        entries.stream().map(Entry::previousBalance).toArray(Long[]::new));
  }
}
