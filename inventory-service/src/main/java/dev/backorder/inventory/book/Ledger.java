package dev.backorder.inventory.book;

import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;

/**
 * The append-only double-entry ledger of physical units (AL1). Every movement goes between
 * locations, what is in transit between them, and accounts outside, so the entries of a transaction
 * sum to zero per item. It is written in the transaction that changes the balances; nothing is ever
 * corrected but by a new entry.
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
    SUPPLIER_RETURN(Account.SUPPLIERS),
    TRANSFER_SHIPMENT(Account.ADJUSTMENTS),
    TRANSFER_RECEIPT(Account.ADJUSTMENTS),
    TRANSFER_LOSS(Account.ADJUSTMENTS);

    private final Account outside;

    Kind(Account outside) {
      this.outside = outside;
    }
  }

  /** An account. */
  public enum Account {
    ON_HAND,
    QUARANTINE,
    /** Units between two locations: one balance per item, like those outside. */
    IN_TRANSIT,
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
   * @param reference the order, supply, transfer or shipment; empty when none
   * @param time when it happened
   */
  public record Posting(Kind kind, String reason, String actor, String reference, Instant time) {}

  /**
   * Units that moved into (positive) or out of (negative) locations.
   *
   * @param moved units on hand by item and location, none of them zero
   * @param quarantined the same for units in quality hold
   * @param inTransit the same for units in transit, by item
   */
  public record Movement(
      Posting posting,
      SortedMap<StockKey, Long> moved,
      SortedMap<StockKey, Long> quarantined,
      SortedMap<String, Long> inTransit) {

    /** Units at locations only. */
    public Movement(
        Posting posting, SortedMap<StockKey, Long> moved, SortedMap<StockKey, Long> quarantined) {
      this(posting, moved, quarantined, new TreeMap<>());
    }

    /** Units on hand only. */
    public Movement(Posting posting, SortedMap<StockKey, Long> moved) {
      this(posting, moved, new TreeMap<>());
    }

    /**
     * What the accounts that have no location give, by item: what is in transit, and outside what
     * crosses the border; without those of which nothing does.
     */
    private SortedMap<NoPlace, Long> given() {
      SortedMap<String, Long> crossing = new TreeMap<>(inTransit);
      moved.forEach((key, units) -> crossing.merge(key.sku(), units, Math::addExact));
      quarantined.forEach((key, units) -> crossing.merge(key.sku(), units, Math::addExact));
      SortedMap<NoPlace, Long> given = new TreeMap<>();
      inTransit.forEach((sku, units) -> given.put(new NoPlace(sku, Account.IN_TRANSIT), -units));
      crossing.forEach((sku, units) -> given.put(new NoPlace(sku, posting.kind().outside), units));
      given.values().removeIf(units -> units == 0);
      return given;
    }
  }

  /** A balance of an item that belongs to no location. */
  private record NoPlace(String sku, Account account) implements Comparable<NoPlace> {
    private static final Comparator<NoPlace> ORDER =
        Comparator.comparing(NoPlace::sku).thenComparing(NoPlace::account);

    @Override
    public int compareTo(NoPlace other) {
      return ORDER.compare(this, other);
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
   * Records movements, one after the other.
   *
   * @param before the balances before the first, locked by this transaction
   * @return the ids of the ledger transactions, in the same order
   */
  public List<UUID> postAll(List<Movement> movements, Map<StockKey, StockRow> before) {
    SortedMap<NoPlace, Long> totals = new TreeMap<>();
    movements.forEach(
        movement ->
            movement.given().forEach((from, units) -> totals.merge(from, units, Math::addExact)));
    // What they were before: each movement takes its part from there.
    Map<NoPlace, Long> balances = new HashMap<>();
    take(totals).forEach((from, after) -> balances.put(from, after + totals.get(from)));
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
          .given()
          .forEach(
              (from, units) -> {
                long balance = balances.get(from);
                int number = entries.size() - first;
                entries.add(new Entry(id, number, from.sku(), "", from.account(), -units, balance));
                balances.put(from, balance - units);
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

  /** Takes units from accounts that have no location; returns their new balances. */
  private Map<NoPlace, Long> take(SortedMap<NoPlace, Long> given) {
    Map<NoPlace, Long> after = new HashMap<>();
    if (given.isEmpty()) {
      return after;
    }
    sql.list(
        row ->
            after.put(
                new NoPlace(row.getString("sku"), Account.valueOf(row.getString("account"))),
                row.getLong("balance")),
        """
            insert into ledger_outside as o (sku, account, balance)
            select sku, account, -given from unnest(?, ?, ?) with ordinality
              as m(sku, account, given, place) order by place
            on conflict (sku, account) do update set balance = o.balance + excluded.balance
            returning sku, account, balance""",
        given.keySet().stream().map(NoPlace::sku).toArray(String[]::new),
        given.keySet().stream().map(from -> from.account().name()).toArray(String[]::new),
        given.values().toArray(new Long[0]));
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
