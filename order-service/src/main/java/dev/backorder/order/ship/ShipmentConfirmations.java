package dev.backorder.order.ship;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.shipment.Shipment;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.shipment.model.ShipmentState;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ConfirmShipmentResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Records across two services that a shipment left. First the shipment is CONFIRMING, with the
 * request and the row of its process; then, outside any transaction, inventory-service takes the
 * units out of stock under an id derived from the shipment's; last the shipment is SHIPPED and
 * answered. Every step can be repeated, so a crash anywhere leaves a shipment that the process, or
 * the caller's retry, finishes once.
 */
@ApplicationScoped
public class ShipmentConfirmations implements ProcessStep {
  private static final String KIND = "SHIP";

  private final Shipments shipments;
  private final Orders orders;
  private final Allocations allocations;
  private final InventoryCalls inventory;
  private final Processes processes;
  private final RequestLog requests;
  private final Transactions transactions;

  ShipmentConfirmations(
      Shipments shipments,
      Orders orders,
      Allocations allocations,
      InventoryCalls inventory,
      Processes processes,
      RequestLog requests,
      Transactions transactions) {
    this.shipments = shipments;
    this.orders = orders;
    this.allocations = allocations;
    this.inventory = inventory;
    this.processes = processes;
    this.requests = requests;
    this.transactions = transactions;
  }

  /** What the first transaction found: an answer of long ago, or a shipment to finish. */
  private sealed interface Begun {
    record Answered(ConfirmShipmentResponse response) implements Begun {}

    record Leaving(Shipment shipment) implements Begun {}
  }

