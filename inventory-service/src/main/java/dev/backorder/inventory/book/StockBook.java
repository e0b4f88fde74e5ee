package dev.backorder.inventory.book;

import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The stock balances. */
@ApplicationScoped
public class StockBook {
  private static final String COLUMNS =
      """
      s.sku, s.location, s.on_hand_quantity, s.reserved_quantity, s.queue_reserved_quantity, s.waiting_quantity,
      s.inbound_quantity, s.planned_quantity, s.held_quantity, s.held_place_quantity, s.patient_quantity,
      s.quarantine_quantity, s.outgoing_quantity, s.ring_fenced, s.version""";

  private final Sql sql;

  StockBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * Locks the rows of all these keys in key order, making those that are missing, and reads them.
   * Take this lock before any other of the books. Of an item that has ring fences all rows are
   * locked: what is kept at one location depends on what is free at the others.
   */
  public SortedMap<StockKey, StockRow> lock(Collection<StockKey> keys) {
    TreeSet<StockKey> wanted = new TreeSet<>(keys);
    SortedMap<StockKey, StockRow> locked = lockExisting(wanted);
    if (!locked.keySet().containsAll(wanted)) {
      TreeSet<StockKey> missing = new TreeSet<>(wanted);
      missing.removeAll(locked.keySet());
      create(missing);
      locked = lockExisting(wanted);
    }
    refuseHalfOfFenced(locked);
    return locked;
  }

  /**
   * Locks every row of these items, at all locations where they ever were and at {@code locations},
   * in key order, and reads them.
   *
   * @param known tells which of some skus are items, so that no row is made for others
   */
  public SortedMap<StockKey, StockRow> lockItems(
      Collection<String> skus, Collection<String> locations, UnaryOperator<Set<String>> known) {
    SortedMap<StockKey, StockRow> locked = lockRowsOf(skus);
    TreeSet<StockKey> missing = new TreeSet<>();
    for (String sku : skus) {
      for (String location : locations) {
        missing.add(new StockKey(sku, location));
      }
    }
    missing.removeAll(locked.keySet());
    if (missing.isEmpty()) {
      return locked;
    }
    Set<String> items =
        known.apply(missing.stream().map(StockKey::sku).collect(Collectors.toSet()));
    missing.removeIf(key -> !items.contains(key.sku()));
    if (missing.isEmpty()) {
      return locked;
    }
    create(missing);
    return lockRowsOf(skus);
  }

  /**
   * Says whether an item has ring fences, in all its rows, which this transaction has locked; marks
   * them as changed.
   */
  public void markRingFenced(String sku, boolean fenced) {
    sql.later("update stock set ring_fenced = ?, version = version + 1 where sku = ?", fenced, sku);
  }

  /** Reads every row of these items without a lock, in key order. */
  public SortedMap<StockKey, StockRow> read(Collection<String> skus) {
    return byKey(
        sql.list(
            StockBook::read,
            "select " + COLUMNS + " from stock s where s.sku = any(?) order by s.sku, s.location",
            (Object) sorted(skus)));
  }

  /** Rows after {@code after} in key order, at most {@code limit}. */
  public List<StockRow> page(StockKey after, boolean waitingOnly, int limit) {
    return sql.list(
        StockBook::read,
        "select "
            + COLUMNS
            + " from stock s where (s.sku, s.location) > (?, ?) and (not ? or s.waiting_quantity > 0)"
            + " order by s.sku, s.location limit ?",
        after.sku(),
        after.location(),
        waitingOnly,
        limit);
  }

