package dev.backorder.order.cancel;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.AddedLines;
import dev.backorder.order.order.LineUnits;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.Orders;
import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.CancelOrderResponse;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.Order;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Cancels across two services. First the wish is recorded and its units leave the offers to the
 * warehouse; then inventory-service takes them back under an id derived from the wish; last the
 * order says so. Repeatable at every step.
 */
@ApplicationScoped
public class Cancellations implements ProcessStep {
  private static final String KIND = "CANCEL";
  private static final String METHOD = CancelOrderRequest.getDescriptor().getFullName();

  private final CancellationRows rows;
  private final Orders orders;
  private final Allocations allocations;
  private final Shipments shipments;
  private final AddedLines addedLines;
  private final InventoryCalls inventory;
  private final Processes processes;
  private final RequestLog requests;
  private final Transactions transactions;
  private final Ids ids;

  Cancellations(
      CancellationRows rows,
      Orders orders,
      Allocations allocations,
      Shipments shipments,
      AddedLines addedLines,
      InventoryCalls inventory,
      Processes processes,
      RequestLog requests,
      Transactions transactions,
      Ids ids) {
    this.rows = rows;
    this.orders = orders;
    this.allocations = allocations;
    this.shipments = shipments;
    this.addedLines = addedLines;
    this.inventory = inventory;
    this.processes = processes;
    this.requests = requests;
    this.transactions = transactions;
    this.ids = ids;
  }

  private sealed interface Begun {
    record Answered(CancelOrderResponse response) implements Begun {}

    record Recorded(Cancellation cancellation) implements Begun {}
  }

  /**
   * Cancels units, or answers as the first time when the same request comes again.
   *
   * @throws DomainException NOT_FOUND, QUANTITY_TOO_LARGE, or ORDER_STATE when nothing is left to
   *     cancel
   */
  public CancelOrderResponse cancel(CancelOrderRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    Map<UUID, Long> wanted = LineUnits.parse(request.getLinesList());
    Begun begun = transactions.inNew(() -> begin(draft, request, wanted));
    return begun instanceof Begun.Answered answered
        ? answered.response()
        : finish(((Begun.Recorded) begun).cancellation());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    transactions.inNew(() -> rows.find(processId)).ifPresent(this::finish);
  }

