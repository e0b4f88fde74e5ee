package dev.backorder.order.order;

import com.google.protobuf.ByteString;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Orders as stored: read them, or open one for a change and save it. The order row is the lock of
 * everything that belongs to the order, so it is always taken first.
 */
@ApplicationScoped
public class Orders {
  private final OrderRows rows;
  private final LineRows lines;
  private final EventLog events;
  private final Clock clock;

  Orders(OrderRows rows, LineRows lines, EventLog events, Clock clock) {
    this.rows = rows;
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
    return new OrderChange(
        rows.find(orderId, true).orElseThrow(() -> notFound(orderId)), now(), false);
  }

  /**
   * Locks an order without reading it, for changes of what belongs to it. Inside the caller's
   * transaction.
   *
   * @throws DomainException NOT_FOUND ORDER_NOT_FOUND
   */
  public void lock(UUID orderId) {
    if (!rows.lock(orderId)) {
      throw notFound(orderId);
    }
  }

  /**
   * Locks an order that nobody has decided yet; empty when somebody has.
   *
   * @param known the order as it was stored undecided
   */
  public Optional<Undecided> openPending(OrderRecord known) {
    return rows.lockPending(known.orderId())
        .map(early -> new Undecided(new OrderChange(known, now(), true), early));
  }

  /**
   * An order that is being decided.
   *
   * @param earlyAllocation a later allocation that came over the feed already; empty when none
   */
  public record Undecided(OrderChange change, ByteString earlyAllocation) {}

  /**
   * Stores a new, undecided order together with the row of the process that decides it. Empty when
   * the caller has placed an order with the same request id before.
   */
  public Optional<Long> insertPending(
      OrderRecord order, Destination destination, String processKind, Instant nextAttempt) {
    return rows.insertPending(order, destination, processKind, nextAttempt);
  }

  /**
   * Keeps an allocation that came over the feed before the order was decided. The order must be
   * open for a change.
   */
  public void keepEarlyAllocation(UUID orderId, byte[] allocation) {
    rows.keepEarly(orderId, allocation);
  }

  /**
   * Writes a change: lines, portions, refusals, the order itself, and one event per fact. Once per
   * change, last. An empty change writes nothing.
   *
   * @return the order after the change
   */
  public Order save(OrderChange change) {
    OrderRecord order = change.order();
    if (change.isEmpty()) {
      return OrderViews.toProto(order);
    }
    lines.update(order.orderId(), change.changedLines());
    lines.replacePortions(order.orderId(), change.repartitionedLines(), change.isPlacedNow());
    if (change.isPlacedNow()) {
      lines.insertRefusals(order.orderId(), order.refusals());
    }
    List<Function<Order, OrderEvent>> facts = change.facts();
    long version = Math.addExact(order.version(), Math.max(1, facts.size()));
    rows.update(order, version);
    Order view = OrderViews.toProto(order);
    appendFacts(view, facts);
    return view.toBuilder().setVersion(version).build();
  }

  /** The order, if there is one. */
  public Optional<OrderRecord> find(UUID orderId) {
    return rows.find(orderId, false);
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

  private void appendFacts(Order view, List<Function<Order, OrderEvent>> facts) {
    List<EventDraft> drafts = new ArrayList<>();
    long version = view.getVersion();
    for (Function<Order, OrderEvent> fact : facts) {
      version = Math.addExact(version, 1);
      OrderEvent event = fact.apply(view.toBuilder().setVersion(version).build());
      drafts.add(EventDraft.of(view.getOrderId(), version, event));
    }
    events.appendAll(drafts);
  }
}
