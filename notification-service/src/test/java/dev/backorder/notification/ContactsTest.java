package dev.backorder.notification;

import static dev.backorder.notification.testing.Notification.address;
import static dev.backorder.notification.testing.Notification.contact;
import static dev.backorder.notification.testing.Notification.request;
import static dev.backorder.notification.testing.Orders.line;
import static dev.backorder.notification.testing.Orders.order;
import static dev.backorder.notification.testing.Orders.placed;
import static dev.backorder.notification.testing.Orders.ready;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.notification.testing.Database;
import dev.backorder.notification.testing.Notification;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.notification.testing.Parts;
import dev.backorder.notification.testing.Refusal;
import dev.backorder.notification.v1.Contact;
import dev.backorder.notification.v1.DeliveryState;
import dev.backorder.notification.v1.GetContactRequest;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.order.v1.Order;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contacts: kept here and nowhere else, and what waits for one is sent when it comes. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class ContactsTest {
  private static final LocalDate SOON = LocalDate.of(2026, 3, 3);

  private Notification notification;

  @BeforeEach
  void makeWorld() {
    notification = Notification.inNewWorld();
  }

  @Test
  void a_contact_is_set_read_and_replaced() {
    assertThat(set(contact("ada").setTimeZone("Europe/London")).getCustomerId()).isEqualTo("ada");
    Contact first = get("ada");
    assertThat(first.getEmailAddress()).isEqualTo(address("ada"));
    assertThat(first.getTimeZone()).isEqualTo("Europe/London");
    assertThat(first.hasUpdateTime()).isTrue();
    assertThat(set(contact("ada").setDisplayName("Ada B.")).getCustomerId()).isEqualTo("ada");
    assertThat(get("ada").getDisplayName()).isEqualTo("Ada B.");
    assertThat(get("ada").getTimeZone()).isEmpty();
  }

  @Test
  void a_thousand_contacts_are_set_at_once() {
    notification.knowing(
        IntStream.range(0, 1_000).mapToObj(i -> contact("c" + i).build()).toList());
    assertThat(get("c999").getEmailAddress()).isEqualTo(address("c999"));
  }

  @Test
  void a_message_waits_for_its_contact_and_is_sent_when_it_comes() {
    Order order = order("ada", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order));
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_NO_CONTACT);
    assertThat(notification.deliveryOf(order).getAttemptCount()).isZero();
    assertThat(Refusal.of(() -> get("ada")).reason()).isEqualTo("CONTACT_NOT_FOUND");
    assertThat(notification.time.advance(Duration.ofDays(1)).getWorkCount()).isZero();

    notification.knowing("ada").settle();
    assertThat(notification.deliveryOf(order).getState())
        .isEqualTo(DeliveryState.DELIVERY_STATE_ACCEPTED);
    assertThat(notification.mailsTo("ada")).hasSize(1);
  }

  @Test
  void a_batch_is_set_as_a_whole_or_not_at_all() {
    Refusal refusal =
        Refusal.of(
            () ->
                notification.knowing(
                    List.of(
                        contact("ada").build(),
                        contact("bob").setTimeZone("Mars/Olympus").build(),
                        contact("cy").setTimeZone("GMT+25").build())));
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields()).contains("contacts[1].time_zone", "contacts[2].time_zone");
    assertThat(Refusal.of(() -> get("ada")).code()).isEqualTo(Status.Code.NOT_FOUND);

    Refusal twice =
        Refusal.of(
            () -> notification.knowing(List.of(contact("ada").build(), contact("ada").build())));
    assertThat(twice.fields()).containsExactly("contacts[1].customer_id");
  }

  @Test
  void more_than_a_thousand_contacts_at_once_are_refused() {
    Refusal refusal =
        Refusal.of(
            () ->
                notification.knowing(
                    IntStream.range(0, 1_001).mapToObj(i -> contact("c" + i).build()).toList()));
    assertThat(refusal.fields()).containsExactly("contacts");
    assertThat(Database.counts()).containsEntry("contact", 0L);
  }

  @Test
  void no_text_of_others_gets_into_a_header_or_becomes_html() throws MessagingException {
    for (String name : List.of("Ada\r\nBcc: eve@evil.example", "Ada\nX: y", "Ada\0")) {
      Refusal refusal = Refusal.of(() -> set(contact("ada").setDisplayName(name)));
      assertThat(refusal.fields()).containsOnly("contact.display_name");
    }
    for (String address :
        List.of(
            "ada@customers.example\r\nBcc: eve@evil.example",
            "ada@customers.example,eve@evil.example",
            "Ada <ada@customers.example>",
            "\"ada\"@customers.example",
            "ada@customers.example>\nRCPT TO:<eve@evil.example",
            "no address")) {
      Refusal refusal = Refusal.of(() -> set(contact("ada").setEmailAddress(address)));
      assertThat(refusal.fields()).as(address).containsOnly("contact.email_address");
    }

    notification.knowing(
        List.of(
            contact("ada")
                .setDisplayName("<b>Ada</b> \u202e & Co <script>alert(1)</script>")
                .build(),
            contact("eve").setDisplayName("Win money at http://evil.example").build()));
    Order order =
        order("ada", line("22423", ready(1, SOON))).toBuilder()
            .setReference("1\r\nBcc: eve@evil.example\r\n\r\n<img src=x>")
            .build();
    Order other = order("eve", line("22423", ready(1, SOON)));
    notification.tell(order, placed(order)).tell(other, placed(other));

    MimeMessage mail = notification.mailsTo("ada").get(0);
    assertThat(Collections.list(mail.getAllHeaders()))
        .extracting(Header::getName)
        .doesNotContain("Bcc", "X");
    assertThat(mail.getAllRecipients()).hasSize(1);
    assertThat(mail.getSubject())
        .isEqualTo("Your order 1 Bcc: eve@evil.example <img src=x> is confirmed");
    Parts parts = Parts.of(mail);
    assertThat(parts.html())
        .contains("&lt;b&gt;Ada&lt;/b&gt;", "&lt;img src=x&gt;")
        .doesNotContain("<script>", "<img", "\u202e");
    assertThat(Parts.of(notification.mailsTo("eve").get(0)).text())
        .startsWith("Hello,")
        .doesNotContain("evil");
  }

  private dev.backorder.notification.v1.SetContactResponse set(Contact.Builder contact) {
    return notification.contacts.setContact(
        SetContactRequest.newBuilder().setRequestId(request()).setContact(contact).build());
  }

  private Contact get(String customerId) {
    return notification
        .contacts
        .getContact(GetContactRequest.newBuilder().setCustomerId(customerId).build())
        .getContact();
  }
}
