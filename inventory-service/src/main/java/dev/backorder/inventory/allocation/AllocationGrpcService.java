package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AcceptReturnResponse;
import dev.backorder.inventory.v1.AllocateOrderOutcome;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchAllocateOrdersResponse;
import dev.backorder.inventory.v1.BatchShipAllocationsRequest;
import dev.backorder.inventory.v1.BatchShipAllocationsResponse;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.GetAllocationResponse;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListAllocationsResponse;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.ListQueueResponse;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.MoveAllocationResponse;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ReleaseAllocationResponse;
import dev.backorder.inventory.v1.ShipAllocationOutcome;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.platform.grpc.ErrorStatuses;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of allocation and the queue. */
@GrpcService
@Blocking
class AllocationGrpcService implements AllocationServiceGrpc.AsyncService, BindableService {
  private final AllocationLane lane;
  private final Extensions extensions;
  private final Releases releases;
  private final Relocations relocations;
  private final DepartureLane departures;
  private final Returns returns;
  private final AllocationReading reading;
  private final Transactions transactions;
  private final ErrorStatuses statuses;

  AllocationGrpcService(
      AllocationLane lane,
      Extensions extensions,
      Releases releases,
      Relocations relocations,
      DepartureLane departures,
      Returns returns,
      AllocationReading reading,
      Transactions transactions,
      ErrorStatuses statuses) {
    this.lane = lane;
    this.extensions = extensions;
    this.releases = releases;
    this.relocations = relocations;
    this.departures = departures;
    this.returns = returns;
    this.reading = reading;
    this.transactions = transactions;
    this.statuses = statuses;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(AllocationServiceGrpc.bindService(this));
  }

  @Override
  public void allocateOrder(
      AllocateOrderRequest request, StreamObserver<AllocateOrderResponse> observer) {
    Replies.unary(observer, () -> lane.allocate(request));
  }

  @Override
  public void batchAllocateOrders(
      BatchAllocateOrdersRequest request, StreamObserver<BatchAllocateOrdersResponse> observer) {
    Replies.unary(observer, () -> allocateAll(request));
  }

  @Override
  public void extendAllocation(
      ExtendAllocationRequest request, StreamObserver<ExtendAllocationResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> extensions.extend(request)));
  }

  @Override
  public void getAllocation(
      GetAllocationRequest request, StreamObserver<GetAllocationResponse> observer) {
    Replies.unary(observer, () -> reading.get(request));
  }

  @Override
  public void listAllocations(
      ListAllocationsRequest request, StreamObserver<ListAllocationsResponse> observer) {
    Replies.unary(observer, () -> reading.list(request));
  }

  @Override
  public void releaseAllocation(
      ReleaseAllocationRequest request, StreamObserver<ReleaseAllocationResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> releases.release(request)));
  }

  @Override
  public void moveAllocation(
      MoveAllocationRequest request, StreamObserver<MoveAllocationResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> relocations.move(request)));
  }

  @Override
  public void shipAllocation(
      ShipAllocationRequest request, StreamObserver<ShipAllocationResponse> observer) {
    Replies.unary(observer, () -> departures.ship(request));
  }

  @Override
  public void batchShipAllocations(
      BatchShipAllocationsRequest request, StreamObserver<BatchShipAllocationsResponse> observer) {
    Replies.unary(observer, () -> shipAll(request));
  }

  @Override
  public void acceptReturn(
      AcceptReturnRequest request, StreamObserver<AcceptReturnResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> returns.accept(request)));
  }

  @Override
  public void listQueue(ListQueueRequest request, StreamObserver<ListQueueResponse> observer) {
    Replies.unary(observer, () -> reading.queue(request));
  }

  private BatchAllocateOrdersResponse allocateAll(BatchAllocateOrdersRequest request) {
    BatchAllocateOrdersResponse.Builder response = BatchAllocateOrdersResponse.newBuilder();
    for (Verdict<AllocateOrderResponse> verdict : lane.allocateAll(request.getOrdersList())) {
      AllocateOrderOutcome.Builder outcome = response.addOutcomesBuilder();
      statuses.tell(verdict, outcome::setResponse, outcome::setFailure);
    }
    return response.build();
  }

  private BatchShipAllocationsResponse shipAll(BatchShipAllocationsRequest request) {
    BatchShipAllocationsResponse.Builder response = BatchShipAllocationsResponse.newBuilder();
    for (Verdict<ShipAllocationResponse> verdict :
        departures.shipAll(request.getDeparturesList())) {
      ShipAllocationOutcome.Builder outcome = response.addOutcomesBuilder();
      statuses.tell(verdict, outcome::setResponse, outcome::setFailure);
    }
    return response.build();
  }
}
