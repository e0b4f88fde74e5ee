package dev.backorder.inventory.hold;

import dev.backorder.inventory.v1.GetHoldRequest;
import dev.backorder.inventory.v1.GetHoldResponse;
import dev.backorder.inventory.v1.HoldServiceGrpc;
import dev.backorder.inventory.v1.ListHoldsRequest;
import dev.backorder.inventory.v1.ListHoldsResponse;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceHoldResponse;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.ReleaseHoldResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of holds. */
@GrpcService
@Blocking
class HoldGrpcService implements HoldServiceGrpc.AsyncService, BindableService {
  private final HoldLane lane;
  private final Holds holds;
  private final HoldReading reading;
  private final Transactions transactions;

  HoldGrpcService(HoldLane lane, Holds holds, HoldReading reading, Transactions transactions) {
    this.lane = lane;
    this.holds = holds;
    this.reading = reading;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(HoldServiceGrpc.bindService(this));
  }

  @Override
  public void placeHold(PlaceHoldRequest request, StreamObserver<PlaceHoldResponse> observer) {
    Replies.unary(observer, () -> lane.place(request));
  }

  @Override
  public void getHold(GetHoldRequest request, StreamObserver<GetHoldResponse> observer) {
    Replies.unary(observer, () -> reading.get(request));
  }

  @Override
  public void listHolds(ListHoldsRequest request, StreamObserver<ListHoldsResponse> observer) {
    Replies.unary(observer, () -> reading.list(request));
  }

  @Override
  public void releaseHold(
      ReleaseHoldRequest request, StreamObserver<ReleaseHoldResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> holds.release(request)));
  }
}
