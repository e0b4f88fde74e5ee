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
import java.util.function.ToLongFunction;

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
    RETURN(Account.CUSTOMERS),
    QUARANTINE(Account.ADJUSTMENTS),
    RELEASE(Account.ADJUSTMENTS),
    SCRAP(Account.ADJUSTMENTS),
    SUPPLIER_RETURN(Account.SUPPLIERS);

    private final Account outside;

    Kind(Account outside) {
      this.outside = outside;
    }
  }

  /** An account. */
  public enum Account {
    ON_HAND,
    QUARANTINE,
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

  /**
   * Units that moved into (positive) or out of (negative) locations.
   *
   * @param moved units on hand by item and location, none of them zero
   * @param quarantined the same for units in quality hold
   */
  public record Movement(
      Posting posting, SortedMap<StockKey, Long> moved, SortedMap<StockKey, Long> quarantined) {

    /** Units on hand only. */
    public Movement(Posting posting, SortedMap<StockKey, Long> moved) {
      this(posting, moved, new TreeMap<>());
    }

    /** What crosses the border to outside, by item; without those of which nothing does. */
    private SortedMap<String, Long> crossing() {
      SortedMap<String, Long> sums = new TreeMap<>();
      moved.forEach((key, units) -> sums.merge(key.sku(), units, Math::addExact));
      quarantined.forEach((key, units) -> sums.merge(key.sku(), units, Math::addExact));
      sums.values().removeIf(units -> units == 0);
      return sums;
    }
  }

  private record Entry(
      UUID transactionId,
      int number,
      String sku,
      String location,
      Account account,
      long quantity,
      long previousBalance) {}

  private final Sql sql;
  private final Ids ids;

  Ledger(Sql sql, Ids ids) {
    this.sql = sql;
    this.ids = ids;
  }

  /**
   * Records one movement.
   *
   * @param before the balances before, locked by this transaction
   * @return the id of the ledger transaction
   */
  public UUID post(
      Posting posting, SortedMap<StockKey, Long> moved, Map<StockKey, StockRow> before) {
    return postAll(List.of(new Movement(posting, moved)), before).get(0);
  }

  /**
   * Records movements of one kind, one after the other.
   *
   * @param before the balances before the first, locked by this transaction
   * @return the ids of the ledger transactions, in the same order
   */
  public List<UUID> postAll(List<Movement> movements, Map<StockKey, StockRow> before) {
    Account outside = movements.get(0).posting().kind().outside;
    SortedMap<String, Long> totals = new TreeMap<>();
    for (Movement movement : movements) {
      if (movement.posting().kind().outside != outside) {
        throw new IllegalArgumentException("movements of different kinds");
      }
      movement.crossing().forEach((sku, units) -> totals.merge(sku, units, Math::addExact));
    }
    Map<String, Long> outsideBalances = totals.isEmpty() ? Map.of() : moveOutside(outside, totals);
    // What they were before: each movement takes its part from there.
    Map<String, Long> outsideBefore = new HashMap<>();
    outsideBalances.forEach((sku, after) -> outsideBefore.put(sku, after + totals.get(sku)));
    Balances onHand = new Balances(Account.ON_HAND, before, StockRow::onHand);
    Balances quarantined = new Balances(Account.QUARANTINE, before, StockRow::quarantined);
    List<UUID> transactionIds = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (Movement movement : movements) {
      UUID id = ids.next();
      transactionIds.add(id);
      int first = entries.size() - 1;
      onHand.move(id, movement.moved(), first, entries);
      quarantined.move(id, movement.quarantined(), first, entries);
      movement
          .crossing()
          .forEach(
              (sku, units) -> {
                long balance = outsideBefore.get(sku);
                entries.add(
                    new Entry(id, entries.size() - first, sku, "", outside, -units, balance));
                outsideBefore.put(sku, balance - units);
              });
    }
    insert(transactionIds, movements.stream().map(Movement::posting).toList(), entries);
    return transactionIds;
  }

  /** Balances of one account at locations, as movements change them. */
  private static final class Balances {
    private final Account account;
    private final Map<StockKey, StockRow> before;
    private final ToLongFunction<StockRow> column;
    private final Map<StockKey, Long> now = new HashMap<>();

    Balances(Account account, Map<StockKey, StockRow> before, ToLongFunction<StockRow> column) {
      this.account = account;
      this.before = before;
      this.column = column;
    }

    void move(UUID id, SortedMap<StockKey, Long> moved, int numberedFrom, List<Entry> entries) {
      moved.forEach(
          (key, units) -> {
            long balance = now.computeIfAbsent(key, k -> column.applyAsLong(before.get(k)));
            int number = entries.size() - numberedFrom;
            entries.add(new Entry(id, number, key.sku(), key.location(), account, units, balance));
            now.put(key, balance + units);
          });
    }
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

  private void insert(List<UUID> transactionIds, List<Posting> postings, List<Entry> entries) {
    sql.later(
        """
        with posted as (
          insert into ledger_transaction
            (ledger_transaction_id, kind, reason, actor, reference, occurred_time, recorded_time)
          select id, kind, reason, actor, reference, time, time
          from unnest(?, ?, ?, ?, ?, ?) with ordinality as t(id, kind, reason, actor, reference, time, place)
          order by place
          returning ledger_transaction_id)
        insert into ledger_entry
          (ledger_transaction_id, entry_no, sku, location, account, quantity, previous_balance, new_balance)
        select e.id, e.entry_no, e.sku, e.location, e.account, e.quantity, e.previous_balance,
          e.previous_balance + e.quantity
        from unnest(?, ?, ?, ?, ?, ?, ?)
          as e(id, entry_no, sku, location, account, quantity, previous_balance)
        join posted on posted.ledger_transaction_id = e.id""",
        transactionIds.toArray(UUID[]::new),
        postings.stream().map(p -> p.kind().name()).toArray(String[]::new),
        postings.stream().map(Posting::reason).toArray(String[]::new),
        postings.stream().map(Posting::actor).toArray(String[]::new),
        postings.stream().map(Posting::reference).toArray(String[]::new),
        postings.stream().map(Posting::time).toArray(Instant[]::new),
        entries.stream().map(Entry::transactionId).toArray(UUID[]::new),
        entries.stream().map(Entry::number).toArray(Integer[]::new),
        entries.stream().map(Entry::sku).toArray(String[]::new),
        entries.stream().map(Entry::location).toArray(String[]::new),
        entries.stream().map(e -> e.account().name()).toArray(String[]::new),
        entries.stream().map(Entry::quantity).toArray(Long[]::new),
        entries.stream().map(Entry::previousBalance).toArray(Long[]::new));
  }
}
