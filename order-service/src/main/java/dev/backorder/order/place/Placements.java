package dev.backorder.order.place;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderHeader;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderRecord;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.Orders;
import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.promise.Promises;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderPlaced;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.Failures;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** What the first transaction found: an answer of long ago, or an order to decide. */
  private sealed interface Begun {
    record Answered(PlaceOrderResponse response) implements Begun {}

    record Stored(OrderRecord order) implements Begun {}
  }

  /**
   * Places an order, or answers as the first time when the same request comes again.
   *
   * @throws DomainException UNAVAILABLE ORDER_PENDING when inventory-service does not answer in
   *     time
   */
  public PlaceOrderResponse place(PlaceOrderRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    OrderRecord fresh = newOrders.make(request, draft, orders.now());
    Begun begun = transactions.inNew(() -> begin(draft, fresh, request.getDestination()));
    if (begun instanceof Begun.Answered answered) {
      return answered.response();
    }
    OrderRecord order = ((Begun.Stored) begun).order();
    try {
      return finish(order);
    } catch (StatusRuntimeException silence) {
      if (InventoryCalls.isDefinite(silence)) {
        LOG.errorf(silence, "inventory-service refuses to allocate order %s", order.orderId());
      }
      throw pending(order);
    } catch (RuntimeException failure) {
      throw Failures.isTransient(failure) ? pending(order) : failure;
    }
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    OrderRecord order = transactions.inNew(() -> orders.find(orderId)).orElseThrow();
    if (order.state() == OrderState.PENDING) {
      finish(order);
    } else {
      transactions.runInNew(() -> processes.end(processId));
    }
  }

  private Begun begin(RequestDraft draft, OrderRecord fresh, Destination destination) {
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null) {
      return new Begun.Answered(stored.replay(draft, PlaceOrderResponse.parser()));
    }
    Instant retry = Processes.firstRetry(fresh.header().placeTime());
    Optional<Long> sequence = orders.insertPending(fresh, destination, KIND, retry);
    if (sequence.isPresent()) {
      return new Begun.Stored(fresh);
    }
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
    return new Begun.Stored(order);
  }

  /** From a stored order to the answer. Repeatable from anywhere. */
  private PlaceOrderResponse finish(OrderRecord order) {
    Verdict verdict = new Verdict.Refused(List.of());
    if (order.state() == OrderState.PENDING) {
      AllocateOrderResponse answer = inventory.allocate(allocateRequest(order));
      verdict = Verdict.of(order, answer);
      if (verdict instanceof Verdict.TooLate) {
        inventory.release(giveBackRequest(order));
      }
    }
    Verdict decided = verdict;
    return transactions.inNew(() -> decide(order, decided));
  }

  private PlaceOrderResponse decide(OrderRecord known, Verdict verdict) {
    OrderHeader header = known.header();
    RequestDraft draft =
        new RequestDraft(
            new RequestKey(header.caller(), header.placeRequestId()),
            METHOD,
            header.placeFingerprint());
    Optional<Orders.Undecided> undecided =
        known.state() == OrderState.PENDING ? orders.openPending(known) : Optional.empty();
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (undecided.isEmpty() && stored != null && stored.request().equals(draft)) {
      return stored.replay(draft, PlaceOrderResponse.parser());
    }
    Order order =
        undecided.isPresent()
            ? decide(undecided.get(), verdict)
            : OrderViews.toProto(orders.find(known.orderId()).orElseThrow());
    PlaceOrderResponse response = PlaceOrderResponse.newBuilder().setOrder(order).build();
    if (stored == null) {
      requests.saveAll(Map.of(draft, response));
    }
    return response;
  }

  private Order decide(Orders.Undecided undecided, Verdict verdict) {
    OrderChange change = undecided.change();
    change.refuse(verdict.refusals());
    if (verdict instanceof Verdict.Accepted accepted) {
      hold(change, accepted.allocation());
    } else {
      change.order().lines().forEach(line -> change.put(refused(line)));
    }
    List<PromiseRecord> told = promises.tellPlaced(change);
    change.publish(
        order ->
            OrderEvent.newBuilder()
                .setOrderPlaced(OrderPlaced.newBuilder().setOrder(order).addAllPromises(told))
                .build());
    if (verdict instanceof Verdict.Accepted) {
      allocations.offer(change);
    }
    Order order = orders.save(change);
    if (verdict instanceof Verdict.Accepted && !undecided.earlyAllocation().isEmpty()) {
      order = catchUp(undecided);
    }
    processes.end(change.orderId());
    return order;
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

  private static AllocateOrderRequest allocateRequest(OrderRecord order) {
    OrderHeader header = order.header();
    AllocateOrderRequest.Builder request =
        AllocateOrderRequest.newBuilder()
            .setRequestId(Ids.derive(header.orderId(), "allocate").toString())
            .setOrderId(header.orderId().toString())
            .setSalesContext(
                SalesContext.newBuilder()
                    .setChannel(header.channel())
                    .setCustomerClass(header.customerClass())
                    .setPriority(header.priority())
                    .setDestinationCountry(header.destinationCountry()))
            .setShortageRule(ShortageRule.valueOf("SHORTAGE_RULE_" + header.shortageRule()));
    for (OrderLine line : order.lines()) {
      request.addLines(
          AllocateOrderLine.newBuilder()
              .setLineId(line.lineId().toString())
              .setSku(line.sku())
              .setQuantity(line.quantities().ordered()));
    }
    return request.build();
  }

  private static ReleaseAllocationRequest giveBackRequest(OrderRecord order) {
    return ReleaseAllocationRequest.newBuilder()
        .setRequestId(Ids.derive(order.orderId(), "give-back").toString())
        .setOrderId(order.orderId().toString())
        .setReason("WORSE_PROMISE")
        .build();
  }
}
