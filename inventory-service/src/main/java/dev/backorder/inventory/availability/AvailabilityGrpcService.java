package dev.backorder.inventory.availability;

import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.platform.grpc.Replies;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of availability. */
@GrpcService
@Blocking
class AvailabilityGrpcService extends AvailabilityServiceGrpc.AvailabilityServiceImplBase {
  private final QuoteLane lane;

  AvailabilityGrpcService(QuoteLane lane) {
    this.lane = lane;
  }

  @Override
  public void quoteAvailability(
      QuoteAvailabilityRequest request, StreamObserver<QuoteAvailabilityResponse> observer) {
    Replies.unary(observer, () -> lane.quote(request));
  }
}
