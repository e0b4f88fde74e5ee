package dev.backorder.notification;

import static dev.backorder.notification.testing.Notification.contact;
import static dev.backorder.notification.testing.Notification.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.notification.testing.Database;
import dev.backorder.notification.testing.GoodRequests;
import dev.backorder.notification.testing.NotificationResource;
import dev.backorder.notification.testing.Refusal;
import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.ContactServiceGrpc;
import dev.backorder.notification.v1.DeliveryServiceGrpc;
import dev.backorder.notification.v1.GetDeliveryRequest;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.NotificationEventServiceGrpc;
import dev.backorder.notification.v1.ResendDeliveryRequest;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.testing.BadRequests;
import dev.backorder.platform.testing.BadRequests.BadRequest;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.UnaryCalls;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever comes in, every RPC says clearly what is wrong with it, and changes nothing. */
@QuarkusTest
@QuarkusTestResource(NotificationResource.class)
class BadInputTest {
  private static final Map<String, MethodDescriptor<?, ?>> METHODS =
      UnaryCalls.of(
              ContactServiceGrpc.getServiceDescriptor(),
              DeliveryServiceGrpc.getServiceDescriptor(),
              NotificationEventServiceGrpc.getServiceDescriptor(),
              ClockServiceGrpc.getServiceDescriptor(),
              FeedServiceGrpc.getServiceDescriptor(),
              ConsistencyServiceGrpc.getServiceDescriptor())
          .stream()
          .collect(
              Collectors.toMap(
                  method -> requestName(UnaryCalls.emptyRequest(method)),
                  Function.identity(),
                  (a, b) -> a,
                  TreeMap::new));

  private GoodRequests good;
  private Map<String, Long> before;

  @BeforeEach
  void makeWorld() {
    good = GoodRequests.inNewWorld();
    before = Database.counts();
  }

  @Test
  void this_suite_knows_a_good_request_for_every_rpc() {
    assertThat(good.all().stream().map(BadInputTest::requestName))
        .containsExactlyInAnyOrderElementsOf(METHODS.keySet());
  }

  @Test
  void each_bad_field_of_every_rpc_is_refused_by_its_name() {
    SoftAssertions soft = new SoftAssertions();
    int cases = 0;
    for (Message request : good.all()) {
      for (BadRequest bad : BadRequests.of(request)) {
        Refusal refusal = refusalOf(bad.request());
        soft.assertThat(refusal.code()).as("%s", bad).isEqualTo(Status.Code.INVALID_ARGUMENT);
        soft.assertThat(refusal.reason()).as("%s", bad).isEqualTo("INVALID_FIELDS");
        soft.assertThat(refusal.fields()).as("%s", bad).contains(bad.field());
        soft.assertThat(refusal.message())
            .as("%s", bad)
            .doesNotContainIgnoringCase("exception")
            .doesNotContainIgnoringCase("select ")
            .doesNotContain("at dev.backorder");
        cases++;
      }
    }
    soft.assertAll();
    assertThat(cases).isGreaterThan(60);
    assertNothingChanged();
  }

  @Test
  void all_bad_fields_of_a_request_are_named_at_once() {
    Refusal contact =
        refusalOf(
            SetContactRequest.newBuilder()
                .setRequestId("x")
                .setContact(
                    contact("no such id")
                        .setEmailAddress("nobody")
                        .setDisplayName("two\nlines")
                        .setLanguageCode("english please")
                        .setTimeZone("x".repeat(101)))
                .build());
    assertThat(contact.fields())
        .containsExactlyInAnyOrder(
            "request_id",
            "contact.customer_id",
            "contact.email_address",
            "contact.display_name",
            "contact.language_code",
            "contact.time_zone");
    Refusal list =
        refusalOf(
            ListDeliveriesRequest.newBuilder()
                .setPageSize(501)
                .addStatesValue(99)
                .setOrderId("two words")
                .setCustomerId("two words")
                .setPageToken("x".repeat(1_001))
                .build());
    assertThat(list.fields())
        .containsExactlyInAnyOrder(
            "page_size", "states[0]", "order_id", "customer_id", "page_token");
    assertNothingChanged();
  }

