package dev.backorder.inventory.book;

import dev.backorder.platform.grpc.Calls;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one transaction does to the books, collected so that every balance is written once and every
 * allocation gets one new version and one event however often it was touched. Portions are written
 * at once, because later steps of the same transaction read them.
 */
public final class Changes {
  private final Instant now;
  private final SortedMap<StockKey, StockRow> locked;
  private final SortedMap<StockKey, StockDelta> deltas = new TreeMap<>();
  private final SortedMap<String, Long> pegs = new TreeMap<>();
  private final SortedMap<ChannelKey, Long> channelWaiting = new TreeMap<>();
  private final RingFenceUses ringFences = new RingFenceUses();
  private final Map<String, ChangeCause> orders = new LinkedHashMap<>();
  private final Map<String, Calls.Chain> chains = new HashMap<>();
  private final Set<String> ringFenced = new TreeSet<>();
  private int linesServed;

  /**
   * Begins a transaction's changes.
   *
   * @param locked the stock rows that it has locked
   */
  public Changes(Instant now, SortedMap<StockKey, StockRow> locked) {
    this.now = now;
    this.locked = Collections.unmodifiableSortedMap(locked);
    locked.values().stream()
        .filter(StockRow::ringFenced)
        .forEach(row -> ringFenced.add(row.key().sku()));
  }

  /** When it happens. */
  public Instant now() {
    return now;
  }

  /** The stock rows as they were locked. */
  public SortedMap<StockKey, StockRow> locked() {
    return locked;
  }

  /** Whether an item has ring fences; then all its rows are locked. */
  public boolean isRingFenced(String sku) {
    return ringFenced.contains(sku);
  }

  /** The items among the locked ones that have ring fences. */
  public Set<String> ringFenced() {
    return ringFenced;
  }

  RingFenceUses ringFences() {
    return ringFences;
  }

  /** A stock row as it is after the changes so far. */
  public StockRow row(StockKey key) {
    StockRow row = locked.get(key);
    if (row == null) {
      throw new IllegalStateException("not locked: " + key);
    }
    return row.plus(deltas.getOrDefault(key, StockDelta.NONE));
  }

  /** All locked stock rows as they are after the changes so far. */
  public SortedMap<StockKey, StockRow> rows() {
    SortedMap<StockKey, StockRow> rows = new TreeMap<>();
    locked.keySet().forEach(key -> rows.put(key, row(key)));
    return rows;
  }

  /** Changes a balance. */
  public void add(StockKey key, StockDelta delta) {
    deltas.merge(key, delta, StockDelta::plus);
  }

  /**
   * Units of a line began or ceased to wait: the balance, and the count of the channel on which
   * they were sold. Those that nothing earlier would help are counted apart, see {@link #patient}.
   */
  public void addWaiting(StockKey key, String channel, long units) {
    add(key, StockDelta.waiting(units));
    countWaiting(key, channel, units);
  }

  /** Waiting units of a line got stock, or lost it again. */
  public void addFilled(StockKey key, String channel, long units) {
    add(key, StockDelta.filled(units));
    countWaiting(key, channel, -units);
  }

  /** A waiting portion got another peg or date: nothing earlier would help it now, or it would. */
  public void repromised(Portion before, Portion after) {
    patient(after.key(), after.patient() - before.patient());
  }

  /** Waiting units that nothing earlier would help any more, or would help again. */
  public void patient(StockKey key, long units) {
    if (units != 0) {
      add(key, StockDelta.patient(units));
    }
  }

  private void countWaiting(StockKey key, String channel, long units) {
    if (!channel.isEmpty()) {
      channelWaiting.merge(new ChannelKey(key.sku(), channel), units, Math::addExact);
    }
  }

  /** By how much what waits of an item on a channel has changed so far. */
  public long waitingOn(String sku, String channel) {
    return channelWaiting.getOrDefault(new ChannelKey(sku, channel), 0L);
  }

  /** Marks a balance as changed although no number of it did: a date of its supply moved. */
  public void mark(StockKey key) {
    add(key, StockDelta.NONE);
  }

  /** Pegs units to a supply, or takes pegs away; nothing for the empty id. */
  public void peg(String supplyId, long units) {
    if (!supplyId.isEmpty()) {
      pegs.merge(supplyId, units, Math::addExact);
    }
  }

  /** A supply as it was read in this transaction, with the pegs that changed since. */
  public SupplyRow withPegs(SupplyRow read) {
    return read.withPegged(read.pegged() + pegs.getOrDefault(read.supplyId(), 0L));
  }

  /** Waiting lines that this transaction has given units to. */
  public int linesServed() {
    return linesServed;
  }

  /** Counts waiting lines that got units. */
  public void addLinesServed(int lines) {
    linesServed += lines;
  }

  /** Notes that what an order holds has changed. The strongest cause is the one that is told. */
  public void touch(String orderId, ChangeCause cause) {
    orders.merge(orderId, cause, (a, b) -> a.compareTo(b) <= 0 ? a : b);
  }

  /**
   * As {@link #touch(String, ChangeCause)}, for a call that this thread does not work for alone.
   */
  public void touch(String orderId, ChangeCause cause, Calls.Chain chain) {
    touch(orderId, cause);
    chains.put(orderId, chain);
  }

  Calls.Chain chainOf(String orderId) {
    return chains.getOrDefault(orderId, Calls.chain());
  }

  SortedMap<StockKey, StockDelta> deltas() {
    return deltas;
  }

  /** Only counts that really changed. */
  SortedMap<ChannelKey, Long> channelWaiting() {
    SortedMap<ChannelKey, Long> changed = new TreeMap<>(channelWaiting);
    changed.values().removeIf(units -> units == 0);
    return changed;
  }

  /** Only pegs that really changed. */
  Map<String, Long> pegs() {
    Map<String, Long> changed = new HashMap<>(pegs);
    changed.values().removeIf(units -> units == 0);
    return changed;
  }

  Map<String, ChangeCause> orders() {
    return orders;
  }
}
