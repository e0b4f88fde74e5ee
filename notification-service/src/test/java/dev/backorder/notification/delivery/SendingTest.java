package dev.backorder.notification.delivery;

import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;
import static dev.backorder.notification.testing.Orders.shipped;
import static dev.backorder.notification.testing.Orders.shippedLine;
import static dev.backorder.notification.testing.Orders.waiting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.notification.testing.Notification;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.notification.testing.Parts;
import dev.backorder.notification.testing.Refusal;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One message per fact, whatever happens to the mail server, to us, or to both. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class SendingTest {
  private static final LocalDate SOON = LocalDate.of(2026, 3, 3);
  private static final LocalDate LATER = LocalDate.of(2026, 3, 19);
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration LONG = Duration.ofHours(1);

  @Inject Outbox outbox;
  @Inject Sender sender;
  @Inject DataSource dataSource;

  private Notification notification;

  @BeforeEach
  void makeWorld() {
    notification = Notification.inNewWorld().knowing("ada");
  }

  @Test
  void a_fact_that_is_seen_again_is_not_told_again() throws MessagingException {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order), placed(order), placed(order));
    notification.orders.reset();
    notification.settle();

    assertThat(notification.mailsTo("ada")).hasSize(1);
    Delivery delivery = notification.deliveryOf(order);
    MimeMessage mail = notification.mailsTo("ada").get(0);
    assertThat(mail.getMessageID())
        .isEqualTo(delivery.getMessageId())
        .isEqualTo("<%s@shop.example>".formatted(delivery.getDeliveryId()));
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("From"))
        .containsExactly("\"Lantern & Loom (Leeds)\" <orders@shop.example>");
    assertThat(mail.getHeader("Cc")).isNull();
    assertThat(mail.getReplyTo()[0].toString()).isEqualTo("help@lantern.example");
    assertThat(mail.getSentDate().toInstant().getEpochSecond())
        .isEqualTo(delivery.getAcceptedTime().getSeconds());
  }

  @Test
  void the_name_of_the_sender_is_quoted_or_encoded() {
    assertThat(SmtpProvider.sender("Tea, \"fine\" & Co", "a@b.example"))
        .isEqualTo("\"Tea,  fine  & Co\" <a@b.example>");
    assertThat(SmtpProvider.sender("Lädchen", "a@b.example")).isEqualTo("Lädchen <a@b.example>");
  }

  @Test
  void a_mail_server_that_is_down_delays_but_loses_nothing() {
    notification.mailServer.close();
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));

    Delivery waiting = notification.deliveryOf(order);
    assertThat(waiting.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_PENDING);
    assertThat(waiting.getProviderAnswer()).isEqualTo("no connection to the mail server");
    assertThat(secondsUntilNext(waiting)).isBetween(5L, 10L);

    AdvanceClockResponse advanced = notification.time.advance(Duration.ofSeconds(10));
    Delivery again = notification.deliveryOf(order);
    assertThat(again.getAttemptCount()).isEqualTo(2);
    assertThat(secondsUntilNext(again)).isBetween(10L, 20L);
    assertThat(advanced.getNextDueTime()).isEqualTo(again.getNextAttemptTime());

    notification.mailServer.open();
    notification.time.advance(Duration.ofSeconds(20));
    Delivery sent = notification.deliveryOf(order);
    assertThat(sent.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(sent.getAttemptCount()).isEqualTo(3);
    assertThat(sent.getPossibleDuplicateCount()).isZero();
    assertThat(notification.mailsTo("ada")).hasSize(1);
  }

  @Test
  void an_address_that_is_refused_for_good_bounces_at_once() {
    notification.knowing("bounce-bob");
    Order order = order("bounce-bob", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));

    Delivery delivery = notification.deliveryOf(order);
    assertThat(delivery.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_BOUNCED);
    assertThat(delivery.getAttemptCount()).isEqualTo(1);
    assertThat(delivery.getProviderAnswer())
        .contains("550 5.1.1")
        .contains("no such mailbox")
        .doesNotContain("@");
    assertThat(delivery.hasNextAttemptTime()).isFalse();
  }

  @Test
  void a_refusal_of_our_credentials_bounces_nobody() {
    notification.knowing("nosender-eve");
    Order order = order("nosender-eve", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_PENDING);
  }

  @Test
  void after_too_many_failures_a_delivery_is_parked_until_a_person_sends_it_again() {
    notification.knowing("busy-cy");
    Order order = order("busy-cy", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));
    for (int i = 1; i < NotificationResource.MAX_ATTEMPTS; i++) {
      assertThat(notification.deliveryOf(order).getState())
          .isEqualTo(DeliveryState.DELIVERY_STATE_PENDING);
      assertThat(notification.time.advance(Duration.ofMinutes(1)).getWorkCount()).isEqualTo(1);
    }
    Delivery parked = notification.deliveryOf(order);
    assertThat(parked.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_PARKED);
    assertThat(parked.getAttemptCount()).isEqualTo(NotificationResource.MAX_ATTEMPTS);
    assertThat(parked.getProviderAnswer()).isEqualTo("451 4.3.0 try again later");
    assertThat(notification.time.advance(LONG).getWorkCount()).isZero();

    notification.knowing(
        List.of(Notification.contact("busy-cy").setEmailAddress("cy@customers.example").build()));
    assertThat(notification.resend(parked).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_PENDING);
    notification.settle();
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(notification.mailServer.mailsTo("cy@customers.example")).hasSize(1);
    assertThat(Notification.factsOf(parked))
        .extracting(d -> d.getState())
        .containsExactly(
            DeliveryState.DELIVERY_STATE_PARKED, DeliveryState.DELIVERY_STATE_ACCEPTED);
  }

  @Test
  void only_what_is_parked_or_bounced_can_be_sent_again() {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));
    Delivery accepted = notification.deliveryOf(order);
    Refusal refusal = Refusal.of(() -> notification.resend(accepted));
    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("DELIVERY_STATE");
    assertThat(refusal.metadata()).containsEntry("state", "ACCEPTED");
  }

  @Test
  void a_crash_after_the_mail_server_said_yes_gives_one_recognisable_duplicate()
      throws MessagingException {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.mailServer.close();
    notification.tell(order, placed(order));
    notification.mailServer.open();
    Instant now = notification.time.now().plus(LONG);
    // The process dies between the mail server's yes and our commit.
    Outbox.Claimed claimed = outbox.claim(now);
    assertThat(sender.send(claimed.claims(), now))
        .extracting(SendResult::outcome)
        .containsExactly(SendResult.Outcome.ACCEPTED);
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_SENDING);

    notification.time.advanceTo(now.plus(LEASE).minusSeconds(1));
    assertThat(notification.mailsTo("ada")).hasSize(1);
    notification.time.advanceTo(now.plus(LEASE));

    List<MimeMessage> mails = notification.mailsTo("ada");
    assertThat(mails).hasSize(2);
    assertThat(mails.get(1).getMessageID()).isEqualTo(mails.get(0).getMessageID());
    assertThat(Parts.of(mails.get(1)))
        .usingRecursiveComparison()
        .ignoringFields("type")
        .isEqualTo(Parts.of(mails.get(0)));
    Delivery delivery = notification.deliveryOf(order);
    assertThat(delivery.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(delivery.getPossibleDuplicateCount()).isEqualTo(1);
    Notification.assertAllChecksHold();
  }

  @Test
  void what_came_of_a_mail_is_recorded_when_the_database_is_back() throws SQLException {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.mailServer.close();
    notification.tell(order, placed(order));
    notification.mailServer.open();
    Instant now = notification.time.now().plus(LONG);
    // The mail server says yes, and then nothing can be written.
    execute(
        "create function nothing_written() returns trigger language plpgsql as"
            + " $$ begin raise exception 'away'; end $$");
    execute(
        "create trigger away before update on delivery for each row"
            + " when (new.state = 'ACCEPTED') execute function nothing_written()");
    try {
      assertThatThrownBy(() -> sender.run(now)).hasStackTraceContaining("away");
    } finally {
      execute("drop function nothing_written cascade");
    }
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_SENDING);

    notification.time.settle();

    Delivery delivery = notification.deliveryOf(order);
    assertThat(delivery.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(delivery.getPossibleDuplicateCount()).isZero();
    notification.time.advanceTo(now.plus(LEASE).plus(LEASE));
    assertThat(notification.mailsTo("ada")).hasSize(1);
    Notification.assertAllChecksHold();
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement running = connection.createStatement()) {
      running.execute(statement);
    }
  }

  @Test
  void the_outcome_of_a_process_that_was_taken_for_dead_is_not_recorded() {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.mailServer.close();
    notification.tell(order, placed(order));
    notification.mailServer.open();
    Instant now = notification.time.now().plus(LONG);
    Outbox.Claimed slow = outbox.claim(now);
    List<SendResult> late = sender.send(slow.claims(), now);
    notification.time.advanceTo(now.plus(LEASE));
    Delivery recorded = notification.deliveryOf(order);

    outbox.finish(late);
    assertThat(notification.deliveryOf(order)).isEqualTo(recorded);
    assertThat(Notification.factsOf(recorded)).hasSize(1);
  }

  @Test
  void an_answer_that_gets_lost_is_followed_by_a_counted_repetition() {
    for (String customer : List.of("lost-di", "silent-ed")) {
      notification.knowing(customer);
      Order order = order(customer, line("22423", ready(1, SOON)));
      notification.tell(order, placed(order));
      Delivery unknown = notification.deliveryOf(order);
      assertThat(unknown.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_PENDING);
      assertThat(unknown.getProviderAnswer()).startsWith("no answer");

      notification.knowing(
          List.of(
              Notification.contact(customer)
                  .setEmailAddress("now-" + Notification.address(customer))
                  .build()));
      notification.time.advance(Duration.ofSeconds(10));
      Delivery sent = notification.deliveryOf(order);
      assertThat(sent.getState()).isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
      assertThat(sent.getPossibleDuplicateCount()).isEqualTo(1);
    }
  }

  @Test
  void two_senders_never_send_the_same_message() {
    notification.mailServer.close();
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Order order = order("ada", line("22423", ready(1, SOON)));
      orders.add(order);
      notification.publish(order, placed(order));
    }
    notification.settle().mailServer.open();
    Instant now = notification.time.now().plus(LONG);
    int handled =
        Stampede.run(4, () -> runUntilNothingIsLeft(now)).stream()
            .mapToInt(Integer::intValue)
            .sum();

    assertThat(handled).isEqualTo(200);
    List<MimeMessage> mails = notification.mailsTo("ada");
    assertThat(mails).hasSize(200);
    assertThat(mails.stream().map(SendingTest::messageId).collect(Collectors.toSet())).hasSize(200);
    assertThat(orders)
        .allSatisfy(
            order ->
                assertThat(notification.deliveryOf(order).getState())
                    .isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED));
    Notification.assertAllChecksHold();
  }

  @Test
  void messages_of_an_order_arrive_in_the_order_of_their_facts() throws MessagingException {
    notification.mailServer.close();
    OrderLine waits = line("22423", waiting(10, LATER));
    Order order = order("ada", waits);
    Order after = order.toBuilder().clearLines().addLines(shippedLine("22423", 10)).build();
    notification.tell(order, placed(order)).tell(order, shipped(after, "22423", 10));
    notification.mailServer.open();
    notification.time.advance(LONG);
    assertThat(notification.mailsTo("ada"))
        .extracting(MimeMessage::getSubject)
        .containsExactly(
            "Your order 536365: on backorder, by Thursday, 19 March 2026",
            "Your order 536365 is on its way");
  }

  private int runUntilNothingIsLeft(Instant now) {
    int handled = 0;
    while (sender.nextDue().filter(due -> !due.isAfter(now)).isPresent()) {
      handled += sender.run(now);
    }
    return handled;
  }

  private static long secondsUntilNext(Delivery delivery) {
    return Math.round(
        (delivery.getNextAttemptTime().getSeconds()
                - new Notification().time.now().getEpochSecond())
            + delivery.getNextAttemptTime().getNanos() / 1e9);
  }

  private static String messageId(MimeMessage mail) {
    try {
      return mail.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
