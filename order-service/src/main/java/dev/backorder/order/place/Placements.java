package dev.backorder.order.place;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.Orders;
import dev.backorder.order.order.Orders.NewOrder;
import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.promise.Promises;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderPlaced;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.lane.Together;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Places orders across two services. First the order is stored undecided, with the row of its
 * process; then, outside any transaction, inventory-service allocates under an id derived from the
 * order's; last the order is decided and answered. Every step can be repeated, so a crash anywhere
 * leaves an order that the process, or the caller's retry, decides once.
 */
@ApplicationScoped
public class Placements implements ProcessStep {
  private static final Logger LOG = Logger.getLogger(Placements.class);
  private static final String KIND = "PLACE";
  private static final int MOST_LINES = 2_000;
  private static final String METHOD = PlaceOrderRequest.getDescriptor().getFullName();

  private final NewOrders newOrders;
  private final Orders orders;
  private final InventoryCalls inventory;
  private final Promises promises;
  private final Allocations allocations;
  private final Processes processes;
  private final RequestLog requests;
  private final Transactions transactions;

  Placements(
      NewOrders newOrders,
      Orders orders,
      InventoryCalls inventory,
      Promises promises,
      Allocations allocations,
      Processes processes,
      RequestLog requests,
      Transactions transactions) {
    this.newOrders = newOrders;
    this.orders = orders;
    this.inventory = inventory;
    this.promises = promises;
    this.allocations = allocations;
    this.processes = processes;
    this.requests = requests;
    this.transactions = transactions;
  }

  /** A request under way, with the order that it would make. */
  private record Call(PlaceOrderRequest request, RequestDraft draft, OrderRecord fresh) {}

  /** What the first transaction found: answers for some, orders to decide for the others. */
  private record Begun(
      Map<RequestKey, Verdict<PlaceOrderResponse>> verdicts, Map<RequestKey, OrderRecord> orders) {}

  /** A stored order, and what becomes of it if nobody has decided it. */
  private record Judged(OrderRecord order, Judgement judgement) {}

  /**
   * Places an order, or answers as the first time when the same request comes again.
   *
   * @throws DomainException UNAVAILABLE ORDER_PENDING when inventory-service does not answer in
   *     time
   */
  public PlaceOrderResponse place(PlaceOrderRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    Call call = new Call(request, draft, newOrders.make(request, draft, orders.now()));
    return placeAll(List.of(call)).get(0).get();
  }

  /**
   * Places orders in this sequence, each with an answer or refusal of its own.
   *
   * @throws DomainException INVALID with every bad field of every order, before any is placed
   */
  public List<Verdict<PlaceOrderResponse>> placeAll(BatchPlaceOrdersRequest request) {
    return placeAll(parse(request.getOrdersList()));
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    OrderRecord order = transactions.inNew(() -> orders.find(orderId)).orElseThrow();
    if (order.state() == OrderState.PENDING) {
      finish(List.of(order)).get(orderId).get();
    } else {
      transactions.runInNew(() -> processes.end(processId));
    }
  }

