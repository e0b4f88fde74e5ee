package dev.backorder.notification.delivery;

import static dev.backorder.notification.testing.Orders.dateTold;
import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;
import static dev.backorder.notification.testing.Orders.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.notification.testing.Database;
import dev.backorder.notification.testing.Notification;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.notification.testing.Parts;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.notification.v1.GetDeliveryRequest;
import dev.backorder.notification.v1.GetNotificationEventRequest;
import dev.backorder.notification.v1.GetNotificationEventResponse;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.notification.v1.NotificationEventServiceGrpc;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The newest date wins, and the log and the feed say what became of every message. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class DeliveryLogTest {
  private static final LocalDate SOON = LocalDate.of(2026, 3, 3);
  private static final LocalDate LATER = LocalDate.of(2026, 3, 19);
  private static final LocalDate LATEST = LocalDate.of(2026, 4, 2);
  private static final Duration LONG = Duration.ofHours(1);

  private Notification notification;

  @BeforeEach
  void makeWorld() {
    notification = Notification.inNewWorld().knowing("ada");
  }

  @Test
  void a_date_that_was_overtaken_before_it_could_be_told_is_never_told() {
    OrderLine waits = line("22423", waiting(10, LATER));
    Order order = order("ada", waits);
    notification.tell(order, placed(order)).mailServer.close();
    LocalDate between = LATER.plusDays(5);
    notification
        .tell(order, dateTold(order, 2, waits, LATER, LATEST))
        .tell(order, dateTold(order, 3, waits, LATEST, between));
    notification.mailServer.open();
    notification.time.advance(LONG);

    List<MimeMessage> mails = notification.mailsTo("ada");
    assertThat(mails).hasSize(2);
    // The customer knows the first date only: compared with that one the newest is later.
    assertThat(Parts.of(mails.get(1)).text())
        .containsSubsequence("Tuesday, 24 March 2026", "(instead of Thursday, 19 March 2026)")
        .doesNotContain("2 April");
    List<Delivery> all = notification.deliveriesOf(order);
    assertThat(all)
        .extracting(Delivery::getState)
        .containsExactly(
            DeliveryState.DELIVERY_STATE_ACCEPTED,
            DeliveryState.DELIVERY_STATE_SUPERSEDED,
            DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(all.get(1).getSupersededByDeliveryId()).isEqualTo(all.get(2).getDeliveryId());
    assertThat(Notification.factsOf(all.get(1))).hasSize(1);
    Notification.assertAllChecksHold();
  }

  @Test
  void a_date_that_comes_back_to_what_was_told_is_no_news() {
    OrderLine waits = line("22423", waiting(10, LATER));
    Order order = order("ada", waits);
    notification.tell(order, placed(order)).mailServer.close();
    notification
        .tell(order, dateTold(order, 2, waits, LATER, LATEST))
        .tell(order, dateTold(order, 3, waits, LATEST, LATER));
    notification.mailServer.open();
    notification.time.advance(LONG);
    assertThat(notification.mailsTo("ada")).hasSize(1);
    assertThat(notification.deliveriesOf(order).subList(1, 3))
        .extracting(Delivery::getState)
        .containsOnly(DeliveryState.DELIVERY_STATE_SUPERSEDED);
  }

  @Test
  void a_confirmation_that_was_delayed_tells_the_newest_date() {
    notification.mailServer.close();
    OrderLine waits = line("22423", waiting(10, LATER));
    Order order = order("ada", waits);
    notification.tell(order, placed(order)).tell(order, dateTold(order, 2, waits, LATER, LATEST));
    notification.mailServer.open();
    notification.time.advance(LONG);

    List<MimeMessage> mails = notification.mailsTo("ada");
    assertThat(mails).hasSize(1);
    assertThat(Parts.of(mails.get(0)).text()).contains("2 April 2026").doesNotContain("19 March");
    List<Delivery> all = notification.deliveriesOf(order);
    assertThat(all.get(0).getToldShipByDate().getMonth()).isEqualTo(4);
    assertThat(all.get(1).getSupersededByDeliveryId()).isEqualTo(all.get(0).getDeliveryId());
  }

  @Test
  void what_became_of_a_delivery_is_on_the_feed_without_personal_data() {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));
    Delivery delivery = notification.deliveryOf(order);
    Event event = Notification.eventsOf(delivery).get(0);
    assertThat(event.getKeyVersion()).isEqualTo(1);
    assertThat(event.toString()).doesNotContain("customers.example").doesNotContain("Ada Example");

    GetNotificationEventResponse found =
        NotificationEventServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
            .getNotificationEvent(
                GetNotificationEventRequest.newBuilder().setEventId(event.getEventId()).build());
    assertThat(found.getPayload().getDeliveryChanged().getDelivery()).isEqualTo(delivery);
    assertThat(
            notification
                .deliveries
                .getDelivery(
                    GetDeliveryRequest.newBuilder().setDeliveryId(delivery.getDeliveryId()).build())
                .getDelivery())
        .isEqualTo(delivery);
    assertThat(Database.everythingButContacts())
        .doesNotContain("customers.example")
        .doesNotContain("Ada Example");
  }

  @Test
  void deliveries_are_listed_oldest_first_page_by_page() {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      Order order = order("ada", line("22423", ready(1, SOON)));
      notification.tell(order, placed(order));
      expected.add(order.getOrderId());
    }
    List<String> seen = new ArrayList<>();
    ListDeliveriesRequest.Builder request =
        ListDeliveriesRequest.newBuilder()
            .setPageSize(3)
            .setCustomerId("ada")
            .addStates(DeliveryState.DELIVERY_STATE_ACCEPTED);
    List<Integer> sizes = new ArrayList<>();
    do {
      ListDeliveriesResponse page = notification.deliveries.listDeliveries(request.build());
      page.getDeliveriesList().forEach(d -> seen.add(d.getOrderId()));
      sizes.add(page.getDeliveriesCount());
      request.setPageToken(page.getNextPageToken());
    } while (!request.getPageToken().isEmpty());
    assertThat(seen).isEqualTo(expected);
    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(
            notification
                .deliveries
                .listDeliveries(
                    ListDeliveriesRequest.newBuilder()
                        .addStates(DeliveryState.DELIVERY_STATE_PARKED)
                        .build())
                .getDeliveriesCount())
        .isZero();
  }
}
