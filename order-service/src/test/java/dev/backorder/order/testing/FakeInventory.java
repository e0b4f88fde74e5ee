package dev.backorder.order.testing;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.rpc.ErrorInfo;
import com.google.type.Date;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AcceptReturnResponse;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderOutcome;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchAllocateOrdersResponse;
import dev.backorder.inventory.v1.BatchShipAllocationsRequest;
import dev.backorder.inventory.v1.BatchShipAllocationsResponse;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.GetAllocationResponse;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ReleaseAllocationResponse;
import dev.backorder.inventory.v1.ShipAllocationOutcome;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.platform.testing.FakeFeed;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * inventory-service by its allocation contract, with a shelf in memory: idempotent requests,
 * versions, refusals, and a feed of what changed. Stock leaves tomorrow; what is not there waits
 * for a date that the test sets. Tests switch faults on: away (nothing happens) and deaf (it
 * happens, and the answer is lost).
 */
public final class FakeInventory extends AllocationServiceGrpc.AllocationServiceImplBase {
  /** Where stock stands. */
  public static final String LOCATION = "main";

  /** Where items stand whose sku begins with {@code far/}. */
  public static final String FAR_LOCATION = "far";

  private final FakeFeed feed;
  private final Map<String, Long> stock = new HashMap<>();
  private final Map<String, LocalDate> restock = new HashMap<>();
  private final Map<String, Message> answers = new HashMap<>();
  private final Map<String, Message> requests = new HashMap<>();
  private final Map<String, Allocation> allocations = new HashMap<>();
  private LocalDate today = LocalDate.of(2026, 1, 1);
  private boolean away;
  private boolean deaf;
  private OptionalInt answersLeft = OptionalInt.empty();
  private final Map<String, AllocateOrderRequest> asked = new HashMap<>();
  private int allocateCalls;

  /** A shelf that tells its news on a feed. */
  public FakeInventory(FakeFeed feed) {
    this.feed = feed;
  }

  /** Puts units on the shelf, sold from stock only unless {@link #expect} was called. */
  public synchronized void stock(String sku, long units) {
    stock.put(sku, units);
  }

  /** What is not on the shelf may be ordered and comes on a day. */
  public synchronized void expect(String sku, LocalDate day) {
    stock.putIfAbsent(sku, 0L);
    restock.put(sku, day);
  }

  /** Units on the shelf that belong to nobody. */
  public synchronized long available(String sku) {
    return stock.getOrDefault(sku, 0L);
  }

  /** The day on which orders come: what is there leaves a day later. */
  public synchronized void today(LocalDate day) {
    today = day;
  }

  /** Away: every call fails before anything happens. */
  public synchronized void away(boolean on) {
    away = on;
  }

  /** Goes away as soon as it has answered so many more calls. */
  public synchronized void awayAfter(int calls) {
    answersLeft = OptionalInt.of(calls);
  }

  /** Deaf: every call is done, and its answer is lost. */
  public synchronized void deaf(boolean on) {
    deaf = on;
  }

  /** How often an order was really allocated. */
  public synchronized int allocateCalls() {
    return allocateCalls;
  }

  /** What was asked for an order when it was allocated. */
  public synchronized AllocateOrderRequest askedFor(String orderId) {
    return asked.get(orderId);
  }

  /** The cart that an order named when it was allocated. */
  public synchronized String cartOf(String orderId) {
    return asked.get(orderId).getCartId();
  }

  /** What an order holds. */
  public synchronized Allocation allocation(String orderId) {
    return allocations.get(orderId);
  }

  /** Whether an order was ever allocated. */
  public synchronized boolean knows(String orderId) {
    return allocations.containsKey(orderId);
  }

  /** Loses what an order holds, as if it had never been. */
  public synchronized void forget(String orderId) {
    allocations.remove(orderId);
  }

  /** Puts back what was forgotten. */
  public synchronized void remember(Allocation allocation) {
    allocations.put(allocation.getOrderId(), allocation);
  }

  /** Gives units to waiting lines of an order, to leave on a day, and tells the feed. */
  public synchronized Allocation fill(String orderId, String sku, long units, LocalDate shipBy) {
    return change(
        orderId,
        AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_FILLED,
        line -> line.getSku().equals(sku) ? filled(line, units, shipBy) : line);
  }

  /** Moves the date of the waiting units of an item in an order, and tells the feed. */
  public synchronized Allocation redate(String orderId, String sku, LocalDate shipBy) {
    return change(
        orderId,
        AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SUPPLY_CHANGED,
        line -> line.getSku().equals(sku) ? redated(line, shipBy) : line);
  }