  /**
   * Adds the changes to rows that this transaction has locked, and marks them for replenishment.
   */
  void apply(SortedMap<StockKey, StockDelta> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    sql.later(
        deltas.size(),
        """
            update stock s set
              on_hand_quantity = s.on_hand_quantity + d.on_hand,
              reserved_quantity = s.reserved_quantity + d.reserved,
              queue_reserved_quantity = s.queue_reserved_quantity + d.queue_reserved,
              waiting_quantity = s.waiting_quantity + d.waiting,
              inbound_quantity = s.inbound_quantity + d.inbound,
              planned_quantity = s.planned_quantity + d.planned,
              held_quantity = s.held_quantity + d.held,
              held_place_quantity = s.held_place_quantity + d.held_places,
              patient_quantity = s.patient_quantity + d.patient,
              quarantine_quantity = s.quarantine_quantity + d.quarantined,
              outgoing_quantity = s.outgoing_quantity + d.outgoing,
              version = s.version + 1,
              replenishment_due = true
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as d(sku, location, on_hand, reserved,
              queue_reserved, waiting, inbound, planned, held, held_places, patient, quarantined, outgoing)
            where s.sku = d.sku and s.location = d.location""",
        deltas.keySet().stream().map(StockKey::sku).toArray(String[]::new),
        deltas.keySet().stream().map(StockKey::location).toArray(String[]::new),
        column(deltas, StockDelta::onHand),
        column(deltas, StockDelta::reserved),
        column(deltas, StockDelta::queueReserved),
        column(deltas, StockDelta::waiting),
        column(deltas, StockDelta::inbound),
        column(deltas, StockDelta::planned),
        column(deltas, StockDelta::held),
        column(deltas, StockDelta::heldPlaces),
        column(deltas, StockDelta::patient),
        column(deltas, StockDelta::quarantined),
        column(deltas, StockDelta::outgoing));
  }

  private SortedMap<StockKey, StockRow> lockExisting(Collection<StockKey> keys) {
    return byKey(
        sql.list(
            StockBook::read,
            "select "
                + COLUMNS
                + """
                 from stock s where s.sku = any(?) and (s.ring_fenced or (s.sku, s.location) in (
                  select sku, location from unnest(?, ?) as k(sku, location)))
                order by s.sku, s.location for update of s""",
            keys.stream().map(StockKey::sku).distinct().toArray(String[]::new),
            keys.stream().map(StockKey::sku).toArray(String[]::new),
            keys.stream().map(StockKey::location).toArray(String[]::new)));
  }

  /** An item was fenced while this transaction waited for one of its rows. */
  private void refuseHalfOfFenced(SortedMap<StockKey, StockRow> locked) {
    Set<String> fenced =
        locked.values().stream()
            .filter(StockRow::ringFenced)
            .map(row -> row.key().sku())
            .collect(Collectors.toSet());
    boolean isHalf =
        !fenced.isEmpty()
            && read(fenced).values().stream()
                .anyMatch(row -> row.ringFenced() && !locked.containsKey(row.key()));
    if (isHalf) {
      throw new Transactions.LostRace("the rows of an item that was just fenced");
    }
  }

  private SortedMap<StockKey, StockRow> lockRowsOf(Collection<String> skus) {
    return byKey(
        sql.list(
            StockBook::read,
            "select "
                + COLUMNS
                + " from stock s where s.sku = any(?) order by s.sku, s.location for update of s",
            (Object) sorted(skus)));
  }

  private void create(Collection<StockKey> keys) {
    sql.later(
        """
        insert into stock (sku, location, ring_fenced)
        select sku, location,
          exists (select 1 from ring_fence f where f.sku = k.sku and not f.ended)
        from unnest(?, ?) as k(sku, location) order by sku, location
        on conflict do nothing""",
        keys.stream().map(StockKey::sku).toArray(String[]::new),
        keys.stream().map(StockKey::location).toArray(String[]::new));
  }

  private static Long[] column(
      Map<StockKey, StockDelta> deltas, ToLongFunction<StockDelta> column) {
    return deltas.values().stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  private static String[] sorted(Collection<String> skus) {
    return new TreeSet<>(skus).toArray(new String[0]);
  }

  private static SortedMap<StockKey, StockRow> byKey(List<StockRow> rows) {
    SortedMap<StockKey, StockRow> byKey = new TreeMap<>();
    rows.forEach(row -> byKey.put(row.key(), row));
    return byKey;
  }

  private static StockRow read(ResultSet row) throws SQLException {
    return new StockRow(
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getLong("on_hand_quantity"),
        row.getLong("reserved_quantity"),
        row.getLong("queue_reserved_quantity"),
        row.getLong("waiting_quantity"),
        row.getLong("inbound_quantity"),
        row.getLong("planned_quantity"),
        row.getLong("held_quantity"),
        row.getLong("held_place_quantity"),
        row.getLong("patient_quantity"),
        row.getLong("quarantine_quantity"),
        row.getLong("outgoing_quantity"),
        row.getBoolean("ring_fenced"),
        row.getLong("version"));
  }
}
