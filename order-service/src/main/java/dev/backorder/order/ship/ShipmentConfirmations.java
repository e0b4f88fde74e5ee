package dev.backorder.order.ship;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.Allocations.Held;
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
import dev.backorder.platform.lane.Together;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

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

  /** A shipment that the warehouse says left, under way. */
  private record Call(ConfirmShipmentRequest request, RequestDraft draft) {
    UUID shipmentId() {
      return UUID.fromString(request.getShipmentId());
    }
  }

  /** What the first transaction found: answers for some, shipments to finish for the others. */
  private record Begun(
      Map<UUID, Verdict<ConfirmShipmentResponse>> verdicts, List<Shipment> leaving) {}

  /** What inventory-service recorded of a shipment. */
  private record Recorded(Shipment shipment, Allocation allocation) {}

  /**
   * Records that an offered shipment left, or answers as the first time when the same request comes
   * again.
   *
   * @throws DomainException UNAVAILABLE when inventory-service does not answer in time: it is
   *     recorded as CONFIRMING and will be finished. PRECONDITION QUANTITY_TOO_LARGE when
   *     inventory-service holds fewer units for it: it is offered again with what may leave.
   */
  public ConfirmShipmentResponse confirm(ConfirmShipmentRequest request) {
    return confirmAll(List.of(request)).get(0).get();
  }

  /**
   * The same for many, each with an answer or refusal of its own.
   *
   * @param requests different ids, different shipments
   */
  public List<Verdict<ConfirmShipmentResponse>> confirmAll(List<ConfirmShipmentRequest> requests) {
    List<Call> calls =
        requests.stream()
            .map(request -> new Call(request, this.requests.draft(request.getRequestId(), request)))
            .toList();
    Begun begun = transactions.inNew(() -> begin(calls));
    Map<UUID, Verdict<ConfirmShipmentResponse>> verdicts = new HashMap<>(begun.verdicts());
    verdicts.putAll(finish(begun.leaving()));
    return calls.stream().map(call -> verdicts.get(call.shipmentId())).toList();
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
      finish(List.of(shipment)).get(processId).get();
    } catch (DomainException refusal) {
      // Offered again: there is nobody to tell, and nothing left to do.
      if (refusal.kind() != DomainException.Kind.PRECONDITION) {
        throw refusal;
      }
    }
  }

  /** The orders are locked first: a twin that runs at the same time then finds what we did. */
  private Begun begin(List<Call> calls) {
    List<UUID> shipmentIds = calls.stream().map(Call::shipmentId).toList();
    Map<UUID, UUID> orderIds = shipments.ordersOf(shipmentIds);
    orders.lockAll(new HashSet<>(orderIds.values()));
    Map<RequestKey, StoredResponse> stored =
        requests.findAll(calls.stream().map(Call::draft).toList());
    Map<UUID, Shipment> known = shipments.getAll(shipmentIds);
    Instant now = orders.now();
    Begun begun = new Begun(new HashMap<>(), new ArrayList<>());
    List<Shipment> confirming = new ArrayList<>();
    for (Call call : calls) {
      Shipment shipment = known.get(call.shipmentId());
      StoredResponse answer = stored.get(call.draft().key());
      Verdict<Shipment> next = Verdict.of(() -> next(call, shipment, answer, now));
      if (next instanceof Verdict.Refused<Shipment> refused) {
        begun.verdicts().put(call.shipmentId(), new Verdict.Refused<>(refused.failure()));
      } else if (answer != null) {
        begun
            .verdicts()
            .put(
                call.shipmentId(),
                Verdict.of(() -> answer.replay(call.draft(), ConfirmShipmentResponse.parser())));
      } else if (next.get().state() != ShipmentState.CONFIRMING) {
        begun.verdicts().put(call.shipmentId(), new Verdict.Answer<>(response(next.get())));
      } else {
        begun.leaving().add(next.get());
        if (shipment.state() != ShipmentState.CONFIRMING) {
          confirming.add(next.get());
        }
      }
    }
    if (!confirming.isEmpty()) {
      shipments.confirm(confirming);
      Map<UUID, UUID> processing = new LinkedHashMap<>();
      confirming.forEach(shipment -> processing.put(shipment.shipmentId(), shipment.orderId()));
      processes.beginAll(KIND, processing, now);
    }
    return begun;
  }

  /**
   * The shipment as the request makes it. It may have begun before: then it is being finished by
   * somebody, or was while we waited for the lock.
   */
  private static Shipment next(Call call, Shipment shipment, StoredResponse answer, Instant now) {
    if (shipment == null) {
      throw Shipments.notFound(call.shipmentId());
    }
    boolean isMine =
        shipment.confirmation().filter(first -> first.key().equals(call.draft().key())).isPresent();
    if (isMine && !shipment.confirmation().get().equals(call.draft())) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "This request_id was used before with other content.",
          Map.of("request_id", call.draft().key().requestId().toString()));
    }
    return isMine || answer != null
        ? shipment
        : ShortShipments.confirm(shipment, call.draft(), call.request(), now);
  }

  /** From confirming shipments to the answers. Repeatable from anywhere. */
  private Map<UUID, Verdict<ConfirmShipmentResponse>> finish(List<Shipment> leaving) {
    Map<UUID, Verdict<ConfirmShipmentResponse>> verdicts = new HashMap<>();
    List<Recorded> recorded = new ArrayList<>();
    List<Verdict<Allocation>> answers =
        inventory.shipAll(leaving.stream().map(ShipmentConfirmations::shipRequest).toList());
    for (int i = 0; i < leaving.size(); i++) {
      Shipment shipment = leaving.get(i);
      if (answers.get(i) instanceof Verdict.Refused<Allocation> refused) {
        verdicts.put(shipment.shipmentId(), notRecorded(shipment, refused.failure()));
      } else {
        recorded.add(new Recorded(shipment, answers.get(i).get()));
      }
    }
    Together.run(transactions, recorded, r -> r.shipment().shipmentId(), this::leave)
        .forEach(verdicts::put);
    for (Shipment shipment : leaving) {
      if (verdicts.get(shipment.shipmentId())
              instanceof Verdict.Refused<ConfirmShipmentResponse> refused
          && Failures.isTransient(refused.failure())) {
        verdicts.put(shipment.shipmentId(), new Verdict.Refused<>(unfinished(shipment)));
      }
    }
    return verdicts;
  }

  /** inventory-service did not record it: it may have said no, or nothing. */
  private Verdict<ConfirmShipmentResponse> notRecorded(Shipment shipment, RuntimeException why) {
    if (!(why instanceof StatusRuntimeException failure) || !InventoryCalls.isDefinite(failure)) {
      return new Verdict.Refused<>(why);
    }
    try {
      Optional<Allocation> held = inventory.find(shipment.orderId());
      transactions.runInNew(() -> takeBack(shipment, held));
    } catch (RuntimeException e) {
      return new Verdict.Refused<>(e);
    }
    return new Verdict.Refused<>(refused(shipment, failure));
  }

  private Map<UUID, Verdict<ConfirmShipmentResponse>> leave(List<Recorded> recorded) {
    Map<UUID, OrderChange> changes =
        orders.openAll(
            recorded.stream()
                .map(r -> r.shipment().orderId())
                .collect(Collectors.toCollection(LinkedHashSet::new)));
    Map<UUID, Shipment> known =
        shipments.getAll(recorded.stream().map(r -> r.shipment().shipmentId()).toList());
    Map<RequestKey, StoredResponse> stored =
        requests.findAll(recorded.stream().map(r -> draft(r.shipment())).toList());
    Map<UUID, Verdict<ConfirmShipmentResponse>> verdicts = new HashMap<>();
    Map<RequestDraft, ConfirmShipmentResponse> answers = new LinkedHashMap<>();
    List<Shipment> left = new ArrayList<>();
    Map<OrderChange, List<Held>> helds = new LinkedHashMap<>();
    for (Recorded one : recorded) {
      UUID shipmentId = one.shipment().shipmentId();
      Shipment shipment = known.get(shipmentId);
      RequestDraft draft = draft(one.shipment());
      StoredResponse answer = stored.get(draft.key());
      if (isDone(one.shipment(), shipment)) {
        verdicts.put(
            shipmentId,
            new Verdict.Answer<>(
                answer != null && answer.request().equals(draft)
                    ? answer.replay(draft, ConfirmShipmentResponse.parser())
                    : response(shipment)));
        continue;
      }
      OrderChange change = changes.get(shipment.orderId());
      Shipment gone = shipments.leave(change, shipment);
      left.add(gone);
      helds
          .computeIfAbsent(change, c -> new ArrayList<>())
          .add(new Held(one.allocation(), gone.shipTime().orElseThrow()));
      verdicts.put(shipmentId, new Verdict.Answer<>(response(gone)));
      // Another request of the same caller may have taken the id meanwhile; what left has left all
      // the same.
      if (answer == null) {
        answers.put(draft, response(gone));
      }
    }
    shipments.write(left);
    Set<OrderChange> news = allocations.applyAll(helds);
    allocations.offer(helds.keySet().stream().filter(change -> !news.contains(change)).toList());
    orders.saveAll(List.copyOf(helds.keySet()));
    processes.endAll(left.stream().map(Shipment::shipmentId).toList());
    requests.saveAll(answers);
    return verdicts;
  }

  private static RequestDraft draft(Shipment confirming) {
    return confirming.confirmation().orElseThrow();
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
    shipment.lines().stream()
        .filter(line -> line.quantity() > 0)
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
