package dev.backorder.notification.delivery;

import dev.backorder.notification.v1.ErrorReason;
import dev.backorder.notification.v1.GetNotificationEventRequest;
import dev.backorder.notification.v1.GetNotificationEventResponse;
import dev.backorder.notification.v1.NotificationEvent;
import dev.backorder.notification.v1.NotificationEventServiceGrpc;
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

/** The edge of single facts. */
@GrpcService
@Blocking
class NotificationEventGrpcService
    implements NotificationEventServiceGrpc.AsyncService, BindableService {
  private final EventLog log;

  NotificationEventGrpcService(EventLog log) {
    this.log = log;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(NotificationEventServiceGrpc.bindService(this));
  }

  @Override
  public void getNotificationEvent(
      GetNotificationEventRequest request, StreamObserver<GetNotificationEventResponse> observer) {
    Replies.unary(observer, () -> get(request.getEventId()));
  }

  private GetNotificationEventResponse get(String eventId) {
    FeedEvent event =
        log.find(UUID.fromString(eventId))
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_EVENT_NOT_FOUND, "event", eventId));
    return GetNotificationEventResponse.newBuilder()
        .setEvent(event.envelope())
        .setPayload(event.payload(NotificationEvent.parser()))
        .build();
  }
}
