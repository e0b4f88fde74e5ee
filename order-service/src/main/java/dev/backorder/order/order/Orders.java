package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Calls;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Orders as stored: read them, or open one for a change and save it. The order row is the lock of
 * everything that belongs to the order, so it is always taken first.
 */
@ApplicationScoped
public class Orders {
  private final OrderRows rows;
  private final PendingRows pending;
  private final LineRows lines;
  private final EventLog events;
  private final Clock clock;

  Orders(OrderRows rows, PendingRows pending, LineRows lines, EventLog events, Clock clock) {
    this.rows = rows;
    this.pending = pending;
    this.lines = lines;
    this.events = events;
    this.clock = clock;
  }

  /** The present time, as precise as the database keeps it. */
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Locks an order and opens it for a change. Inside the caller's transaction.
   *
   * @throws DomainException NOT_FOUND ORDER_NOT_FOUND
   */
  public OrderChange open(UUID orderId) {
    OrderChange change = openAll(List.of(orderId)).get(orderId);
    if (change == null) {
      throw notFound(orderId);
    }
    return change;
  }

  /**
   * Locks orders and opens them for changes, with a constant number of statements. Inside the
   * caller's transaction, which must open all that it changes at once, or two of them may wait for
   * each other.
   *
   * @return by id, in the order of {@code orderIds}; those that are not there are left out
   */
  public Map<UUID, OrderChange> openAll(Collection<UUID> orderIds) {
    if (orderIds.isEmpty()) {
      return Map.of();
    }
    Instant now = now();
    Map<UUID, OrderRecord> found = new HashMap<>();
    rows.lockAll(orderIds).forEach(order -> found.put(order.orderId(), order));
    Map<UUID, OrderChange> opened = new LinkedHashMap<>();
    for (UUID orderId : orderIds) {
      if (found.containsKey(orderId)) {
        opened.put(orderId, new OrderChange(found.get(orderId), now, false));
      }
    }
    return opened;
  }

  /**
   * Locks orders without reading them, for changes of what belongs to them. Inside the caller's
   * transaction.
   */
  public void lockAll(Collection<UUID> orderIds) {
    if (!orderIds.isEmpty()) {
      rows.lockOnly(orderIds);
    }
  }

  /**
   * Locks those of some orders that nobody has decided yet; the others are left out.
   *
   * @param known the orders as they were stored undecided
   */
  public Map<UUID, Undecided> openPending(List<OrderRecord> known) {
    Instant now = now();
    Map<UUID, ByteString> early = pending.lock(known.stream().map(OrderRecord::orderId).toList());
    Map<UUID, Undecided> undecided = new LinkedHashMap<>();
    for (OrderRecord order : known) {
      ByteString allocation = early.get(order.orderId());
      if (allocation != null) {
        undecided.put(
            order.orderId(), new Undecided(new OrderChange(order, now, true), allocation));
      }
    }
    return undecided;
  }

  /**
   * An order that is being decided.
   *
   * @param earlyAllocation a later allocation that came over the feed already; empty when none
   */
  public record Undecided(OrderChange change, ByteString earlyAllocation) {}

  /** An order that is not stored yet, and where it goes. */
  public record NewOrder(OrderRecord order, Destination destination) {}

  /**
   * Stores new, undecided orders together with the rows of the processes that decide them, in the
   * order of the list.
   *
   * @return ids of those that were stored: not of those whose caller has placed an order with the
   *     same request id before
   */
  public Set<UUID> insertPending(
      List<NewOrder> orders, String processKind, Instant now, Instant nextAttempt) {
    return pending.insert(orders, processKind, now, nextAttempt);
  }

  /**
   * Keeps an allocation that came over the feed before the order was decided. The order must be
   * open for a change.
   */
  public void keepEarlyAllocation(UUID orderId, byte[] allocation) {
    pending.keepEarly(orderId, allocation);
  }

  /**
   * Writes a change: lines, portions, refusals, the order itself, and one event per fact. Once per
   * change, last. An empty change writes nothing.
   *
   * @return the order after the change
   */
  public Order save(OrderChange change) {
    return saveAll(List.of(change)).get(0);
  }

