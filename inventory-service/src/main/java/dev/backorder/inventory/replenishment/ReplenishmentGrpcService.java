package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.ListReorderNeedsResponse;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of replenishment. */
@GrpcService
@Blocking
class ReplenishmentGrpcService extends ReplenishmentServiceGrpc.ReplenishmentServiceImplBase {

  private final ReorderNeeds needs;

  ReplenishmentGrpcService(ReorderNeeds needs) {
    this.needs = needs;
  }

  @Override
  public void listReorderNeeds(
      ListReorderNeedsRequest request, StreamObserver<ListReorderNeedsResponse> observer) {
    Replies.unary(observer, () -> needs.list(request));
  }
}
