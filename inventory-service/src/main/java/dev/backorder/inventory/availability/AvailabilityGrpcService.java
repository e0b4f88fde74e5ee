package dev.backorder.inventory.availability;

import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseResponse;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.inventory.v1.WatchAvailabilityRequest;
import dev.backorder.inventory.v1.WatchAvailabilityResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of availability. */
@GrpcService
@Blocking
class AvailabilityGrpcService implements AvailabilityServiceGrpc.AsyncService, BindableService {
  private final QuoteLane lane;
  private final AvailabilityWatch watch;
  private final Projections projections;

  AvailabilityGrpcService(QuoteLane lane, AvailabilityWatch watch, Projections projections) {
    this.lane = lane;
    this.watch = watch;
    this.projections = projections;
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

  @Override
  public void watchAvailability(
      WatchAvailabilityRequest request, StreamObserver<WatchAvailabilityResponse> observer) {
    ServerCallStreamObserver<WatchAvailabilityResponse> stream =
        (ServerCallStreamObserver<WatchAvailabilityResponse>) observer;
    stream.setOnCancelHandler(watch::wake);
    stream.setOnReadyHandler(watch::wake);
    watch.watch(request, stream);
  }

  @Override
  public void getAvailableToPromise(
      GetAvailableToPromiseRequest request,
      StreamObserver<GetAvailableToPromiseResponse> observer) {
    Replies.unary(observer, () -> projections.days(request));
  }
}
