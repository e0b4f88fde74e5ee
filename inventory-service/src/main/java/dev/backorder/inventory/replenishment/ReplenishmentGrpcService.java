package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.ListReorderNeedsResponse;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of replenishment. */
@GrpcService
@Blocking
class ReplenishmentGrpcService implements ReplenishmentServiceGrpc.AsyncService, BindableService {

  private final ReorderNeeds needs;

  ReplenishmentGrpcService(ReorderNeeds needs) {
    this.needs = needs;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ReplenishmentServiceGrpc.bindService(this));
  }

  @Override
  public void listReorderNeeds(
      ListReorderNeedsRequest request, StreamObserver<ListReorderNeedsResponse> observer) {
    Replies.unary(observer, () -> needs.list(request));
  }
}