  /**
   * Units that an order holds are gone (shrinkage): its line waits for them again. The feed hears
   * of it later.
   */
  public synchronized Allocation vanish(String orderId, String sku, long units, LocalDate shipBy) {
    return change(
        orderId, line -> line.getSku().equals(sku) ? vanished(line, units, shipBy) : line);
  }

  /** Tells an allocation again, as a feed that starts anew does. */
  public synchronized void tellAgain(Allocation allocation) {
    publish(allocation, AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SUPPLY_CHANGED);
  }

  @Override
  public void allocateOrder(
      AllocateOrderRequest request, StreamObserver<AllocateOrderResponse> observer) {
    answer(observer, request.getRequestId(), request, () -> allocate(request));
  }

  @Override
  public void batchAllocateOrders(
      BatchAllocateOrdersRequest request, StreamObserver<BatchAllocateOrdersResponse> observer) {
    answer(
        observer,
        () -> {
          BatchAllocateOrdersResponse.Builder response = BatchAllocateOrdersResponse.newBuilder();
          for (AllocateOrderRequest order : request.getOrdersList()) {
            AllocateOrderOutcome.Builder outcome = response.addOutcomesBuilder();
            try {
              outcome.setResponse(once(order.getRequestId(), order, () -> allocate(order)));
            } catch (StatusRuntimeException refusal) {
              outcome.setFailure(StatusProto.fromThrowable(refusal));
            }
          }
          return response.build();
        });
  }

  @Override
  public void batchShipAllocations(
      BatchShipAllocationsRequest request, StreamObserver<BatchShipAllocationsResponse> observer) {
    answer(
        observer,
        () -> {
          BatchShipAllocationsResponse.Builder response = BatchShipAllocationsResponse.newBuilder();
          for (ShipAllocationRequest departure : request.getDeparturesList()) {
            ShipAllocationOutcome.Builder outcome = response.addOutcomesBuilder();
            try {
              outcome.setResponse(
                  once(departure.getRequestId(), departure, () -> shipped(departure)));
            } catch (StatusRuntimeException refusal) {
              outcome.setFailure(StatusProto.fromThrowable(refusal));
            }
          }
          return response.build();
        });
  }

  private ShipAllocationResponse shipped(ShipAllocationRequest request) {
    return ShipAllocationResponse.newBuilder().setAllocation(ship(request)).build();
  }

  @Override
  public synchronized void getAllocation(
      GetAllocationRequest request, StreamObserver<GetAllocationResponse> observer) {
    Allocation held = allocations.get(request.getOrderId());
    if (away || held == null) {
      observer.onError(
          away
              ? Status.UNAVAILABLE.asRuntimeException()
              : refuse(Status.Code.NOT_FOUND, "ALLOCATION_NOT_FOUND", ""));
      return;
    }
    observer.onNext(GetAllocationResponse.newBuilder().setAllocation(held).build());
    observer.onCompleted();
  }

  @Override
  public void extendAllocation(
      ExtendAllocationRequest request, StreamObserver<ExtendAllocationResponse> observer) {
    answer(observer, request.getRequestId(), request, () -> extend(request));
  }

  @Override
  public void releaseAllocation(
      ReleaseAllocationRequest request, StreamObserver<ReleaseAllocationResponse> observer) {
    answer(
        observer,
        request.getRequestId(),
        request,
        () -> ReleaseAllocationResponse.newBuilder().setAllocation(release(request)).build());
  }

  @Override
  public void shipAllocation(
      ShipAllocationRequest request, StreamObserver<ShipAllocationResponse> observer) {
    answer(observer, request.getRequestId(), request, () -> shipped(request));
  }

  @Override
  public void acceptReturn(
      AcceptReturnRequest request, StreamObserver<AcceptReturnResponse> observer) {
    answer(
        observer,
        request.getRequestId(),
        request,
        () -> AcceptReturnResponse.newBuilder().setAllocation(accept(request)).build());
  }

  private synchronized <T extends Message> void answer(
      StreamObserver<T> observer, String requestId, Message request, Supplier<T> work) {
    answer(observer, () -> once(requestId, request, work));
  }

  private synchronized <T extends Message> void answer(
      StreamObserver<T> observer, Supplier<T> work) {
    if (answersLeft.isPresent()) {
      away = answersLeft.getAsInt() == 0;
      answersLeft = away ? OptionalInt.empty() : OptionalInt.of(answersLeft.getAsInt() - 1);
    }
    if (away) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    T answer;
    try {
      answer = work.get();
    } catch (StatusRuntimeException refusal) {
      observer.onError(refusal);
      return;
    }
    if (deaf) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }

