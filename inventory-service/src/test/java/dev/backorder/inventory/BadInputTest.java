package dev.backorder.inventory;

import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.type.Date;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.GoodRequests;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocationExplanationServiceGrpc;
import dev.backorder.inventory.v1.AllocationServiceGrpc;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.HoldServiceGrpc;
import dev.backorder.inventory.v1.InventoryEventServiceGrpc;
import dev.backorder.inventory.v1.ItemServiceGrpc;
import dev.backorder.inventory.v1.LocationServiceGrpc;
import dev.backorder.inventory.v1.QualityServiceGrpc;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.ReplenishmentServiceGrpc;
import dev.backorder.inventory.v1.RingFenceServiceGrpc;
import dev.backorder.inventory.v1.StockServiceGrpc;
import dev.backorder.inventory.v1.SupplyServiceGrpc;
import dev.backorder.inventory.v1.TransferServiceGrpc;
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
@QuarkusTestResource(InventoryResource.class)
class BadInputTest {
  private static final Map<String, MethodDescriptor<?, ?>> METHODS =
      UnaryCalls.of(
              ItemServiceGrpc.getServiceDescriptor(),
              LocationServiceGrpc.getServiceDescriptor(),
              StockServiceGrpc.getServiceDescriptor(),
              SupplyServiceGrpc.getServiceDescriptor(),
              AllocationServiceGrpc.getServiceDescriptor(),
              AllocationExplanationServiceGrpc.getServiceDescriptor(),
              AvailabilityServiceGrpc.getServiceDescriptor(),
              HoldServiceGrpc.getServiceDescriptor(),
              RingFenceServiceGrpc.getServiceDescriptor(),
              QualityServiceGrpc.getServiceDescriptor(),
              TransferServiceGrpc.getServiceDescriptor(),
              ReplenishmentServiceGrpc.getServiceDescriptor(),
              InventoryEventServiceGrpc.getServiceDescriptor(),
              ClockServiceGrpc.getServiceDescriptor(),
              FeedServiceGrpc.getServiceDescriptor(),
              ConsistencyServiceGrpc.getServiceDescriptor())
          .stream()
          .collect(
              Collectors.toMap(
                  BadInputTest::requestName, Function.identity(), (a, b) -> a, TreeMap::new));

  private Inventory inventory;
  private GoodRequests good;
  private Map<String, Long> before;

  @BeforeEach
  void makeWorld() {
    inventory = new Inventory();
    good = GoodRequests.inNewWorld(inventory);
    before = Database.counts();
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
    assertThat(cases).isGreaterThan(200);
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
    assertThat(lists).isGreaterThanOrEqualTo(9);
    assertNothingChanged();
  }

  @Test
  void a_token_of_one_list_is_no_token_of_another() {
    inventory.with(Inventory.backorderItem("another"));
    String token =
        inventory
            .items
            .listItems(
                dev.backorder.inventory.v1.ListItemsRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();
    Refusal refusal =
        Refusal.of(
            () ->
                inventory.locations.listLocations(
                    dev.backorder.inventory.v1.ListLocationsRequest.newBuilder()
                        .setPageToken(token)
                        .build()));
    assertThat(refusal.fields()).containsExactly("page_token");
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
    for (String name : good.mutations().stream().map(BadInputTest::requestName).toList()) {
      // Each with a fresh etag: the requests before it may have changed the same thing.
      Message request =
          good.mutations().stream()
              .filter(r -> requestName(r).equals(name))
              .findFirst()
              .orElseThrow();
      assertThat(call(request)).isNotNull();
      Map<String, Long> afterFirst = Database.counts();
      Refusal refusal = refusalOf(otherContent(request));
      assertThat(refusal.code()).as(name).isEqualTo(Status.Code.FAILED_PRECONDITION);
      assertThat(refusal.reason()).as(name).isEqualTo("REQUEST_ID_REUSED");
      assertThat(Database.counts()).as(name).isEqualTo(afterFirst);
    }
  }

  @Test
  void what_does_not_exist_is_not_found() {
    Map<String, String> reasons =
        Map.ofEntries(
            Map.entry("GetItemRequest/sku", "ITEM_NOT_FOUND"),
            Map.entry("GetLocationRequest/code", "LOCATION_NOT_FOUND"),
            Map.entry("GetStockRequest/sku", "ITEM_NOT_FOUND"),
            Map.entry("GetSupplyRequest/supply_id", "SUPPLY_NOT_FOUND"),
            Map.entry("GetAllocationRequest/order_id", "ALLOCATION_NOT_FOUND"),
            Map.entry("ReleaseAllocationRequest/order_id", "ALLOCATION_NOT_FOUND"),
            Map.entry("ShipAllocationRequest/order_id", "ALLOCATION_NOT_FOUND"),
            Map.entry("AcceptReturnRequest/order_id", "ALLOCATION_NOT_FOUND"),
            Map.entry("AdjustStockRequest/location", "LOCATION_NOT_FOUND"));
    SoftAssertions soft = new SoftAssertions();
    reasons.forEach(
        (where, reason) -> {
          String[] parts = where.split("/", -1);
          Message request = good.named("backorder.inventory.v1." + parts[0]);
          FieldDescriptor field = request.getDescriptorForType().findFieldByName(parts[1]);
          Refusal refusal = refusalOf(request.toBuilder().setField(field, "no-such").build());
          soft.assertThat(refusal.code()).as(where).isEqualTo(Status.Code.NOT_FOUND);
          soft.assertThat(refusal.reason()).as(where).isEqualTo(reason);
        });
    Refusal event = refusalOf(good.named("backorder.inventory.v1.GetInventoryEventRequest"));
    soft.assertThat(event.reason()).isEqualTo("EVENT_NOT_FOUND");
    soft.assertAll();
    assertNothingChanged();
  }

  @Test
  void an_order_of_2000_lines_is_taken_and_one_of_2001_or_10000_is_refused() {
    assertThat(inventory.allocations.allocateOrder(orderOf(2000)).getAllocation().getLinesList())
        .hasSize(2000);
    Map<String, Long> afterFirst = Database.counts();
    for (int lines : List.of(2001, 10_000)) {
      Refusal refusal = Refusal.of(() -> inventory.allocations.allocateOrder(orderOf(lines)));
      assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refusal.fields()).contains("lines");
    }
    assertThat(Database.counts()).isEqualTo(afterFirst);
  }