  /**
   * Writes changes of different orders with a constant number of statements, as {@link #save} does
   * each. Facts are published in the order of the list.
   *
   * @return the orders after the changes, in the same order
   */
  public List<Order> saveAll(List<OrderChange> changes) {
    List<OrderChange> full = changes.stream().filter(change -> !change.isEmpty()).toList();
    Map<UUID, OrderRecord> after = new HashMap<>();
    changes.forEach(change -> after.put(change.orderId(), change.order()));
    if (!full.isEmpty()) {
      lines.update(owned(full, OrderChange::changedLines));
      lines.insert(owned(full, OrderChange::addedLines));
      lines.deletePortions(
          owned(
              full.stream().filter(change -> !change.isPlacedNow()).toList(),
              OrderChange::repartitionedLines));
      lines.insertPortions(owned(full, OrderChange::repartitionedLines));
      Map<UUID, List<OrderRefusal>> refusals = new LinkedHashMap<>();
      full.stream()
          .filter(OrderChange::isPlacedNow)
          .forEach(
              change -> refusals.put(change.orderId(), after.get(change.orderId()).refusals()));
      lines.insertRefusals(refusals);
      rows.update(
          full.stream()
              .map(c -> new OrderRows.Written(after.get(c.orderId()), c.versionAfter()))
              .toList());
    }
    rows.updateTotals(
        full.stream()
            .filter(OrderChange::isRevalued)
            .map(change -> after.get(change.orderId()).header())
            .toList());
    List<EventDraft> drafts = new ArrayList<>();
    List<Order> saved = new ArrayList<>();
    for (OrderChange change : changes) {
      Order view = OrderViews.toProto(after.get(change.orderId()));
      drafts.addAll(drafts(view, change));
      saved.add(
          change.isEmpty() ? view : view.toBuilder().setVersion(change.versionAfter()).build());
    }
    events.appendAll(drafts);
    return saved;
  }

  private static List<LineRows.Owned> owned(
      List<OrderChange> changes, Function<OrderChange, List<OrderLine>> lines) {
    return changes.stream()
        .flatMap(change -> LineRows.Owned.of(change.orderId(), lines.apply(change)).stream())
        .toList();
  }

  /** Where what has not left of an opened order goes from now on. */
  public void redirect(OrderChange change, Destination destination) {
    rows.putDestination(change.orderId(), destination);
  }

  /** The order, if there is one. */
  public Optional<OrderRecord> find(UUID orderId) {
    return rows.find(orderId);
  }

  /**
   * The order in the words of the contract, with its version.
   *
   * @throws DomainException NOT_FOUND ORDER_NOT_FOUND
   */
  public Order view(UUID orderId) {
    return OrderViews.toProto(find(orderId).orElseThrow(() -> notFound(orderId)));
  }

  /** The order that a caller placed with a request, if any. */
  public Optional<OrderRecord> findByRequest(String caller, UUID placeRequestId) {
    return rows.findByRequest(caller, placeRequestId);
  }

  /**
   * Versions of the allocations that orders have applied, by order; an order that is not there is
   * left out. Takes no lock.
   */
  public Map<UUID, Long> allocationVersions(Collection<UUID> orderIds) {
    return rows.allocationVersions(orderIds);
  }

  /** How a caller hears that there is no such order. */
  public static DomainException notFound(UUID orderId) {
    return DomainException.notFound(
        ErrorReason.ERROR_REASON_ORDER_NOT_FOUND, "order", orderId.toString());
  }

  private static List<EventDraft> drafts(Order view, OrderChange change) {
    List<EventDraft> drafts = new ArrayList<>();
    long version = view.getVersion();
    for (Function<Order, OrderEvent> fact : change.facts()) {
      version = Math.addExact(version, 1);
      OrderEvent event = fact.apply(view.toBuilder().setVersion(version).build());
      Calls.Chain chain = change.chain();
      drafts.add(
          new EventDraft(
              view.getOrderId(), version, event, chain.correlationId(), chain.causationId()));
    }
    return drafts;
  }
}