  @SuppressWarnings("unchecked")
  private <T extends Message> T once(String requestId, Message request, Supplier<T> work) {
    T answer = (T) answers.get(requestId);
    if (!request.equals(requests.getOrDefault(requestId, request))) {
      throw refuse(Status.Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", "");
    }
    requests.put(requestId, request);
    if (answer == null) {
      answer = work.get();
      answers.put(requestId, answer);
    }
    return answer;
  }

  private AllocateOrderResponse allocate(AllocateOrderRequest request) {
    allocateCalls++;
    asked.put(request.getOrderId(), request);
    List<Refusal> refusals = new ArrayList<>();
    Map<String, Long> left = new HashMap<>(stock);
    Allocation.Builder allocation =
        Allocation.newBuilder().setOrderId(request.getOrderId()).setVersion(1);
    for (AllocateOrderLine line : request.getLinesList()) {
      allocation.addLines(decide(line, left, refusals));
    }
    AllocateOrderResponse.Builder response =
        AllocateOrderResponse.newBuilder().addAllRefusals(refusals);
    boolean partly = request.getShortageRule() == ShortageRule.SHORTAGE_RULE_REFUSE_UNITS;
    if (refusals.isEmpty() || partly) {
      stock.putAll(left);
      Allocation made = allocation.build();
      allocations.put(request.getOrderId(), made);
      publish(made, AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED);
      response.setAllocation(made);
    }
    return response.build();
  }

  private static boolean isTooLate(AllocateOrderLine line, LocalDate day) {
    return line.hasLatestShipByDate() && date(line.getLatestShipByDate()).isBefore(day);
  }

  private static LocalDate date(Date day) {
    return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
  }

  /** As a new order of the lines alone would be decided. */
  private ExtendAllocationResponse extend(ExtendAllocationRequest request) {
    Allocation old = allocations.get(request.getOrderId());
    if (old == null) {
      throw refuse(Status.Code.NOT_FOUND, "ALLOCATION_NOT_FOUND", "");
    }
    List<Refusal> refusals = new ArrayList<>();
    Map<String, Long> left = new HashMap<>(stock);
    Allocation.Builder allocation = old.toBuilder().setVersion(old.getVersion() + 1);
    for (AllocateOrderLine line : request.getLinesList()) {
      allocation.addLines(decide(line, left, refusals));
    }
    boolean partly = request.getShortageRule() == ShortageRule.SHORTAGE_RULE_REFUSE_UNITS;
    long granted =
        allocation.getLinesList().subList(old.getLinesCount(), allocation.getLinesCount()).stream()
            .mapToLong(line -> line.getOrderedQuantity() - line.getRefusedQuantity())
            .sum();
    boolean extended = refusals.isEmpty() || (partly && granted > 0);
    ExtendAllocationResponse.Builder response =
        ExtendAllocationResponse.newBuilder()
            .setAllocation(old)
            .addAllRefusals(refusals)
            .setExtended(extended);
    if (extended) {
      stock.putAll(left);
      Allocation made = allocation.build();
      allocations.put(request.getOrderId(), made);
      publish(made, AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_EXTENDED);
      response.setAllocation(made);
    }
    return response.build();
  }

  private AllocationLine decide(
      AllocateOrderLine line, Map<String, Long> left, List<Refusal> refusals) {
    long free = isTooLate(line, today.plusDays(1)) ? 0 : left.getOrDefault(line.getSku(), 0L);
    long reserved = Math.min(free, line.getQuantity());
    left.merge(line.getSku(), -reserved, Math::addExact);
    long missing = line.getQuantity() - reserved;
    LocalDate comes = restock.get(line.getSku());
    long waiting = comes == null || isTooLate(line, comes) ? 0 : missing;
    if (missing > waiting) {
      refusals.add(refusal(line, reserved, comes));
    }
    AllocationLine.Builder held =
        AllocationLine.newBuilder()
            .setLineId(line.getLineId())
            .setSku(line.getSku())
            .setOrderedQuantity(line.getQuantity())
            .setReservedQuantity(reserved)
            .setWaitingQuantity(waiting)
            .setRefusedQuantity(missing - waiting);
    addPortion(held, reserved, PortionState.PORTION_STATE_RESERVED, today.plusDays(1));
    addPortion(held, waiting, PortionState.PORTION_STATE_WAITING, restock.get(line.getSku()));
    return held.build();
  }

  private Refusal refusal(AllocateOrderLine line, long orderable, LocalDate comes) {
    if (comes != null) {
      return refusal(line, orderable, (LocalDate) null).toBuilder()
          .setReason(RefusalReason.REFUSAL_REASON_TOO_LATE)
          .build();
    }
    return Refusal.newBuilder()
        .setLineId(line.getLineId())
        .setSku(line.getSku())
        .setRequestedQuantity(line.getQuantity())
        .setOrderableQuantity(orderable)
        .setReason(
            stock.containsKey(line.getSku())
                ? RefusalReason.REFUSAL_REASON_OUT_OF_STOCK
                : RefusalReason.REFUSAL_REASON_UNKNOWN_ITEM)
        .build();
  }

  private Allocation release(ReleaseAllocationRequest request) {
    Map<String, Long> wanted = units(request.getLinesList());
    return change(
        request.getOrderId(),
        AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RELEASED,
        line -> {
          long open = line.getReservedQuantity() + line.getWaitingQuantity();
          long units = wanted.isEmpty() ? open : wanted.getOrDefault(line.getLineId(), 0L);
          require(units <= open, line.getLineId());
          long fromWaiting = Math.min(units, line.getWaitingQuantity());
          long fromReserved = units - fromWaiting;
          stock.merge(line.getSku(), fromReserved, Math::addExact);
          AllocationLine.Builder left =
              line.toBuilder()
                  .setWaitingQuantity(line.getWaitingQuantity() - fromWaiting)
                  .setReservedQuantity(line.getReservedQuantity() - fromReserved)
                  .setReleasedQuantity(line.getReleasedQuantity() + units);
          shrink(left, PortionState.PORTION_STATE_WAITING, fromWaiting);
          shrink(left, PortionState.PORTION_STATE_RESERVED, fromReserved);
          return left.build();
        });
  }

  private Allocation ship(ShipAllocationRequest request) {
    Map<String, Long> wanted = units(request.getLinesList());
    return change(
        request.getOrderId(),
        AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SHIPPED,
        line -> {
          long units = wanted.getOrDefault(line.getLineId(), 0L);
          boolean here = locationOf(line.getSku()).equals(request.getLocation());
          require(units <= (here ? line.getReservedQuantity() : 0), line.getLineId());
          AllocationLine.Builder left =
              line.toBuilder()
                  .setReservedQuantity(line.getReservedQuantity() - units)
                  .setShippedQuantity(line.getShippedQuantity() + units);
          shrink(left, PortionState.PORTION_STATE_RESERVED, units);
          return left.build();
        });
  }

  private Allocation accept(AcceptReturnRequest request) {
    if (!request.getLocation().equals(LOCATION)) {
      throw refuse(Status.Code.NOT_FOUND, "LOCATION_NOT_FOUND", "");
    }
    Map<String, Long> wanted = units(request.getLinesList());
    return change(
        request.getOrderId(),
        AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RETURNED,
        line -> {
          long units = wanted.getOrDefault(line.getLineId(), 0L);
          require(
              units <= line.getShippedQuantity() - line.getReturnedQuantity(), line.getLineId());
          stock.merge(line.getSku(), units, Math::addExact);
          return line.toBuilder().setReturnedQuantity(line.getReturnedQuantity() + units).build();
        });
  }

  private interface LineChange {
    AllocationLine apply(AllocationLine line);
  }

  private Allocation change(String orderId, AllocationChangeCause cause, LineChange change) {
    Allocation made = change(orderId, change);
    publish(made, cause);
    return made;
  }

  private Allocation change(String orderId, LineChange change) {
    Allocation old = allocations.get(orderId);
    if (old == null) {
      throw refuse(Status.Code.NOT_FOUND, "ALLOCATION_NOT_FOUND", "");
    }
    Allocation.Builder changed = old.toBuilder().clearLines().setVersion(old.getVersion() + 1);
    old.getLinesList().forEach(line -> changed.addLines(change.apply(line)));
    Allocation made = changed.build();
    allocations.put(orderId, made);
    return made;
  }

  private void publish(Allocation allocation, AllocationChangeCause cause) {
    feed.publish(
        allocation.getOrderId(),
        allocation.getVersion(),
        InventoryEvent.newBuilder()
            .setAllocationChanged(
                AllocationChanged.newBuilder().setAllocation(allocation).setCause(cause))
            .build(),
        today.atStartOfDay(java.time.ZoneOffset.UTC).toInstant());
  }

  private static AllocationLine filled(AllocationLine line, long units, LocalDate shipBy) {
    AllocationLine.Builder changed =
        line.toBuilder()
            .setWaitingQuantity(line.getWaitingQuantity() - units)
            .setReservedQuantity(line.getReservedQuantity() + units);
    shrink(changed, PortionState.PORTION_STATE_WAITING, units);
    List<AllocationPortion> waiting = List.copyOf(changed.getPortionsList());
    changed.clearPortions();
    waiting.stream().filter(p -> isReserved(p)).forEach(changed::addPortions);
    addPortion(changed, units, PortionState.PORTION_STATE_RESERVED, shipBy);
    waiting.stream().filter(p -> !isReserved(p)).forEach(changed::addPortions);
    return changed.build();
  }

  private static AllocationLine vanished(AllocationLine line, long units, LocalDate shipBy) {
    AllocationLine.Builder changed =
        line.toBuilder()
            .setWaitingQuantity(line.getWaitingQuantity() + units)
            .setReservedQuantity(line.getReservedQuantity() - units);
    shrink(changed, PortionState.PORTION_STATE_RESERVED, units);
    addPortion(changed, units, PortionState.PORTION_STATE_WAITING, shipBy);
    return changed.build();
  }

  private static AllocationLine redated(AllocationLine line, LocalDate shipBy) {
    AllocationLine.Builder changed = line.toBuilder().clearPortions();
    for (AllocationPortion portion : line.getPortionsList()) {
      changed.addPortions(
          isReserved(portion)
              ? portion
              : portion.toBuilder().setPromise(promise(portion.getState(), shipBy)).build());
    }
    return changed.build();
  }

  private static boolean isReserved(AllocationPortion portion) {
    return portion.getState() == PortionState.PORTION_STATE_RESERVED;
  }

  private static void shrink(AllocationLine.Builder line, PortionState state, long units) {
    long left = units;
    List<AllocationPortion> kept = new ArrayList<>();
    for (AllocationPortion portion : line.getPortionsList()) {
      long taken = portion.getState() == state ? Math.min(left, portion.getQuantity()) : 0;
      left -= taken;
      if (taken < portion.getQuantity()) {
        kept.add(portion.toBuilder().setQuantity(portion.getQuantity() - taken).build());
      }
    }
    line.clearPortions().addAllPortions(kept);
  }

  private static void addPortion(
      AllocationLine.Builder line, long units, PortionState state, LocalDate shipBy) {
    if (units > 0) {
      line.addPortions(
          AllocationPortion.newBuilder()
              .setQuantity(units)
              .setLocation(locationOf(line.getSku()))
              .setState(state)
              .setPromise(promise(state, shipBy)));
    }
  }

  private static String locationOf(String sku) {
    return sku.startsWith(FAR_LOCATION + "/") ? FAR_LOCATION : LOCATION;
  }

  private static Promise promise(PortionState state, LocalDate day) {
    boolean reserved = state == PortionState.PORTION_STATE_RESERVED;
    return Promise.newBuilder()
        .setShipByDate(date(day))
        .setPercentile(80)
        .setBasis(reserved ? PromiseBasis.PROMISE_BASIS_STOCK : PromiseBasis.PROMISE_BASIS_SUPPLY)
        .setConstraint(
            reserved
                ? PromiseConstraint.PROMISE_CONSTRAINT_HANDLING
                : PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_DATE)
        .setSupplyId(reserved ? "" : "supply-1")
        .build();
  }

  /** A day as the contract writes it. */
  public static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }

  private static Map<String, Long> units(List<LineQuantity> lines) {
    Map<String, Long> units = new HashMap<>();
    lines.forEach(line -> units.put(line.getLineId(), line.getQuantity()));
    return units;
  }

  private static void require(boolean possible, String lineId) {
    if (!possible) {
      throw refuse(Status.Code.FAILED_PRECONDITION, "QUANTITY_TOO_LARGE", lineId);
    }
  }

  private static StatusRuntimeException refuse(Status.Code code, String reason, String lineId) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code.value())
            .setMessage("The fake refuses.")
            .addDetails(
                Any.pack(
                    ErrorInfo.newBuilder()
                        .setReason(reason)
                        .setDomain("inventory.backorder")
                        .putMetadata("line_id", lineId)
                        .build()))
            .build());
  }

  /** Midnight of a day in UTC. */
  public static Instant at(LocalDate day) {
    return day.atStartOfDay(java.time.ZoneOffset.UTC).toInstant();
  }
}
