package dev.backorder.order.promise;

import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListPromisesResponse;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

@GrpcService
@Blocking
class PromiseGrpcService implements PromiseServiceGrpc.AsyncService, BindableService {
  private final PromiseList promises;

  PromiseGrpcService(PromiseList promises) {
    this.promises = promises;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(PromiseServiceGrpc.bindService(this));
  }

  @Override
  public void listPromises(
      ListPromisesRequest request, StreamObserver<ListPromisesResponse> observer) {
    Replies.unary(observer, () -> promises.list(request));
  }
}
