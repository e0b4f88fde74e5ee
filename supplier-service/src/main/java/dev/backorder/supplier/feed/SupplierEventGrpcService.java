package dev.backorder.supplier.feed;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.feed.FeedEvent;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.supplier.v1.ErrorReason;
import dev.backorder.supplier.v1.GetSupplierEventRequest;
import dev.backorder.supplier.v1.GetSupplierEventResponse;
import dev.backorder.supplier.v1.SupplierEvent;
import dev.backorder.supplier.v1.SupplierEventServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

@GrpcService
@Blocking
class SupplierEventGrpcService implements SupplierEventServiceGrpc.AsyncService, BindableService {
  private final EventLog events;

  SupplierEventGrpcService(EventLog events) {
    this.events = events;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(SupplierEventServiceGrpc.bindService(this));
  }

  @Override
  public void getSupplierEvent(
      GetSupplierEventRequest request, StreamObserver<GetSupplierEventResponse> observer) {
    Replies.unary(observer, () -> get(request.getEventId()));
  }

  private GetSupplierEventResponse get(String eventId) {
    FeedEvent event =
        events
            .find(UUID.fromString(eventId))
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_EVENT_NOT_FOUND, "event", eventId));
    return GetSupplierEventResponse.newBuilder()
        .setEvent(event.envelope())
        .setPayload(event.payload(SupplierEvent.parser()))
        .build();
  }
}
