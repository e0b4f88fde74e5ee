package dev.backorder.inventory.event;

import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetInventoryEventRequest;
import dev.backorder.inventory.v1.GetInventoryEventResponse;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.InventoryEventServiceGrpc;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

/** Looks up facts that inventory-service published. */
@GrpcService
@Blocking
class InventoryEventGrpcService implements InventoryEventServiceGrpc.AsyncService, BindableService {

  private final EventLog events;

  InventoryEventGrpcService(EventLog events) {
    this.events = events;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(InventoryEventServiceGrpc.bindService(this));
  }

  @Override
  public void getInventoryEvent(
      GetInventoryEventRequest request, StreamObserver<GetInventoryEventResponse> observer) {
    Replies.unary(observer, () -> find(request.getEventId()));
  }

  private GetInventoryEventResponse find(String eventId) {
    return events
        .find(UUID.fromString(eventId))
        .map(
            event ->
                GetInventoryEventResponse.newBuilder()
                    .setEvent(event.envelope())
                    .setPayload(event.payload(InventoryEvent.parser()))
                    .build())
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_EVENT_NOT_FOUND, "event", eventId));
  }
}
