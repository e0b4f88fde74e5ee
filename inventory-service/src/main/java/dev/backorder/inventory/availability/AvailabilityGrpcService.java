package dev.backorder.inventory.availability;

import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of availability. */
@GrpcService
@Blocking
class AvailabilityGrpcService implements AvailabilityServiceGrpc.AsyncService, BindableService {
  private final QuoteLane lane;

  AvailabilityGrpcService(QuoteLane lane) {
    this.lane = lane;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(AvailabilityServiceGrpc.bindService(this));
  }

  @Override
  public void quoteAvailability(
      QuoteAvailabilityRequest request, StreamObserver<QuoteAvailabilityResponse> observer) {
    Replies.unary(observer, () -> lane.quote(request));
  }
}