  /**
   * Records that an offered shipment left, or answers as the first time when the same request comes
   * again.
   *
   * @throws DomainException UNAVAILABLE when inventory-service does not answer in time: it is
   *     recorded as CONFIRMING and will be finished. PRECONDITION QUANTITY_TOO_LARGE when
   *     inventory-service holds fewer units for it: it is offered again with what may leave.
   */
  public ConfirmShipmentResponse confirm(ConfirmShipmentRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    Begun begun = transactions.inNew(() -> begin(draft, request));
    if (begun instanceof Begun.Answered answered) {
      return answered.response();
    }
    Shipment shipment = ((Begun.Leaving) begun).shipment();
    try {
      return finish(shipment);
    } catch (RuntimeException failure) {
      throw Failures.isTransient(failure) ? unfinished(shipment) : failure;
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    Shipment shipment = shipments.get(processId);
    if (shipment.state() != ShipmentState.CONFIRMING) {
      transactions.runInNew(() -> processes.end(processId));
      return;
    }
    try {
      finish(shipment);
    } catch (DomainException refusal) {
      // Offered again: there is nobody to tell, and nothing left to do.
      if (refusal.kind() != DomainException.Kind.PRECONDITION) {
        throw refusal;
      }
    }
  }

  private Begun begin(RequestDraft draft, ConfirmShipmentRequest request) {
    Optional<Begun> answered = findAnswer(draft);
    if (answered.isPresent()) {
      return answered.get();
    }
    UUID shipmentId = UUID.fromString(request.getShipmentId());
    UUID orderId = shipments.orderOf(shipmentId);
    orders.lock(orderId);
    Instant now = orders.now();
    Shipment shipment = shipments.get(shipmentId);
    boolean isMine =
        shipment.confirmation().filter(first -> first.key().equals(draft.key())).isPresent();
    if (isMine) {
      return repeated(shipment, draft);
    }
    Shipment confirming =
        shipments.confirm(shipment, draft, request.getCarrier(), request.getTrackingCode(), now);
    processes.begin(KIND, shipmentId, orderId, now);
    return new Begun.Leaving(confirming);
  }

  /**
   * The request has begun before: it is being finished by somebody, or was while we waited for the
   * lock.
   */
  private Begun repeated(Shipment shipment, RequestDraft draft) {
    if (!shipment.confirmation().orElseThrow().equals(draft)) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "This request_id was used before with other content.",
          Map.of("request_id", draft.key().requestId().toString()));
    }
    return shipment.state() == ShipmentState.CONFIRMING
        ? new Begun.Leaving(shipment)
        : findAnswer(draft).orElseGet(() -> new Begun.Answered(response(shipment)));
  }

  private Optional<Begun> findAnswer(RequestDraft draft) {
    return Optional.ofNullable(requests.findAll(List.of(draft)).get(draft.key()))
        .map(stored -> stored.replay(draft, ConfirmShipmentResponse.parser()))
        .map(Begun.Answered::new);
  }

  /** From a confirming shipment to the answer. Repeatable from anywhere. */
  private ConfirmShipmentResponse finish(Shipment shipment) {
    Allocation allocation;
    try {
      allocation = inventory.ship(shipRequest(shipment));
    } catch (StatusRuntimeException failure) {
      if (!InventoryCalls.isDefinite(failure)) {
        throw failure;
      }
      Optional<Allocation> held = inventory.find(shipment.orderId());
      transactions.runInNew(() -> takeBack(shipment, held));
      throw refused(shipment, failure);
    }
    return transactions.inNew(() -> leave(shipment, allocation));
  }

  private ConfirmShipmentResponse leave(Shipment known, Allocation allocation) {
    OrderChange change = orders.open(known.orderId());
    Shipment shipment = shipments.get(known.shipmentId());
    RequestDraft draft = known.confirmation().orElseThrow();
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (isDone(known, shipment)) {
      return stored != null && stored.request().equals(draft)
          ? stored.replay(draft, ConfirmShipmentResponse.parser())
          : response(shipment);
    }
    Shipment left = shipments.leave(change, shipment);
    if (!allocations.apply(change, allocation, left.shipTime().orElseThrow())) {
      allocations.offer(change);
    }
    orders.save(change);
    processes.end(left.shipmentId());
    ConfirmShipmentResponse response = response(left);
    // Another request of the same caller may have taken the id meanwhile; what left has left all
    // the same.
    if (stored == null) {
      requests.saveAll(Map.of(draft, response));
    }
    return response;
  }

  /**
   * inventory-service said no; {@code held} is what the order holds there, newer than what we
   * believed.
   */
  private void takeBack(Shipment known, Optional<Allocation> held) {
    OrderChange change = orders.open(known.orderId());
    Shipment shipment = shipments.get(known.shipmentId());
    if (isDone(known, shipment)) {
      return;
    }
    shipments.takeBack(change, shipment);
    boolean isNews = held.isPresent() && allocations.apply(change, held.get(), change.time());
    if (!isNews) {
      allocations.offer(change);
    }
    orders.save(change);
    processes.end(known.shipmentId());
  }

  /** True when somebody else has finished this confirmation. */
  private static boolean isDone(Shipment known, Shipment now) {
    return now.state() != ShipmentState.CONFIRMING || now.confirmCount() != known.confirmCount();
  }

  private static ConfirmShipmentResponse response(Shipment shipment) {
    return ConfirmShipmentResponse.newBuilder()
        .setShipment(ShipmentViews.toProto(shipment))
        .build();
  }

  private static ShipAllocationRequest shipRequest(Shipment shipment) {
    // A shipment that was refused and confirmed again is another request: its content may differ.
    String step = "ship/" + shipment.confirmCount();
    ShipAllocationRequest.Builder request =
        ShipAllocationRequest.newBuilder()
            .setRequestId(Ids.derive(shipment.shipmentId(), step).toString())
            .setOrderId(shipment.orderId().toString())
            .setLocation(shipment.location())
            .setShipmentId(shipment.shipmentId().toString());
    shipment
        .lines()
        .forEach(
            line ->
                request.addLines(
                    LineQuantity.newBuilder()
                        .setLineId(line.lineId().toString())
                        .setQuantity(line.quantity())));
    return request.build();
  }

  private static DomainException unfinished(Shipment shipment) {
    return DomainException.unavailable(
        ErrorReason.ERROR_REASON_DEPENDENCY_UNAVAILABLE,
        "The shipment is recorded as leaving and will be finished; repeat the call, or look it up.",
        Map.of("shipment_id", shipment.shipmentId().toString()));
  }

  private static RuntimeException refused(Shipment shipment, StatusRuntimeException failure) {
    if (failure.getStatus().getCode() != Status.Code.FAILED_PRECONDITION) {
      return failure;
    }
    return DomainException.precondition(
        dev.backorder.order.v1.ErrorReason.ERROR_REASON_QUANTITY_TOO_LARGE,
        "Fewer units are reserved than the shipment holds; what may leave is offered again.",
        Map.of("shipment_id", shipment.shipmentId().toString()));
  }
}