  @Test
  void a_missing_contact_is_named() {
    Refusal refusal = refusalOf(SetContactRequest.newBuilder().setRequestId(request()).build());
    assertThat(refusal.fields()).containsExactly("contact");
    assertNothingChanged();
  }

  @Test
  void a_page_token_that_this_list_did_not_give_is_refused() {
    List<String> unknown =
        List.of(
            "%%%",
            "x",
            "bm90LWEtdG9rZW4",
            PageTokens.encode("orders", "1"),
            PageTokens.encode("deliveries/[]//", "not a number"),
            PageTokens.encode("deliveries/[PARKED]//", "1"));
    for (String token : unknown) {
      Refusal refusal = refusalOf(ListDeliveriesRequest.newBuilder().setPageToken(token).build());
      assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refusal.fields()).as(token).containsExactly("page_token");
    }
  }

  @Test
  void a_repeated_mutation_gets_the_first_answer_and_changes_nothing_more() {
    for (Message request : good.mutations()) {
      Message first = call(request);
      Map<String, Long> afterFirst = Database.counts();
      assertThat(call(request)).as(requestName(request)).isEqualTo(first);
      assertThat(Database.counts()).as(requestName(request)).isEqualTo(afterFirst);
    }
  }

  @Test
  void a_request_id_that_comes_again_with_other_content_is_refused() {
    for (Message request : good.mutations()) {
      assertThat(call(request)).isNotNull();
      Map<String, Long> afterFirst = Database.counts();
      Refusal refusal = refusalOf(otherContent(request));
      assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refusal.reason()).isEqualTo("REQUEST_ID_REUSED");
      assertThat(Database.counts()).isEqualTo(afterFirst);
    }
  }

  @Test
  void what_does_not_exist_is_not_found() {
    assertThat(refusalOf(GetDeliveryRequest.newBuilder().setDeliveryId(request()).build()).reason())
        .isEqualTo("DELIVERY_NOT_FOUND");
    Refusal resend =
        refusalOf(
            ResendDeliveryRequest.newBuilder()
                .setRequestId(request())
                .setDeliveryId(request())
                .build());
    assertThat(resend.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(resend.reason()).isEqualTo("DELIVERY_NOT_FOUND");
    assertThat(refusalOf(good.named("GetNotificationEventRequest")).reason())
        .isEqualTo("EVENT_NOT_FOUND");
    assertNothingChanged();
  }

  @Test
  void a_message_over_the_limit_is_refused_with_the_limit() {
    BatchSetContactsRequest.Builder huge =
        BatchSetContactsRequest.newBuilder().setRequestId(request());
    IntStream.range(0, 10)
        .forEach(i -> huge.addContacts(contact("c" + i).setDisplayName("x".repeat(600_000))));
    Refusal refusal = refusalOf(huge.build());
    assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.message()).contains("over the limit");
    assertNothingChanged();
  }

  private void assertNothingChanged() {
    assertThat(Database.counts()).isEqualTo(before);
  }

  private static Message otherContent(Message request) {
    Message.Builder other = request.toBuilder();
    for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
      switch (field.getName()) {
        case "contact" -> other.setField(field, contact("somebody").build());
        case "contacts" -> other.setRepeatedField(field, 0, contact("somebody").build());
        case "delivery_id" -> other.setField(field, request());
        default -> {
          // The same.
        }
      }
    }
    return other.build();
  }

  private static Refusal refusalOf(Message request) {
    return Refusal.of(() -> call(request));
  }

  private static Message call(Message request) {
    return UnaryCalls.call(GrpcTestChannel.channel(), METHODS.get(requestName(request)), request);
  }

  private static String requestName(Message request) {
    return request.getDescriptorForType().getFullName();
  }
}
