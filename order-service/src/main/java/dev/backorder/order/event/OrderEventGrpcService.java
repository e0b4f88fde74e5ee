package dev.backorder.order.event;

import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.GetOrderEventRequest;
import dev.backorder.order.v1.GetOrderEventResponse;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderEventServiceGrpc;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.feed.FeedEvent;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

/**
 * Reads one fact with its payload unpacked; also what brings the payload's type to those who use
 * reflection.
 */
@GrpcService
@Blocking
class OrderEventGrpcService implements OrderEventServiceGrpc.AsyncService, BindableService {
  private final EventLog events;

  OrderEventGrpcService(EventLog events) {
    this.events = events;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(OrderEventServiceGrpc.bindService(this));
  }

  @Override
  public void getOrderEvent(
      GetOrderEventRequest request, StreamObserver<GetOrderEventResponse> observer) {
    Replies.unary(observer, () -> get(request.getEventId()));
  }

  private GetOrderEventResponse get(String eventId) {
    FeedEvent event =
        events
            .find(UUID.fromString(eventId))
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_EVENT_NOT_FOUND, "event", eventId));
    return GetOrderEventResponse.newBuilder()
        .setEvent(event.envelope())
        .setPayload(event.payload(OrderEvent.parser()))
        .build();
  }
}
