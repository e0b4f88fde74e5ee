package dev.backorder.notification.testing;

import static dev.backorder.notification.testing.Notification.contact;
import static dev.backorder.notification.testing.Notification.request;
import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.ListCheckpointsRequest;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListParkedEventsRequest;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.RetryParkedEventsRequest;
import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.notification.v1.GetContactRequest;
import dev.backorder.notification.v1.GetDeliveryRequest;
import dev.backorder.notification.v1.GetNotificationEventRequest;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ResendDeliveryRequest;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.order.v1.Order;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One request for every RPC, each with every field filled, in a world with a customer and a
 * delivery that bounced.
 */
public final class GoodRequests {
  public static final String CUSTOMER = "bounce-ann";

  private final Order order;
  private final String deliveryId;

  private GoodRequests(Order order, String deliveryId) {
    this.order = order;
    this.deliveryId = deliveryId;
  }

  /** Empties everything and makes the world. */
  public static GoodRequests inNewWorld() {
    Notification notification = Notification.inNewWorld().knowing(CUSTOMER);
    Order order = order(CUSTOMER, line("tea", ready(1, LocalDate.of(2026, 3, 3))));
    notification.tell(order, placed(order));
    return new GoodRequests(order, notification.deliveryOf(order).getDeliveryId());
  }

  /** All requests. */
  public List<Message> all() {
    return Stream.concat(mutations().stream(), reads().stream()).toList();
  }

  /** The request with a message of this name. */
  public Message named(String message) {
    return all().stream()
        .collect(Collectors.toMap(r -> r.getDescriptorForType().getName(), Function.identity()))
        .get(message);
  }

  /** Requests that change something, each with a fresh request id; every one of them succeeds. */
  public List<Message> mutations() {
    return List.of(
        SetContactRequest.newBuilder()
            .setRequestId(request())
            .setContact(contact("dan").setTimeZone("Europe/Paris"))
            .build(),
        BatchSetContactsRequest.newBuilder()
            .setRequestId(request())
            .addContacts(contact("eli").setTimeZone("Europe/Paris"))
            .build(),
        ResendDeliveryRequest.newBuilder()
            .setRequestId(request())
            .setDeliveryId(deliveryId)
            .build());
  }

  private List<Message> reads() {
    return List.of(
        GetContactRequest.newBuilder().setCustomerId(CUSTOMER).build(),
        GetDeliveryRequest.newBuilder().setDeliveryId(deliveryId).build(),
        ListDeliveriesRequest.newBuilder()
            .setPageSize(1)
            .addStates(DeliveryState.DELIVERY_STATE_BOUNCED)
            .setOrderId(order.getOrderId())
            .setCustomerId(CUSTOMER)
            .build(),
        GetNotificationEventRequest.newBuilder().setEventId(request()).build(),
        GetClockRequest.getDefaultInstance(),
        AdvanceClockRequest.newBuilder().setToTime(Timestamp.newBuilder().setSeconds(1)).build(),
        CheckConsistencyRequest.newBuilder().setLimit(10).build(),
        ListEventsRequest.newBuilder().setLimit(1).build(),
        ListCheckpointsRequest.newBuilder().setPageSize(1).build(),
        ListParkedEventsRequest.newBuilder().setPageSize(1).build(),
        ReportCheckpointRequest.newBuilder().setConsumer("test").setCursor("test").build(),
        RetryParkedEventsRequest.newBuilder()
            .setRequestId(request())
            .setConsumer("test")
            .setKey("key")
            .build());
  }
}
