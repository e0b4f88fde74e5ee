package dev.backorder.supplier;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.type.Date;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.platform.testing.BadRequests;
import dev.backorder.platform.testing.BadRequests.BadRequest;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.UnaryCalls;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.GoodRequests;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.Refusal;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.LeadTimeServiceGrpc;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListSuppliersRequest;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.SupplierEventServiceGrpc;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever comes in, every RPC says clearly what is wrong with it, and changes nothing. */
@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class BadInputTest {
  private static final Map<String, MethodDescriptor<?, ?>> METHODS =
      UnaryCalls.of(
              SupplierServiceGrpc.getServiceDescriptor(),
              PurchaseOrderServiceGrpc.getServiceDescriptor(),
              SupplierEventServiceGrpc.getServiceDescriptor(),
              LeadTimeServiceGrpc.getServiceDescriptor(),
              ClockServiceGrpc.getServiceDescriptor(),
              FeedServiceGrpc.getServiceDescriptor(),
              ConsistencyServiceGrpc.getServiceDescriptor())
          .stream()
          .collect(
              Collectors.toMap(
                  BadInputTest::requestName, Function.identity(), (a, b) -> a, TreeMap::new));

  private Purchasing purchasing;
  private GoodRequests good;
  private Map<String, String> before;

  @BeforeEach
  void makeWorld() {
    purchasing = new Purchasing();
    good = GoodRequests.inNewWorld(purchasing);
    before = Database.picture();
  }

  @Test
  void this_suite_knows_a_good_request_for_every_rpc() {
    assertThat(good.all().stream().map(r -> r.getDescriptorForType().getFullName()))
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
        cases++;
      }
    }
    soft.assertAll();
    assertThat(cases).isGreaterThan(150);
    assertNothingChanged();
  }

  @Test
  void all_bad_fields_of_a_request_are_named_at_once() {
    SoftAssertions soft = new SoftAssertions();
    for (Message request : good.all()) {
      Message.Builder allBad = request.toBuilder();
      Map<FieldDescriptor, BadRequest> chosen = new TreeMap<>();
      for (BadRequest bad : BadRequests.of(request)) {
        chosen.putIfAbsent(topField(bad), bad);
      }
      chosen.forEach((field, bad) -> take(allBad, bad.request(), field));
      if (!chosen.isEmpty()) {
        soft.assertThat(refusalOf(allBad.build()).fields())
            .as(request.getDescriptorForType().getName())
            .containsAll(chosen.values().stream().map(BadRequest::field).toList());
      }
    }
    soft.assertAll();
    assertNothingChanged();
  }

  @Test
  void a_page_token_that_no_list_gave_is_refused() {
    SoftAssertions soft = new SoftAssertions();
    int lists = 0;
    for (Message request : good.all()) {
      FieldDescriptor token = request.getDescriptorForType().findFieldByName("page_token");
      if (token != null) {
        lists++;
        for (String unknown : List.of("%%%", "bm90LWEtdG9rZW4", "x")) {
          Refusal refusal = refusalOf(request.toBuilder().setField(token, unknown).build());
          soft.assertThat(refusal.code())
              .as(requestName(request))
              .isEqualTo(Status.Code.INVALID_ARGUMENT);
          soft.assertThat(refusal.fields()).as(requestName(request)).containsExactly("page_token");
        }
      }
    }
    soft.assertAll();
    assertThat(lists).isGreaterThanOrEqualTo(5);
    assertNothingChanged();
  }

  @Test
  void a_token_of_one_list_or_filter_is_no_token_of_another() {
    String token =
        purchasing
            .suppliers
            .listSuppliers(ListSuppliersRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();
    ListPurchaseOrdersRequest.Builder list = ListPurchaseOrdersRequest.newBuilder().setPageSize(1);
    String filtered =
        purchasing.orders.listPurchaseOrders(list.setSupplier(ACME).build()).getNextPageToken();
    assertThat(List.of(token, filtered)).doesNotContain("");
    list.clearSupplier();
    for (String foreign : List.of(token, filtered)) {
      Refusal refusal = refusalOf(list.setPageToken(foreign).build());
      assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refusal.fields()).containsExactly("page_token");
    }
  }

  @Test
  void what_the_contract_cannot_say_is_refused_by_field_too() {
    CreateSupplierRequest create = (CreateSupplierRequest) good.named("CreateSupplierRequest");
    CreateSupplierRequest.Builder badSupplier = create.toBuilder();
    badSupplier
        .getSupplierBuilder()
        .setTimeZone("Mars/Olympus")
        .addClosedDates(day(2026, 2, 30))
        .addClosedDates(day(2026, 0, 0))
        .addClosedDates(day(12026, 1, 1));
    assertFields(
        badSupplier.build(),
        "supplier.time_zone",
        "supplier.closed_dates[1]",
        "supplier.closed_dates[2]",
        "supplier.closed_dates[3]");

    UpdateSupplierRequest.Builder noEtag =
        ((UpdateSupplierRequest) good.named("UpdateSupplierRequest")).toBuilder();
    noEtag.getSupplierBuilder().clearEtag().setTimeZone("GMT+25");
    assertFields(noEtag.build(), "supplier.etag", "supplier.time_zone");

    BatchSetSupplierItemsRequest items =
        (BatchSetSupplierItemsRequest) good.named("BatchSetSupplierItemsRequest");
    assertFields(
        items.toBuilder()
            .addItems(items.getItems(0))
            .addItems(item("sock").setSupplier("bolt"))
            .addItems(item("belt").setMinimumQuantity(1_000_000_000).setMultipleQuantity(7))
            .build(),
        "items[1].sku",
        "items[2].supplier",
        "items[3].multiple_quantity");

    CreatePurchaseOrderRequest draft =
        (CreatePurchaseOrderRequest) good.named("CreatePurchaseOrderRequest");
    assertFields(draft.toBuilder().addLines(draft.getLines(0)).build(), "lines[1].sku");

    AcknowledgePurchaseOrderRequest answer =
        (AcknowledgePurchaseOrderRequest) good.named("AcknowledgePurchaseOrderRequest");
    assertFields(
        answer.toBuilder()
            .addLines(answer.getLines(0).toBuilder().clearExpectedDate())
            .addLines(
                answer.getLines(0).toBuilder()
                    .setLineId(request())
                    .setExpectedDate(day(2026, 13, 1)))
            .build(),
        "lines[1].line_id",
        "lines[1].expected_date",
        "lines[2].expected_date");

    RedatePurchaseOrderRequest redate =
        (RedatePurchaseOrderRequest) good.named("RedatePurchaseOrderRequest");
    assertFields(
        redate.toBuilder()
            .addLines(redate.getLines(0).toBuilder().setExpectedDate(day(0, 0, 0)))
            .build(),
        "lines[1].line_id",
        "lines[1].expected_date");

    assertFields(
        ListPurchaseOrdersRequest.newBuilder()
            .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_UNSPECIFIED)
            .build(),
        "states[0]");
    assertNothingChanged();
  }

  @Test
  void a_repeated_mutation_gets_the_first_answer_and_changes_nothing_more() {
    for (Message request : good.mutations()) {
      Message first = call(request);
      Map<String, String> afterFirst = Database.picture();
      assertThat(call(request)).as(requestName(request)).isEqualTo(first);
      assertThat(Database.picture()).as(requestName(request)).isEqualTo(afterFirst);
    }
  }

  @Test
  void a_request_id_that_comes_again_with_other_content_is_refused() {
    for (String name : good.mutations().stream().map(BadInputTest::requestName).toList()) {
      // Each with a fresh etag: the requests before it may have changed the same thing.
      Message request =
          good.mutations().stream()
              .filter(r -> requestName(r).equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(call(request)).isNotNull();
      Map<String, String> afterFirst = Database.picture();
      Refusal refusal = refusalOf(otherContent(request));
      assertThat(refusal.code()).as(name).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refusal.reason()).as(name).isEqualTo("REQUEST_ID_REUSED");
      assertThat(Database.picture()).as(name).isEqualTo(afterFirst);
    }
  }

  @Test
  void a_message_over_the_limit_is_refused_with_the_limit() {
    CreateSupplierRequest.Builder huge =
        ((CreateSupplierRequest) good.named("CreateSupplierRequest")).toBuilder();
    huge.getSupplierBuilder().setName("x".repeat(6_000_000));
    Refusal refusal = refusalOf(huge.build());
    assertThat(refusal.code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refusal.message()).contains("over the limit");
    assertNothingChanged();
  }

  @Test
  void no_answer_shows_how_we_are_built() {
    for (Message request : good.all()) {
      for (BadRequest bad : BadRequests.of(request).stream().limit(5).toList()) {
        assertThat(refusalOf(bad.request()).message())
            .doesNotContainIgnoringCase("exception")
            .doesNotContainIgnoringCase("select ")
            .doesNotContain("at dev.backorder");
      }
    }
  }

  private void assertNothingChanged() {
    assertThat(Database.picture()).isEqualTo(before);
  }

  private static Refusal refusalOf(Message request) {
    return Refusal.of(() -> call(request));
  }

  private static Message call(Message request) {
    return UnaryCalls.call(GrpcTestChannel.channel(), METHODS.get(requestName(request)), request);
  }

  private static void assertFields(Message request, String... fields) {
    Refusal refusal = refusalOf(request);
    assertThat(refusal.code()).as(requestName(request)).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields()).as(requestName(request)).containsExactlyInAnyOrder(fields);
  }

  private static Date day(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }

  /** The same request with other content that the contract allows too. */
  private static Message otherContent(Message request) {
    Message.Builder other = request.toBuilder();
    for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
      switch (field.getName()) {
        case "supplier" -> {
          if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            Message supplier = (Message) request.getField(field);
            FieldDescriptor name = supplier.getDescriptorForType().findFieldByName("name");
            return other
                .setField(field, supplier.toBuilder().setField(name, "Another").build())
                .build();
          }
          return other.setField(field, "bolt").build();
        }
        case "purchase_order_id" -> {
          return other.setField(field, request()).build();
        }
        default -> {}
      }
    }
    throw new AssertionError("nothing to change in " + requestName(request));
  }

  private static FieldDescriptor topField(BadRequest bad) {
    String name = bad.field().split("[.\\[]", 2)[0];
    return bad.request().getDescriptorForType().findFieldByName(name);
  }

  private static void take(Message.Builder target, Message source, FieldDescriptor field) {
    if (field.isRepeated() ? source.getRepeatedFieldCount(field) > 0 : holds(source, field)) {
      target.setField(field, source.getField(field));
    } else {
      target.clearField(field);
    }
  }

  private static boolean holds(Message source, FieldDescriptor field) {
    return !field.hasPresence() || source.hasField(field);
  }

  private static String requestName(MethodDescriptor<?, ?> method) {
    return requestName(UnaryCalls.emptyRequest(method));
  }

  private static String requestName(Message request) {
    return request.getDescriptorForType().getFullName();
  }
}
