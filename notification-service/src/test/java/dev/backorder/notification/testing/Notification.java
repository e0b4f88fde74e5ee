package dev.backorder.notification.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.Contact;
import dev.backorder.notification.v1.ContactServiceGrpc;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryServiceGrpc;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.NotificationEvent;
import dev.backorder.notification.v1.ResendDeliveryRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.platform.testing.FakeFeed;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.SimulatedTime;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** The service under test with its neighbours, in a world without contacts, orders and mails. */
public final class Notification {
  public final ContactServiceGrpc.ContactServiceBlockingStub contacts =
      ContactServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
  public final DeliveryServiceGrpc.DeliveryServiceBlockingStub deliveries =
      DeliveryServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
  public final SimulatedTime time = new SimulatedTime(GrpcTestChannel.channel());
  public final FakeFeed orders = OrderPeer.feed();
  public final MailServer mailServer = MailServer.get();

  /** Empties everything. */
  public static Notification inNewWorld() {
    Notification notification = new Notification();
    notification.orders.clear();
    Database.clear();
    notification.mailServer.reset();
    return notification;
  }

  /** A fresh request id. */
  public static String request() {
    return UUID.randomUUID().toString();
  }

  /** A customer whose address begins with the customer's id. */
  public static Contact.Builder contact(String customerId) {
    return Contact.newBuilder()
        .setCustomerId(customerId)
        .setDisplayName("Ada Example")
        .setEmailAddress(address(customerId))
        .setLanguageCode("en-GB");
  }

  /** The address of a customer made by {@link #contact}. */
  public static String address(String customerId) {
    return customerId + "@customers.example";
  }

  /** Makes these customers reachable. */
  public Notification knowing(String... customerIds) {
    return knowing(Arrays.stream(customerIds).map(id -> contact(id).build()).toList());
  }

  /** Makes these customers reachable. */
  public Notification knowing(List<Contact> all) {
    int set =
        contacts
            .batchSetContacts(
                BatchSetContactsRequest.newBuilder()
                    .setRequestId(request())
                    .addAllContacts(all)
                    .build())
            .getSetCount();
    if (set != all.size()) {
      throw new AssertionError("not all contacts were set");
    }
    return this;
  }

  /** Publishes a fact of an order, not handled yet. */
  public Notification publish(Order order, OrderEvent fact) {
    if (orders.publish(order.getOrderId(), fact).getEventId().isEmpty()) {
      throw new AssertionError("not published");
    }
    return this;
  }

  /** Publishes facts of an order and does what is due. */
  public Notification tell(Order order, OrderEvent... facts) {
    for (OrderEvent fact : facts) {
      publish(order, fact);
    }
    return settle();
  }

  /** Does what is due. */
  public Notification settle() {
    if (!time.settle().hasTime()) {
      throw new AssertionError("no time");
    }
    return this;
  }

  /** Deliveries about an order, oldest first. */
  public List<Delivery> deliveriesOf(Order order) {
    return deliveries
        .listDeliveries(
            ListDeliveriesRequest.newBuilder()
                .setOrderId(order.getOrderId())
                .setPageSize(500)
                .build())
        .getDeliveriesList();
  }

  /** The one delivery about an order. */
  public Delivery deliveryOf(Order order) {
    List<Delivery> all = deliveriesOf(order);
    if (all.size() != 1) {
      throw new AssertionError("expected one delivery: " + all);
    }
    return all.get(0);
  }

  /** Mails to a customer made by {@link #contact}, oldest first. */
  public List<MimeMessage> mailsTo(String customerId) {
    return mailServer.mailsTo(address(customerId));
  }

  /** Sends a delivery again by hand. */
  public Delivery resend(Delivery delivery) {
    return deliveries
        .resendDelivery(
            ResendDeliveryRequest.newBuilder()
                .setRequestId(request())
                .setDeliveryId(delivery.getDeliveryId())
                .build())
        .getDelivery();
  }

  /** What the service's own checks say. */
  public static List<CheckResult> checks() {
    return ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
        .getResultsList();
  }

  /** What was published about a delivery, oldest first. */
  public static List<Delivery> factsOf(Delivery delivery) {
    return eventsOf(delivery).stream().map(Notification::payload).toList();
  }

  private static Delivery payload(Event event) {
    try {
      return event.getPayload().unpack(NotificationEvent.class).getDeliveryChanged().getDelivery();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The events about a delivery, oldest first. */
  public static List<Event> eventsOf(Delivery delivery) {
    List<Event> found = new ArrayList<>();
    FeedServiceGrpc.FeedServiceBlockingStub feed =
        FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    String cursor = "";
    boolean more = true;
    while (more) {
      var page =
          feed.listEvents(
              ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(1000).build());
      page.getEventsList().stream()
          .filter(e -> e.getKey().equals(delivery.getDeliveryId()))
          .forEach(found::add);
      cursor = page.getNextCursor();
      more = page.getHasMore();
    }
    return found;
  }

  /** Fails when any of the service's own checks finds something. */
  public static void assertAllChecksHold() {
    assertThat(checks())
        .hasSizeGreaterThanOrEqualTo(4)
        .allSatisfy(check -> assertThat(check.getDifferencesList()).as(check.getCheck()).isEmpty());
  }
}
