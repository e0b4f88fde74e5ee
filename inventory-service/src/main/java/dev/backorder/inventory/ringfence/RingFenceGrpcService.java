package dev.backorder.inventory.ringfence;

import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.CreateRingFenceResponse;
import dev.backorder.inventory.v1.DeleteRingFenceRequest;
import dev.backorder.inventory.v1.DeleteRingFenceResponse;
import dev.backorder.inventory.v1.GetRingFenceRequest;
import dev.backorder.inventory.v1.GetRingFenceResponse;
import dev.backorder.inventory.v1.ListRingFencesRequest;
import dev.backorder.inventory.v1.ListRingFencesResponse;
import dev.backorder.inventory.v1.RingFenceServiceGrpc;
import dev.backorder.inventory.v1.UpdateRingFenceRequest;
import dev.backorder.inventory.v1.UpdateRingFenceResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of ring fences. */
@GrpcService
@Blocking
class RingFenceGrpcService implements RingFenceServiceGrpc.AsyncService, BindableService {
  private final RingFencing fencing;
  private final RingFenceReading reading;
  private final Transactions transactions;

  RingFenceGrpcService(RingFencing fencing, RingFenceReading reading, Transactions transactions) {
    this.fencing = fencing;
    this.reading = reading;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(RingFenceServiceGrpc.bindService(this));
  }

  @Override
  public void createRingFence(
      CreateRingFenceRequest request, StreamObserver<CreateRingFenceResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> fencing.create(request)));
  }

  @Override
  public void getRingFence(
      GetRingFenceRequest request, StreamObserver<GetRingFenceResponse> observer) {
    Replies.unary(observer, () -> reading.get(request));
  }

  @Override
  public void listRingFences(
      ListRingFencesRequest request, StreamObserver<ListRingFencesResponse> observer) {
    Replies.unary(observer, () -> reading.list(request));
  }

  @Override
  public void updateRingFence(
      UpdateRingFenceRequest request, StreamObserver<UpdateRingFenceResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> fencing.update(request)));
  }

  @Override
  public void deleteRingFence(
      DeleteRingFenceRequest request, StreamObserver<DeleteRingFenceResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> fencing.delete(request)));
  }
}