  @Test
  void of_thousands_of_bad_lines_the_first_are_named_and_the_others_not_even_judged() {
    AllocateOrderRequest.Builder order = orderOf(10_000).toBuilder();
    order.getLinesBuilderList().forEach(line -> line.setSku("no such ' sku").setQuantity(-1));
    Refusal refusal = Refusal.of(() -> inventory.allocations.allocateOrder(order.build()));

    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields())
        .startsWith("lines")
        .contains("lines[0].sku", "lines[0].quantity", "lines[5].sku");
    // The answer has room for some problems and counts the others: two for each judged line.
    int told = refusal.fields().size() - 1;
    assertThat(refusal.message()).contains("and %d more problems".formatted(1 + 200 - told));
    assertNothingChanged();
  }

  @Test
  void a_message_over_the_limit_is_refused_with_the_limit() {
    BatchCreateItemsRequest huge =
        BatchCreateItemsRequest.newBuilder()
            .setRequestId(request())
            .addItems(Inventory.backorderItem("huge").setDescription("x".repeat(6_000_000)))
            .build();
    Refusal refusal = refusalOf(huge);
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
    assertThat(Database.counts()).isEqualTo(before);
  }

  private static Refusal refusalOf(Message request) {
    return Refusal.of(() -> call(request));
  }

  private static Message call(Message request) {
    return UnaryCalls.call(GrpcTestChannel.channel(), METHODS.get(requestName(request)), request);
  }

  private static AllocateOrderRequest orderOf(int lines) {
    AllocateOrderRequest.Builder order =
        AllocateOrderRequest.newBuilder().setRequestId(request()).setOrderId(request());
    IntStream.range(0, lines)
        .forEach(
            i ->
                order.addLines(
                    AllocateOrderLine.newBuilder()
                        .setLineId(Integer.toString(i))
                        .setSku(GoodRequests.SKU)
                        .setQuantity(1)));
    return order.build();
  }

  /** The same request with another value in the last field that holds anything. */
  private static Message otherContent(Message request) {
    Message.Builder other = request.toBuilder();
    for (FieldDescriptor field : request.getDescriptorForType().getFields()) {
      if (List.of("lines", "adjustments", "items", "goods").contains(field.getName())) {
        Message element = (Message) request.getRepeatedField(field, 0);
        return other.setRepeatedField(field, 0, changed(element)).build();
      }
      boolean isResource = List.of("item", "location", "ring_fence").contains(field.getName());
      if (isResource && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
        return other.setField(field, changed((Message) request.getField(field))).build();
      }
    }
    FieldDescriptor cart = request.getDescriptorForType().findFieldByName("cart_id");
    if (cart != null) {
      return other.setField(cart, "another").build();
    }
    FieldDescriptor etag = request.getDescriptorForType().findFieldByName("etag");
    if (etag != null) {
      return other.setField(etag, "another").build();
    }
    boolean isRedate = request instanceof RedateTransferRequest;
    return isRedate
        ? other
            .setField(
                request.getDescriptorForType().findFieldByName("expected_date"),
                Date.newBuilder().setYear(2031).setMonth(1).setDay(1).build())
            .build()
        : changed(request);
  }

  private static Message changed(Message element) {
    for (String name : List.of("quantity", "accepted_quantity", "description", "name", "reason")) {
      FieldDescriptor field = element.getDescriptorForType().findFieldByName(name);
      if (field != null) {
        Object value =
            field.getJavaType() == FieldDescriptor.JavaType.LONG ? (Object) 2L : "Something else";
        return element.toBuilder().setField(field, value).build();
      }
    }
    throw new AssertionError("nothing to change in " + element.getDescriptorForType().getName());
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