  private List<Call> parse(List<PlaceOrderRequest> requests) {
    FieldProblems problems = new FieldProblems();
    long lines = requests.stream().mapToLong(PlaceOrderRequest::getLinesCount).sum();
    problems.check(
        lines <= MOST_LINES, "orders", "must have at most %d lines together".formatted(MOST_LINES));
    Instant now = orders.now();
    List<Call> calls = new ArrayList<>();
    Set<RequestKey> keys = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      PlaceOrderRequest request = requests.get(i);
      String field = "orders[%d].".formatted(i);
      try {
        RequestDraft draft = this.requests.draft(request.getRequestId(), request);
        problems.check(keys.add(draft.key()), field + "request_id", "must be there only once");
        calls.add(new Call(request, draft, newOrders.make(request, draft, now)));
      } catch (DomainException e) {
        e.problems().forEach(bad -> problems.add(field + bad.field(), bad.description()));
      }
    }
    problems.throwIfAny();
    return calls;
  }

  private List<Verdict<PlaceOrderResponse>> placeAll(List<Call> calls) {
    Begun begun = transactions.inNew(() -> begin(calls));
    Map<UUID, Verdict<PlaceOrderResponse>> finished = finish(List.copyOf(begun.orders().values()));
    return calls.stream()
        .map(
            call -> {
              RequestKey key = call.draft().key();
              OrderRecord order = begun.orders().get(key);
              return order == null
                  ? begun.verdicts().get(key)
                  : toCaller(order, finished.get(order.orderId()));
            })
        .toList();
  }

  /** What passes by itself is told as "recorded, and will be decided". */
  private static Verdict<PlaceOrderResponse> toCaller(
      OrderRecord order, Verdict<PlaceOrderResponse> verdict) {
    if (!(verdict instanceof Verdict.Refused<PlaceOrderResponse> refused)) {
      return verdict;
    }
    boolean isSilence = refused.failure() instanceof StatusRuntimeException;
    return isSilence || Failures.isTransient(refused.failure())
        ? new Verdict.Refused<>(pending(order))
        : verdict;
  }

  private Begun begin(List<Call> calls) {
    Begun begun = new Begun(new HashMap<>(), new LinkedHashMap<>());
    Map<RequestKey, StoredResponse> stored =
        requests.findAll(calls.stream().map(Call::draft).toList());
    List<Call> unanswered = new ArrayList<>();
    for (Call call : calls) {
      StoredResponse answer = stored.get(call.draft().key());
      if (answer == null) {
        unanswered.add(call);
      } else {
        begun
            .verdicts()
            .put(
                call.draft().key(),
                Verdict.of(() -> answer.replay(call.draft(), PlaceOrderResponse.parser())));
      }
    }
    if (!unanswered.isEmpty()) {
      store(unanswered, begun);
    }
    return begun;
  }

  private void store(List<Call> calls, Begun begun) {
    Instant now = calls.get(0).fresh().header().placeTime();
    Set<UUID> stored =
        orders.insertPending(
            calls.stream()
                .map(call -> new NewOrder(call.fresh(), call.request().getDestination()))
                .toList(),
            KIND,
            now,
            Processes.firstRetry(now));
    for (Call call : calls) {
      RequestKey key = call.draft().key();
      Verdict<OrderRecord> order =
          stored.contains(call.fresh().orderId())
              ? new Verdict.Answer<>(call.fresh())
              : Verdict.of(() -> placedBefore(call.draft()));
      if (order instanceof Verdict.Refused<OrderRecord> refused) {
        begun.verdicts().put(key, new Verdict.Refused<>(refused.failure()));
      } else {
        begun.orders().put(key, order.get());
      }
    }
  }

  private OrderRecord placedBefore(RequestDraft draft) {
    OrderRecord order =
        orders
            .findByRequest(draft.key().caller(), draft.key().requestId())
            .orElseThrow(() -> new Transactions.LostRace("placing " + draft.key()));
    if (!order.header().placeFingerprint().equals(draft.fingerprint())) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "This request_id was used before with other content.",
          Map.of("request_id", draft.key().requestId().toString()));
    }
    return order;
  }

  /** From stored orders to the answers, by order. Repeatable from anywhere. */
  private Map<UUID, Verdict<PlaceOrderResponse>> finish(List<OrderRecord> known) {
    Map<UUID, Verdict<PlaceOrderResponse>> verdicts = new HashMap<>();
    List<OrderRecord> pending =
        known.stream().filter(order -> order.state() == OrderState.PENDING).toList();
    List<Verdict<AllocateOrderResponse>> answers =
        inventory.allocateAll(pending.stream().map(AllocateRequests::of).toList());
    List<Judged> judged = new ArrayList<>();
    for (int i = 0; i < pending.size(); i++) {
      OrderRecord order = pending.get(i);
      try {
        judged.add(new Judged(order, judge(order, answers.get(i).get())));
      } catch (StatusRuntimeException failure) {
        if (InventoryCalls.isDefinite(failure)) {
          LOG.errorf(failure, "inventory-service refuses to allocate order %s", order.orderId());
        }
        verdicts.put(order.orderId(), new Verdict.Refused<>(failure));
      }
    }
    known.stream()
        .filter(order -> order.state() != OrderState.PENDING)
        .forEach(order -> judged.add(new Judged(order, new Judgement.Refused(List.of()))));
    verdicts.putAll(Together.run(transactions, judged, j -> j.order().orderId(), this::decide));
    return verdicts;
  }

  private Judgement judge(OrderRecord order, AllocateOrderResponse answer) {
    Judgement judgement = Judgement.of(order, answer);
    if (judgement instanceof Judgement.TooLate) {
      inventory.release(giveBackRequest(order));
    }
    return judgement;
  }

  private Map<UUID, Verdict<PlaceOrderResponse>> decide(List<Judged> judged) {
    Map<UUID, Orders.Undecided> undecided =
        orders.openPending(
            judged.stream()
                .map(Judged::order)
                .filter(order -> order.state() == OrderState.PENDING)
                .toList());
    Map<RequestKey, StoredResponse> stored =
        requests.findAll(judged.stream().map(j -> draft(j.order())).toList());
    Map<UUID, Order> decided =
        decideAll(
            judged.stream().filter(j -> undecided.containsKey(j.order().orderId())).toList(),
            undecided);
    Map<UUID, Verdict<PlaceOrderResponse>> verdicts = new HashMap<>();
    Map<RequestDraft, PlaceOrderResponse> answers = new LinkedHashMap<>();
    for (Judged one : judged) {
      UUID orderId = one.order().orderId();
      RequestDraft draft = draft(one.order());
      StoredResponse answer = stored.get(draft.key());
      Order order = decided.get(orderId);
      if (order == null && answer != null && answer.request().equals(draft)) {
        verdicts.put(
            orderId, new Verdict.Answer<>(answer.replay(draft, PlaceOrderResponse.parser())));
        continue;
      }
      PlaceOrderResponse response =
          PlaceOrderResponse.newBuilder()
              .setOrder(order == null ? orders.view(orderId) : order)
              .build();
      verdicts.put(orderId, new Verdict.Answer<>(response));
      if (answer == null) {
        answers.put(draft, response);
      }
    }
    requests.saveAll(answers);
    return verdicts;
  }

  private static RequestDraft draft(OrderRecord order) {
    OrderHeader header = order.header();
    return new RequestDraft(
        new RequestKey(header.caller(), header.placeRequestId()),
        METHOD,
        header.placeFingerprint());
  }

  /** Decides orders for the first time; what they are then, by order. */
  private Map<UUID, Order> decideAll(List<Judged> judged, Map<UUID, Orders.Undecided> undecided) {
    if (judged.isEmpty()) {
      return Map.of();
    }
    List<OrderChange> changes = new ArrayList<>();
    List<OrderChange> accepted = new ArrayList<>();
    for (Judged one : judged) {
      OrderChange change = undecided.get(one.order().orderId()).change();
      change.refuse(one.judgement().refusals());
      if (one.judgement() instanceof Judgement.Accepted holds) {
        hold(change, holds.allocation());
        allocations.arrange(change);
        accepted.add(change);
      } else {
        change.lines().forEach(line -> change.put(refused(line)));
      }
      changes.add(change);
    }
    Map<UUID, List<PromiseRecord>> told = promises.tellPlaced(changes);
    for (OrderChange change : changes) {
      change.publish(
          order ->
              OrderEvent.newBuilder()
                  .setOrderPlaced(
                      OrderPlaced.newBuilder()
                          .setOrder(order)
                          .addAllPromises(told.get(change.orderId())))
                  .build());
    }
    allocations.offer(accepted);
    List<Order> saved = orders.saveAll(changes);
    Map<UUID, Order> decided = new HashMap<>();
    for (int i = 0; i < changes.size(); i++) {
      Orders.Undecided one = undecided.get(changes.get(i).orderId());
      boolean isLate = accepted.contains(one.change()) && !one.earlyAllocation().isEmpty();
      decided.put(changes.get(i).orderId(), isLate ? catchUp(one) : saved.get(i));
    }
    processes.endAll(changes.stream().map(OrderChange::orderId).toList());
    return decided;
  }

  private static void hold(OrderChange change, Allocation allocation) {
    for (AllocationLine held : allocation.getLinesList()) {
      OrderLine line = change.line(UUID.fromString(held.getLineId()));
      change.put(line.decide(Allocations.quantities(line, held), Allocations.portions(held)));
    }
    change.fromAllocation(allocation.getVersion());
  }

  private static OrderLine refused(OrderLine line) {
    return line.decide(Quantities.allRefused(line.quantities().ordered()), List.of());
  }

  /** The allocation changed while nobody had decided the order; the feed will not tell it again. */
  private Order catchUp(Orders.Undecided undecided) {
    OrderChange change = orders.open(undecided.change().orderId());
    try {
      allocations.apply(change, Allocation.parseFrom(undecided.earlyAllocation()), change.time());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("early allocation of order " + change.orderId(), e);
    }
    return orders.save(change);
  }

  private static DomainException pending(OrderRecord order) {
    return DomainException.unavailable(
        dev.backorder.order.v1.ErrorReason.ERROR_REASON_ORDER_PENDING,
        "The order is recorded and will be decided; repeat the call, or look it up by its request id.",
        Map.of("order_id", order.orderId().toString()));
  }

  private static ReleaseAllocationRequest giveBackRequest(OrderRecord order) {
    return ReleaseAllocationRequest.newBuilder()
        .setRequestId(Ids.derive(order.orderId(), "give-back").toString())
        .setOrderId(order.orderId().toString())
        .setReason("WORSE_PROMISE")
        .build();
  }
}
