package dev.backorder.order.order;

import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Calls;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * A locked order within one transaction. Features change it and publish facts about it; {@link
 * Orders#save} writes all of that at the end, once. Not for sharing between threads.
 */
public final class OrderChange {
  private final OrderRecord before;
  private final Instant time;
  private final boolean placedNow;
  private final Map<UUID, OrderLine> lines = new LinkedHashMap<>();
  private final Set<UUID> changedLines = new LinkedHashSet<>();
  private final Set<UUID> repartitionedLines = new LinkedHashSet<>();
  private final List<Function<Order, OrderEvent>> facts = new ArrayList<>();
  private final Set<UUID> addedLines = new LinkedHashSet<>();
  private OrderHeader header;
  private List<OrderRefusal> refusals;
  private long allocationVersion;
  private int tellingCount;
  private Calls.Chain chain = Calls.chain();

  OrderChange(OrderRecord before, Instant time, boolean placedNow) {
    this.before = before;
    this.time = time;
    this.placedNow = placedNow;
    this.header = before.header();
    this.refusals = before.refusals();
    this.allocationVersion = before.allocationVersion();
    this.tellingCount = before.tellingCount();
    before.lines().forEach(line -> lines.put(line.lineId(), line));
  }

  /** Id of the order. */
  public UUID orderId() {
    return before.orderId();
  }

  /** When the change happens: one time for everything in the transaction. */
  public Instant time() {
    return time;
  }

  /**
   * True while the order is being decided for the first time: nothing that depends on a decision
   * exists yet.
   */
  public boolean isPlacedNow() {
    return placedNow;
  }

  /** The order as it is with the changes so far, still with the version that it had before. */
  public OrderRecord order() {
    return new OrderRecord(
        header,
        before.sequence(),
        before.version(),
        allocationVersion,
        tellingCount,
        List.copyOf(lines.values()),
        refusals);
  }

  /** The lines as they are with the changes so far, in the order in which they were placed. */
  public List<OrderLine> lines() {
    return List.copyOf(lines.values());
  }

  /** Version of the allocation that the lines now come from. */
  public long allocationVersion() {
    return allocationVersion;
  }

  /** How often dates were told, with this change. */
  public int tellingCount() {
    return tellingCount;
  }

  /**
   * A line as it is with the changes so far.
   *
   * @throws DomainException NOT_FOUND LINE_NOT_FOUND
   */
  public OrderLine line(UUID lineId) {
    OrderLine line = lines.get(lineId);
    if (line == null) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LINE_NOT_FOUND, "order line", lineId.toString());
    }
    return line;
  }

  /** Whether the order has this line, with the changes so far. */
  public boolean has(UUID lineId) {
    return lines.containsKey(lineId);
  }

  /** Whether a line came with this change. */
  public boolean isAdded(UUID lineId) {
    return addedLines.contains(lineId);
  }

  /** Adds a line behind the others; the value of the order grows by it. */
  public void add(OrderLine line) {
    lines.put(line.lineId(), line);
    addedLines.add(line.lineId());
    repartitionedLines.add(line.lineId());
    header = header.withTotal(Math.addExact(header.totalMinor(), line.totalMinor().orElseThrow()));
  }

  /** Replaces a line of the order. */
  public void put(OrderLine line) {
    OrderLine old = line(line.lineId());
    if (old.equals(line)) {
      return;
    }
    lines.put(line.lineId(), line);
    changedLines.add(line.lineId());
    if (!old.portions().equals(line.portions())) {
      repartitionedLines.add(line.lineId());
    }
  }

  /** Counts shipped units of a line as arrived. */
  public void deliver(UUID lineId, long quantity) {
    OrderLine line = line(lineId);
    put(line.with(line.quantities().deliver(quantity), line.portions()));
  }

  /** Notes which version of the allocation the lines now come from. */
  public void fromAllocation(long version) {
    allocationVersion = version;
  }

  /** Notes what could not be had. */
  public void refuse(List<OrderRefusal> refused) {
    refusals = List.copyOf(refused);
  }

  /** The number of a new telling of dates. */
  public int nextTelling() {
    return ++tellingCount;
  }

  /**
   * Publishes a fact when the change is saved. Each fact gets a version of the order of its own, in
   * the order of these calls, and the full state after all changes.
   *
   * @param fact makes the event from the order
   */
  public void publish(Function<Order, OrderEvent> fact) {
    facts.add(fact);
  }

  /** Facts of this change belong to a causal chain other than that of this thread. */
  public void causedBy(Calls.Chain cause) {
    chain = cause;
  }

  Calls.Chain chain() {
    return chain;
  }

  /** The version of the order after the change: one more per fact, at least one. */
  long versionAfter() {
    return Math.addExact(before.version(), Math.max(1, facts.size()));
  }

  List<Function<Order, OrderEvent>> facts() {
    return List.copyOf(facts);
  }

  boolean isEmpty() {
    return facts.isEmpty()
        && changedLines.isEmpty()
        && addedLines.isEmpty()
        && allocationVersion == before.allocationVersion();
  }

  List<OrderLine> changedLines() {
    return changedLines.stream().filter(id -> !isAdded(id)).map(lines::get).toList();
  }

  List<OrderLine> addedLines() {
    return addedLines.stream().map(lines::get).toList();
  }

  boolean isRevalued() {
    return header.totalMinor() != before.header().totalMinor();
  }

  List<OrderLine> repartitionedLines() {
    return repartitionedLines.stream().map(lines::get).toList();
  }
}