  private Begun begin(RequestDraft draft, CancelOrderRequest request, Map<UUID, Long> wanted) {
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null) {
      return new Begun.Answered(stored.replay(draft, CancelOrderResponse.parser()));
    }
    OrderChange change = orders.open(UUID.fromString(request.getOrderId()));
    return new Begun.Recorded(
        rows.find(draft.key())
            .map(known -> sameRequest(known, draft))
            .orElseGet(() -> record(change, draft, request, wanted)));
  }

  private static Cancellation sameRequest(Cancellation known, RequestDraft draft) {
    draft.requireSame(known.fingerprint());
    return known;
  }

  private Cancellation record(
      OrderChange change, RequestDraft draft, CancelOrderRequest request, Map<UUID, Long> wanted) {
    Cancellation cancellation =
        new Cancellation(
            ids.next(),
            change.orderId(),
            draft.key(),
            draft.fingerprint(),
            request.getReason(),
            wanted.isEmpty() ? everything(change) : checked(change, wanted),
            false);
    if (!rows.insert(cancellation, change.time())) {
      throw new Transactions.LostRace("cancelling " + draft.key());
    }
    processes.begin(KIND, cancellation.cancellationId(), change.orderId(), change.time());
    moveIntents(change, cancellation, 1);
    allocations.offer(change);
    orders.save(change);
    return cancellation;
  }

  private Map<UUID, Long> everything(OrderChange change) {
    refuseWhileGrowing(change);
    Map<UUID, Long> confirming = shipments.confirming(change.orderId());
    Map<UUID, Long> all = new LinkedHashMap<>();
    for (OrderLine line : change.order().lines()) {
      long possible = LineUnits.cancellable(line, confirming);
      if (possible > 0) {
        all.put(line.lineId(), possible);
      }
    }
    if (all.isEmpty()) {
      throw LineUnits.wrongState(
          change, OrderState.RESERVED, OrderState.BACKORDERED, OrderState.PARTLY_BACKORDERED);
    }
    return all;
  }

  /** Whoever cancels everything means also what is being added and is not there yet. */
  private void refuseWhileGrowing(OrderChange change) {
    boolean isGrowing =
        addedLines.underWay(change.orderId()).stream().anyMatch(l -> !change.has(l.lineId()));
    if (isGrowing) {
      throw DomainException.aborted(
          ErrorReason.ERROR_REASON_ORDER_CHANGING,
          "Lines are being added to the order right now; repeat the call when they are decided.");
    }
  }

  private Map<UUID, Long> checked(OrderChange change, Map<UUID, Long> wanted) {
    if (change.order().state() == OrderState.PENDING) {
      throw LineUnits.wrongState(
          change, OrderState.RESERVED, OrderState.BACKORDERED, OrderState.PARTLY_BACKORDERED);
    }
    Map<UUID, Long> confirming = shipments.confirming(change.orderId());
    wanted.forEach(
        (lineId, units) ->
            LineUnits.require(
                lineId, units, LineUnits.cancellable(change.line(lineId), confirming)));
    return wanted;
  }

  private CancelOrderResponse finish(Cancellation cancellation) {
    if (cancellation.done()) {
      return transactions.inNew(() -> answer(cancellation));
    }
    Allocation left;
    try {
      left = inventory.release(releaseRequest(cancellation));
    } catch (StatusRuntimeException failure) {
      if (InventoryCalls.isDefinite(failure)) {
        transactions.runInNew(() -> giveUp(cancellation));
      }
      throw failure;
    }
    return transactions.inNew(() -> apply(cancellation, left));
  }

  private CancelOrderResponse apply(Cancellation known, Allocation left) {
    OrderChange change = orders.open(known.orderId());
    boolean open = rows.find(known.cancellationId()).filter(c -> !c.done()).isPresent();
    if (open) {
      moveIntents(change, known, -1);
      if (!allocations.apply(change, left, change.time())) {
        allocations.offer(change);
      }
      orders.save(change);
      rows.markDone(known.cancellationId());
      processes.end(known.cancellationId());
    }
    return answer(known);
  }

  /** The first answer if there was one, else what the order is now. */
  private CancelOrderResponse answer(Cancellation cancellation) {
    RequestDraft draft = new RequestDraft(cancellation.key(), METHOD, cancellation.fingerprint());
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null && stored.request().equals(draft)) {
      return stored.replay(draft, CancelOrderResponse.parser());
    }
    Order order = orders.view(cancellation.orderId());
    CancelOrderResponse response = CancelOrderResponse.newBuilder().setOrder(order).build();
    if (stored == null) {
      requests.saveAll(Map.of(draft, response));
    }
    return response;
  }

  /** inventory-service said no: as if nobody had asked. */
  private void giveUp(Cancellation cancellation) {
    OrderChange change = orders.open(cancellation.orderId());
    if (rows.find(cancellation.cancellationId()).filter(c -> !c.done()).isEmpty()) {
      return;
    }
    moveIntents(change, cancellation, -1);
    allocations.offer(change);
    orders.save(change);
    rows.delete(cancellation.cancellationId());
    processes.end(cancellation.cancellationId());
  }

  private static void moveIntents(OrderChange change, Cancellation cancellation, int sign) {
    cancellation
        .units()
        .forEach((id, units) -> change.put(change.line(id).moveIntents(sign * units, 0)));
  }

  private static ReleaseAllocationRequest releaseRequest(Cancellation cancellation) {
    ReleaseAllocationRequest.Builder request =
        ReleaseAllocationRequest.newBuilder()
            .setRequestId(Ids.derive(cancellation.cancellationId(), "release").toString())
            .setOrderId(cancellation.orderId().toString())
            .setReason(cancellation.reason());
    cancellation
        .units()
        .forEach(
            (lineId, units) ->
                request.addLines(
                    LineQuantity.newBuilder().setLineId(lineId.toString()).setQuantity(units)));
    return request.build();
  }
}
