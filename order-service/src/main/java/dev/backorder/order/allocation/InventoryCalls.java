package dev.backorder.order.allocation;

import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AllocationServiceGrpc.AllocationServiceBlockingStub;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchShipAllocationsRequest;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.platform.grpc.GrpcLimits;
import dev.backorder.platform.grpc.Peers;
import dev.backorder.platform.lane.Verdict;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * Calls to inventory-service. Never inside a transaction. Each has a deadline that leaves the
 * caller time to hear "not yet". What goes wrong comes as {@link StatusRuntimeException}; {@link
 * #isDefinite} tells a refusal from silence.
 */
@ApplicationScoped
public class InventoryCalls {
  /** Time that we keep for ourselves of what the caller gave us. */
  private static final long MARGIN_MILLIS = 200;

  private static final int PER_CALL = 100;
  private static final int ALLOCATE_LINES_PER_CALL = 2_000;
  private static final int SHIP_LINES_PER_CALL = 10_000;
  // A batch is more work than one order; a caller in a hurry says so by its deadline.
  private static final int BATCH_PATIENCE = 5;

  private final Peers peers;
  private final GrpcLimits limits;

  InventoryCalls(Peers peers, GrpcLimits limits) {
    this.peers = peers;
    this.limits = limits;
  }

  /**
   * Allocates orders in this sequence, in as few calls as the contract allows.
   *
   * @return one for each: its answer, or what went wrong
   */
  public List<Verdict<AllocateOrderResponse>> allocateAll(List<AllocateOrderRequest> orders) {
    return inChunks(
        orders,
        ALLOCATE_LINES_PER_CALL,
        AllocateOrderRequest::getLinesCount,
        chunk ->
            batchStub()
                .batchAllocateOrders(
                    BatchAllocateOrdersRequest.newBuilder().addAllOrders(chunk).build())
                .getOutcomesList()
                .stream()
                .map(o -> verdict(o.hasFailure(), o.getFailure(), o.getResponse()))
                .toList());
  }

  /** Adds lines to what an order holds. */
  public ExtendAllocationResponse extend(ExtendAllocationRequest request) {
    return stub().extendAllocation(request);
  }

  /** Gives units back; what the order holds then. */
  public Allocation release(ReleaseAllocationRequest request) {
    return stub().releaseAllocation(request).getAllocation();
  }

  /**
   * Records in this sequence that units left, in as few calls as the contract allows.
   *
   * @return one for each: what the order holds then, or what went wrong
   */
  public List<Verdict<Allocation>> shipAll(List<ShipAllocationRequest> departures) {
    return inChunks(
        departures,
        SHIP_LINES_PER_CALL,
        ShipAllocationRequest::getLinesCount,
        chunk ->
            batchStub()
                .batchShipAllocations(
                    BatchShipAllocationsRequest.newBuilder().addAllDepartures(chunk).build())
                .getOutcomesList()
                .stream()
                .map(o -> verdict(o.hasFailure(), o.getFailure(), o.getResponse().getAllocation()))
                .toList());
  }

  /** Takes units back into stock; what the order holds then. */
  public Allocation acceptReturn(AcceptReturnRequest request) {
    return stub().acceptReturn(request).getAllocation();
  }

  /** What an order holds; empty when inventory-service knows nothing of it. */
  public Optional<Allocation> find(UUID orderId) {
    try {
      GetAllocationRequest request =
          GetAllocationRequest.newBuilder().setOrderId(orderId.toString()).build();
      return Optional.of(stub().getAllocation(request).getAllocation());
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw failure;
    }
  }

  /** True when inventory-service has said no: repeating the same call would hear the same. */
  public static boolean isDefinite(StatusRuntimeException failure) {
    Status.Code code = failure.getStatus().getCode();
    return switch (code) {
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE -> true;
      default -> false;
    };
  }

  private static <R> Verdict<R> verdict(boolean failed, com.google.rpc.Status failure, R answer) {
    return failed
        ? new Verdict.Refused<>(StatusProto.toStatusRuntimeException(failure))
        : new Verdict.Answer<>(answer);
  }

  /** After a call that was not answered the rest is not asked for: it would not be answered. */
  private static <Q, R> List<Verdict<R>> inChunks(
      List<Q> all,
      int linesPerCall,
      ToIntFunction<Q> lines,
      Function<List<Q>, List<Verdict<R>>> call) {
    List<Verdict<R>> verdicts = new ArrayList<>();
    while (verdicts.size() < all.size()) {
      int from = verdicts.size();
      int to = from + 1;
      long weight = lines.applyAsInt(all.get(from));
      while (to < all.size()
          && to - from < PER_CALL
          && weight + lines.applyAsInt(all.get(to)) <= linesPerCall) {
        weight += lines.applyAsInt(all.get(to));
        to++;
      }
      try {
        verdicts.addAll(call.apply(all.subList(from, to)));
      } catch (StatusRuntimeException failure) {
        all.subList(from, all.size()).forEach(q -> verdicts.add(new Verdict.Refused<>(failure)));
      }
    }
    return verdicts;
  }

  private AllocationServiceBlockingStub stub() {
    return stub(limits.clientDeadline().toMillis());
  }

  private AllocationServiceBlockingStub batchStub() {
    return stub(limits.clientDeadline().multipliedBy(BATCH_PATIENCE).toMillis());
  }

  private AllocationServiceBlockingStub stub(long patienceMillis) {
    long millis = patienceMillis;
    Deadline callers = Context.current().getDeadline();
    if (callers != null) {
      long remaining = callers.timeRemaining(TimeUnit.MILLISECONDS);
      millis = Math.max(1, Math.min(millis, remaining - Math.min(MARGIN_MILLIS, remaining / 4)));
    }
    return AllocationServiceGrpc.newBlockingStub(peers.channel("inventory"))
        .withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
  }
}
