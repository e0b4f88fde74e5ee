package dev.backorder.order.allocation;

import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AllocationServiceGrpc.AllocationServiceBlockingStub;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.platform.grpc.GrpcLimits;
import dev.backorder.platform.grpc.Peers;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Calls to inventory-service. Never inside a transaction. Each has a deadline that leaves the
 * caller time to hear "not yet". What goes wrong comes as {@link StatusRuntimeException}; {@link
 * #isDefinite} tells a refusal from silence.
 */
@ApplicationScoped
public class InventoryCalls {
  /** Time that we keep for ourselves of what the caller gave us. */
  private static final long MARGIN_MILLIS = 200;

  private final Peers peers;
  private final GrpcLimits limits;

  InventoryCalls(Peers peers, GrpcLimits limits) {
    this.peers = peers;
    this.limits = limits;
  }

  /** Allocates an order. */
  public AllocateOrderResponse allocate(AllocateOrderRequest request) {
    return stub().allocateOrder(request);
  }

  /** Gives units back; what the order holds then. */
  public Allocation release(ReleaseAllocationRequest request) {
    return stub().releaseAllocation(request).getAllocation();
  }

  /** Records that units left; what the order holds then. */
  public Allocation ship(ShipAllocationRequest request) {
    return stub().shipAllocation(request).getAllocation();
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

  private AllocationServiceBlockingStub stub() {
    long millis = limits.clientDeadline().toMillis();
    Deadline callers = Context.current().getDeadline();
    if (callers != null) {
      long remaining = callers.timeRemaining(TimeUnit.MILLISECONDS);
      millis = Math.max(1, Math.min(millis, remaining - Math.min(MARGIN_MILLIS, remaining / 4)));
    }
    return AllocationServiceGrpc.newBlockingStub(peers.channel("inventory"))
        .withDeadlineAfter(millis, TimeUnit.MILLISECONDS);
  }
}
