package dev.backorder.notification;

import static dev.backorder.notification.testing.Orders.cancelled;
import static dev.backorder.notification.testing.Orders.dateTold;
import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;
import static dev.backorder.notification.testing.Orders.rejected;
import static dev.backorder.notification.testing.Orders.shipment;
import static dev.backorder.notification.testing.Orders.shipped;
import static dev.backorder.notification.testing.Orders.shippedLine;
import static dev.backorder.notification.testing.Orders.together;
import static dev.backorder.notification.testing.Orders.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.notification.testing.Notification;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.notification.testing.Parts;
import dev.backorder.notification.v1.Channel;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.notification.v1.MessageKind;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.ShipmentState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What customers read: each kind of message, from the fact to the mailbox. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class MessagesTest {
  private static final LocalDate SOON = LocalDate.of(2026, 3, 3);
  private static final LocalDate LATER = LocalDate.of(2026, 3, 19);
  private static final LocalDate LATEST = LocalDate.of(2026, 4, 2);

  private Notification notification;

  @BeforeEach
  void makeWorld() {
    notification = Notification.inNewWorld().knowing("ada");
  }

  @Test
  void an_order_from_stock_is_confirmed_with_its_day() {
    Order order = order("ada", line("85123A", ready(6, SOON)), line("71053", ready(1200, SOON)));
    notification.tell(order, placed(order));

    Parts mail = onlyMail("order-confirmed");
    assertThat(mail.subject()).isEqualTo("Your order 536365 is confirmed");
    assertThat(mail.text())
        .contains("Hello Ada Example,", "IN STOCK - leaves us by Tuesday, 3 March 2026")
        .contains("6 x 85123A  £15.00", "1,200 x 71053  £3,000.00")
        .contains("Order total: £1,234.50")
        .doesNotContain("BACKORDER");
    assertThat(mail.html())
        .contains("Lantern &amp; Loom (Leeds)", "#7a2e3a", "85123A", "&#163;15.00");

    Delivery delivery = notification.deliveryOf(order);
    assertThat(delivery.getKind()).isEqualTo(MessageKind.MESSAGE_KIND_ORDER_CONFIRMED);
    assertThat(delivery.getChannel()).isEqualTo(Channel.CHANNEL_EMAIL);
    assertThat(delivery.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(delivery.getFactId()).isEqualTo("order-placed:" + order.getOrderId());
    assertThat(delivery.getContentSha256()).hasSize(64);
    assertThat(delivery.getTemplate()).matches("mails/en/order-confirmed@[0-9a-f]{8}");
    assertThat(delivery.getAttemptCount()).isEqualTo(1);
    assertThat(delivery.getToldShipByDate().getDay()).isEqualTo(3);
    assertThat(delivery.getAcceptedTime()).isEqualTo(delivery.getCreateTime());
  }

  @Test
  void part_now_and_part_later_is_told_with_a_day_for_each() {
    Order order =
        order(
            "ada",
            line("85123A", ready(6, SOON)),
            line("22423", ready(2, SOON), waiting(10, LATER)),
            line("84879", waiting(32, LATEST)));
    notification.tell(order, placed(order));

    Parts mail = onlyMail("order-part-backordered");
    assertThat(mail.subject())
        .isEqualTo("Your order 536365: part follows later, by Thursday, 2 April 2026");
    assertThat(mail.text())
        .containsSubsequence(
            "IN STOCK - leaves us by Tuesday, 3 March 2026, with you by Thursday, 5 March 2026",
            "6 x 85123A",
            "2 x 22423",
            "ON BACKORDER - leaves us by Thursday, 19 March 2026",
            "10 x 22423  £25.00",
            "ON BACKORDER - leaves us by Thursday, 2 April 2026",
            "32 x 84879")
        .contains("Part of it is in stock");
  }

  @Test
  void an_order_of_which_nothing_is_there_is_told_as_backorder() {
    Order order = order("ada", line("22423", waiting(10, LATER)));
    notification.tell(order, placed(order));

    Parts mail = onlyMail("order-backordered");
    assertThat(mail.subject())
        .isEqualTo("Your order 536365: on backorder, by Thursday, 19 March 2026");
    assertThat(mail.text()).contains("not have these items on the shelf today", "10 x 22423");
    assertThat(notification.deliveryOf(order).getKind())
        .isEqualTo(MessageKind.MESSAGE_KIND_ORDER_BACKORDERED);
  }

  @Test
  void what_was_refused_of_an_accepted_order_is_said() {
    OrderLine refused =
        line("22423", ready(2, SOON)).toBuilder()
            .setOrderedQuantity(5)
            .setRefusedQuantity(3)
            .build();
    Order order = order("ada", refused);
    notification.tell(order, placed(order));
    assertThat(onlyMail("order-partly-accepted").text())
        .contains("Everything that we could accept is reserved")
        .contains("WHAT WE COULD NOT ACCEPT", "3 x 22423 - sold out");
  }

  @Test
  void a_later_date_is_told_with_the_old_one_the_reason_and_a_way_out() {
    OrderLine waits = line("22423", waiting(10, LATER));
    Order order = order("ada", waits);
    notification.tell(order, placed(order));
    notification.tell(order, dateTold(order, 2, waits, LATER, LATEST));

    Parts mail = lastMail("date-later");
    assertThat(mail.subject()).isEqualTo("Your order 536365: a later date, Thursday, 2 April 2026");
    assertThat(mail.text())
        .contains("We are sorry. The delivery to us comes later than planned.")
        .containsSubsequence(
            "10 x 22423", "Thursday, 2 April 2026", "(instead of Thursday, 19 March 2026)")
        .contains("we will cancel what has not left yet");
    Delivery told = notification.deliveriesOf(order).get(1);
    assertThat(told.getFactId()).isEqualTo("promise-told:" + order.getOrderId() + ":2");
    assertThat(told.getToldShipByDate().getMonth()).isEqualTo(4);
  }

  @Test
  void an_earlier_date_is_good_news() {
    OrderLine waits = line("22423", waiting(10, LATEST));
    Order order = order("ada", waits);
    notification.tell(order, placed(order));
    notification.tell(order, dateTold(order, 2, waits, LATEST, LATER));

    Parts mail = lastMail("date-earlier");
    assertThat(mail.subject()).contains("an earlier date, Thursday, 19 March 2026");
    assertThat(mail.text())
        .contains("Good news")
        .containsSubsequence("Thursday, 19 March 2026", "(earlier than Thursday, 2 April 2026)")
        .doesNotContain("sorry");
  }

  @Test
  void dates_that_move_both_ways_are_told_line_by_line() {
    OrderLine gains = line("22423", waiting(10, LATER));
    OrderLine loses = line("84879", waiting(5, LATER));
    Order order = order("ada", gains, loses);
    notification.tell(order, placed(order));
    notification.tell(
        order,
        together(dateTold(order, 2, gains, LATER, SOON), dateTold(order, 2, loses, LATER, LATEST)));

    Parts mail = lastMail("date-mixed");
    assertThat(mail.subject()).isEqualTo("Your order 536365: new dates, Thursday, 2 April 2026");
    assertThat(mail.text())
        .contains("For those that leave later than we had told you, we are sorry. The delivery")
        .containsSubsequence("3 March", "(earlier than", "2 April", "(instead of");
  }

  @Test
  void a_part_shipment_says_what_left_and_what_is_still_to_come() {
    Order after = order("ada", shippedLine("85123A", 6), line("22423", waiting(10, LATER)));
    notification.tell(after, shipped(after, "85123A", 6));

    Parts mail = onlyMail("shipped-part");
    assertThat(mail.subject()).isEqualTo("Part of your order 536365 is on its way");
    assertThat(mail.text())
        .contains("have left us with Royal Mail (tracking code RM123456785GB)")
        .containsSubsequence(
            "6 x 85123A",
            "STILL TO COME",
            "ON BACKORDER - leaves us by Thursday, 19 March 2026",
            "10 x 22423");
  }

  @Test
  void the_last_shipment_says_that_nothing_else_is_open() {
    Order after = order("ada", shippedLine("85123A", 6));
    notification.tell(after, shipped(after, "85123A", 6));
    assertThat(onlyMail("shipped").text()).contains("nothing else of your order is open");
  }

  @Test
  void only_a_shipment_that_left_is_told() {
    Order after = order("ada", line("85123A", ready(6, SOON)));
    notification.tell(
        after,
        shipment(after, "85123A", 6, ShipmentState.SHIPMENT_STATE_OFFERED),
        shipment(after, "85123A", 6, ShipmentState.SHIPMENT_STATE_CONFIRMING),
        shipment(after, "85123A", 6, ShipmentState.SHIPMENT_STATE_WITHDRAWN));
    assertThat(notification.mailsTo("ada")).isEmpty();
    notification.tell(
        after,
        shipped(after, "85123A", 6),
        shipment(after, "85123A", 6, ShipmentState.SHIPMENT_STATE_DELIVERED));
    assertThat(notification.mailsTo("ada")).hasSize(1);
  }

  @Test
  void a_cancelled_part_is_told_with_what_stays() {
    Order after = order("ada", line("85123A", ready(6, SOON)), line("22423"));
    notification.tell(after, cancelled(after, "22423", 10));
    Parts mail = onlyMail("cancelled-part");
    assertThat(mail.subject()).isEqualTo("Part of your order 536365 is cancelled");
    assertThat(mail.text())
        .containsSubsequence("10 x 22423", "WHAT STAYS IN YOUR ORDER", "6 x 85123A");
  }

  @Test
  void a_cancelled_order_is_told() {
    Order after = order("ada", line("22423"));
    notification.tell(after, cancelled(after, "22423", 10));
    Parts mail = onlyMail("cancelled");
    assertThat(mail.subject()).isEqualTo("Your order 536365 is cancelled");
    assertThat(mail.text()).doesNotContain("WHAT STAYS");
  }

  @Test
  void a_rejected_order_is_told_with_the_reasons() {
    Order order = order("ada", line("22423", ready(10, SOON)));
    notification.tell(order, rejected(order, RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT));
    Parts mail = onlyMail("order-rejected");
    assertThat(mail.subject()).isEqualTo("We could not accept your order 536365");
    assertThat(mail.text()).contains("10 x 22423 - sold out: no more can be ordered for now");
  }

  @Test
  void an_order_of_1100_lines_gives_a_mail_that_can_be_read() {
    List<OrderLine> lines = new ArrayList<>();
    IntStream.range(0, 1_000).forEach(i -> lines.add(line("S" + i, ready(2, SOON))));
    IntStream.range(0, 100)
        .forEach(i -> lines.add(line("W" + i, waiting(3, LATER.plusDays(i % 20)))));
    Order order = order("ada", lines.toArray(OrderLine[]::new));
    notification.tell(order, placed(order));

    Parts mail = onlyMail("order-1100-lines");
    assertThat(mail.text().lines().filter(l -> l.matches("  \\d+ x .*"))).hasSize(50);
    assertThat(mail.text())
        .contains("and 990 more items (1,980 units)")
        .contains("and 60 more items (180 units), the last of them by Tuesday, 7 April 2026");
    assertThat(mail.html().length()).isLessThan(60_000);
  }

  @Test
  void dates_and_money_are_written_as_in_the_customers_region() {
    notification.knowing(List.of(Notification.contact("ada").setLanguageCode("en-US").build()));
    Order order = order("ada", line("85123A", ready(6, SOON)));
    notification.tell(order, placed(order));
    assertThat(onlyMail("order-confirmed-us").text()).contains("Tuesday, March 3, 2026", "£15.00");
    assertThat(notification.deliveryOf(order).getLanguageCode()).isEqualTo("en-US");
  }

  @Test
  void a_language_without_templates_gets_the_merchants() {
    notification.knowing(List.of(Notification.contact("ada").setLanguageCode("fi").build()));
    Order order = order("ada", line("85123A", ready(6, SOON)));
    notification.tell(order, placed(order));
    assertThat(onlyMail("order-confirmed-fi").text()).contains("Tuesday, 3 March 2026");
    assertThat(notification.deliveryOf(order).getLanguageCode()).isEqualTo("en-GB");
  }

  private Parts onlyMail(String name) {
    assertThat(notification.mailsTo("ada")).hasSize(1);
    return lastMail(name);
  }

  /** The newest mail; kept under {@code target/mails} for people to look at. */
  private Parts lastMail(String name) {
    List<MimeMessage> mails = notification.mailsTo("ada");
    Parts mail = Parts.of(mails.get(mails.size() - 1));
    assertThat(mail.type()).startsWith("multipart/alternative");
    assertThat(mail.html())
        .contains("<!doctype html>")
        .doesNotContain("{mail", "{#", "NOT_FOUND", "null");
    assertThat(mail.text())
        .doesNotContain("{mail", "{#", "NOT_FOUND", "null", "<", "&amp;", "&#39;");
    Path folder = Path.of("target", "mails");
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + ".html"), mail.html());
      Files.writeString(folder.resolve(name + ".txt"), mail.subject() + "\n\n" + mail.text());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return mail;
  }
}
