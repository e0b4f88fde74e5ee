package dev.backorder.order.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.BadRequest;
import com.google.type.Date;
import dev.backorder.common.v1.Price;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.AddedOrderLine;
import dev.backorder.order.v1.BatchConfirmDeliveriesRequest;
import dev.backorder.order.v1.BatchConfirmShipmentsRequest;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.ChangeDestinationRequest;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderEventRequest;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetServiceLevelsRequest;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEventServiceGrpc;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.order.v1.RejectShipmentRequest;
import dev.backorder.order.v1.ResumeShipmentRequest;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.ServiceLevelServiceGrpc;
import dev.backorder.order.v1.ShipmentProblem;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.order.v1.UpdateTrackingRequest;
import dev.backorder.platform.testing.BadRequests;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.UnaryCalls;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Walks every RPC of the service with everything that its contract forbids; nothing may change. */
@QuarkusTest
class BadInputTest extends OrderServiceTest {
  private static final List<MethodDescriptor<?, ?>> METHODS =
      UnaryCalls.of(
          OrderServiceGrpc.getServiceDescriptor(),
          PromiseServiceGrpc.getServiceDescriptor(),
          ShipmentServiceGrpc.getServiceDescriptor(),
          ServiceLevelServiceGrpc.getServiceDescriptor(),
          OrderEventServiceGrpc.getServiceDescriptor());

  @Test
  void every_field_that_breaks_its_rule_is_named_and_nothing_changes() {
    Map<String, Message> good = goodRequests();
    assertThat(METHODS).hasSameSizeAs(good.keySet());
    List<Long> before = allRows();
    Map<String, Integer> tried = new TreeMap<>();
    for (MethodDescriptor<?, ?> method : METHODS) {
      for (BadRequests.BadRequest bad : BadRequests.of(good.get(method.getBareMethodName()))) {
        if (mayBeEmpty(method, bad)) {
          continue;
        }
        assertThat(fields(invalid(method, bad.request()))).as(bad.toString()).contains(bad.field());
        tried.merge(method.getBareMethodName(), 1, Math::addExact);
      }
    }
    assertThat(allRows()).isEqualTo(before);
    assertThat(tried.get("PlaceOrder")).isGreaterThan(30);
    assertThat(tried.keySet()).hasSize(METHODS.size() - 1); // GetServiceLevels has no rule.
  }

  @Test
  void an_empty_request_names_every_missing_field() {
    List<Long> before = allRows();
    BadRequest place = invalid(method("PlaceOrder"), PlaceOrderRequest.getDefaultInstance());
    assertThat(fields(place)).contains("request_id", "customer_id", "lines", "currency_code");
    BadRequest giveBack = invalid(method("ReturnOrder"), ReturnOrderRequest.getDefaultInstance());
    assertThat(fields(giveBack)).contains("request_id", "order_id", "location", "lines");
    assertThat(fields(invalid(method("CancelOrder"), CancelOrderRequest.getDefaultInstance())))
        .contains("request_id", "order_id");
    assertThat(fields(invalid(method("GetOrder"), GetOrderRequest.getDefaultInstance())))
        .contains("order_id");
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void what_the_contract_cannot_say_is_named_for_every_line() {
    List<Long> before = allRows();
    Price dollars = Price.newBuilder().setCurrencyCode("USD").setAmountMinor(1).build();
    Price fortune =
        Price.newBuilder().setCurrencyCode("EUR").setAmountMinor(1_000_000_000_000L).build();
    Date noDay = Date.newBuilder().setYear(2026).setMonth(2).setDay(30).build();
    Date tooFar = Date.newBuilder().setYear(2200).setMonth(1).setDay(1).build();
    Date noYear = Date.newBuilder().setMonth(2).setDay(3).build();
    PlaceOrderRequest request =
        order(
                line(sku, 1).toBuilder().setPrice(dollars).build(),
                line(sku, 1).toBuilder().setPrice(dollars).setShownShipByDate(noDay).build(),
                line(sku, 1_000_000_000).toBuilder().setPrice(fortune).build(),
                line(sku, 1).toBuilder().setShownShipByDate(noYear).build(),
                line(sku, 1).toBuilder().setWantedDate(noDay).build(),
                line(sku, 1).toBuilder().setWantedDate(tooFar).build())
            .build();
    assertThat(fields(invalid(method("PlaceOrder"), request)))
        .containsExactly(
            "lines[0].price.currency_code",
            "lines[1].price.currency_code",
            "lines[1].shown_ship_by_date",
            "lines[2]",
            "lines[3].shown_ship_by_date",
            "lines[4].wanted_date",
            "lines[5].wanted_date");
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void an_order_of_2001_or_10000_lines_is_refused() {
    inventory.stock(sku, 20_000);
    List<Long> before = allRows();
    for (int lines : List.of(2_001, 10_000)) {
      PlaceOrderRequest.Builder request = order();
      IntStream.range(0, lines).forEach(i -> request.addLines(line(sku, 1)));
      assertThat(fields(invalid(method("PlaceOrder"), request.build()))).containsExactly("lines");
    }
    assertThat(allRows()).isEqualTo(before);
    assertThat(inventory.available(sku)).isEqualTo(20_000);
  }

  @Test
  void a_message_over_the_limit_is_refused() {
    List<Long> before = allRows();
    PlaceOrderRequest huge =
        order(line(sku, 1))
            .setDestination(Destination.newBuilder().setRecipient("x".repeat(5_000_000)))
            .build();
    StatusRuntimeException failure =
        catchThrowableOfType(StatusRuntimeException.class, () -> orders.placeOrder(huge));
    assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void a_line_named_twice_is_named_back() {
    Order placed = placed();
    OrderLineQuantity units =
        OrderLineQuantity.newBuilder()
            .setLineId(placed.getLines(0).getLineId())
            .setQuantity(1)
            .build();
    List<Long> before = allRows();
    CancelOrderRequest cancel =
        CancelOrderRequest.newBuilder()
            .setRequestId(id())
            .setOrderId(placed.getOrderId())
            .addAllLines(List.of(units, units))
            .build();
    assertThat(fields(invalid(method("CancelOrder"), cancel))).containsExactly("lines[1].line_id");
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void what_does_not_exist_is_not_found() {
    Order placed = placed();
    List<Long> before = allRows();
    refused(
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND",
        () -> orders.getOrder(GetOrderRequest.newBuilder().setOrderId(id()).build()));
    refused(
        Status.Code.NOT_FOUND,
        "ORDER_NOT_FOUND",
        () ->
            orders.cancelOrder(
                CancelOrderRequest.newBuilder().setRequestId(id()).setOrderId(id()).build()));
    OrderLineQuantity stranger =
        OrderLineQuantity.newBuilder().setLineId(id()).setQuantity(1).build();
    refused(
        Status.Code.NOT_FOUND,
        "LINE_NOT_FOUND",
        () ->
            orders.cancelOrder(
                CancelOrderRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(placed.getOrderId())
                    .addLines(stranger)
                    .build()));
    refused(
        Status.Code.NOT_FOUND,
        "LINE_NOT_FOUND",
        () ->
            orders.returnOrder(
                ReturnOrderRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(placed.getOrderId())
                    .setLocation("main")
                    .addLines(stranger)
                    .build()));
    refused(
        Status.Code.NOT_FOUND,
        "EVENT_NOT_FOUND",
        () ->
            OrderEventServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                .getOrderEvent(GetOrderEventRequest.newBuilder().setEventId(id()).build()));
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void a_token_that_nobody_gave_is_refused_by_every_list() {
    ListOrdersRequest list = ListOrdersRequest.newBuilder().setPageToken("bm90LW91cnM").build();
    assertThat(fields(invalid(method("ListOrders"), list))).containsExactly("page_token");
    ListPromisesRequest promises = ListPromisesRequest.newBuilder().setPageToken("%%").build();
    assertThat(fields(invalid(method("ListPromises"), promises))).containsExactly("page_token");
    ListShipmentsRequest shipments = ListShipmentsRequest.newBuilder().setPageToken("x").build();
    assertThat(fields(invalid(method("ListShipments"), shipments))).containsExactly("page_token");
  }

  @Test
  void both_ways_to_name_an_order_are_one_too_many() {
    GetOrderRequest both =
        GetOrderRequest.newBuilder().setOrderId(id()).setPlaceRequestId(id()).build();
    assertThat(fields(invalid(method("GetOrder"), both))).containsExactly("place_request_id");
  }

  private Order placed() {
    inventory.stock(sku, 10);
    return place(order(line(sku, 2)));
  }

  private Map<String, Message> goodRequests() {
    Order order = placed();
    OrderLineQuantity units =
        OrderLineQuantity.newBuilder()
            .setLineId(order.getLines(0).getLineId())
            .setQuantity(1)
            .build();
    return List.<Map.Entry<String, Message>>of(
            Map.entry(
                "PlaceOrder",
                order(line(sku, 1))
                    .setReference("reference")
                    .setChannel("web")
                    .setDestination(
                        Destination.newBuilder().addAddressLines("street").setCountry("PT"))
                    .build()),
            Map.entry(
                "GetOrder",
                GetOrderRequest.newBuilder().setOrderId(id()).setPlaceRequestId(id()).build()),
            Map.entry(
                "ListOrders",
                ListOrdersRequest.newBuilder().addStates(OrderState.ORDER_STATE_RESERVED).build()),
            Map.entry(
                "CancelOrder",
                CancelOrderRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(order.getOrderId())
                    .addLines(units)
                    .build()),
            Map.entry(
                "ChangeOrder",
                ChangeOrderRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(order.getOrderId())
                    .addFewerUnits(units)
                    .addNewLines(
                        AddedOrderLine.newBuilder()
                            .setSku(sku)
                            .setQuantity(1)
                            .setPrice(line(sku, 1).getPrice()))
                    .build()),
            Map.entry(
                "ChangeDestination",
                ChangeDestinationRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(order.getOrderId())
                    .setDestination(Destination.newBuilder().addAddressLines("street"))
                    .build()),
            Map.entry(
                "ReturnOrder",
                ReturnOrderRequest.newBuilder()
                    .setRequestId(id())
                    .setOrderId(order.getOrderId())
                    .setLocation("main")
                    .addLines(units)
                    .build()),
            Map.entry("ListPromises", ListPromisesRequest.newBuilder().setOrderId(id()).build()),
            Map.entry("GetShipment", GetShipmentRequest.newBuilder().setShipmentId(id()).build()),
            Map.entry(
                "ListShipments",
                ListShipmentsRequest.newBuilder()
                    .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
                    .setOrderId(id())
                    .build()),
            Map.entry(
                "ConfirmShipment",
                ConfirmShipmentRequest.newBuilder().setRequestId(id()).setShipmentId(id()).build()),
            Map.entry(
                "BatchPlaceOrders",
                BatchPlaceOrdersRequest.newBuilder().addOrders(order(line(sku, 1))).build()),
            Map.entry(
                "BatchConfirmShipments",
                BatchConfirmShipmentsRequest.newBuilder()
                    .addShipments(
                        ConfirmShipmentRequest.newBuilder().setRequestId(id()).setShipmentId(id()))
                    .build()),
            Map.entry(
                "BatchConfirmDeliveries",
                BatchConfirmDeliveriesRequest.newBuilder()
                    .addDeliveries(
                        ConfirmDeliveryRequest.newBuilder().setRequestId(id()).setShipmentId(id()))
                    .build()),
            Map.entry(
                "ConfirmDelivery",
                ConfirmDeliveryRequest.newBuilder().setRequestId(id()).setShipmentId(id()).build()),
            Map.entry(
                "RejectShipment",
                RejectShipmentRequest.newBuilder()
                    .setRequestId(id())
                    .setShipmentId(id())
                    .setReason(ShipmentProblem.SHIPMENT_PROBLEM_MISSING)
                    .build()),
            Map.entry(
                "ResumeShipment",
                ResumeShipmentRequest.newBuilder().setRequestId(id()).setShipmentId(id()).build()),
            Map.entry(
                "UpdateTracking",
                UpdateTrackingRequest.newBuilder().setRequestId(id()).setShipmentId(id()).build()),
            Map.entry("GetServiceLevels", GetServiceLevelsRequest.getDefaultInstance()),
            Map.entry("GetOrderEvent", GetOrderEventRequest.newBuilder().setEventId(id()).build()))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** Ids in requests that read are optional: empty means "not this one" or "all". */
  private static boolean mayBeEmpty(MethodDescriptor<?, ?> method, BadRequests.BadRequest bad) {
    return bad.name().endsWith(" = \"\"")
        && List.of("GetOrder", "ListPromises", "ListShipments")
            .contains(method.getBareMethodName());
  }

  private static MethodDescriptor<?, ?> method(String name) {
    return METHODS.stream()
        .filter(method -> method.getBareMethodName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static BadRequest invalid(MethodDescriptor<?, ?> method, Message request) {
    StatusRuntimeException failure =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> UnaryCalls.call(GrpcTestChannel.channel(), method, request));
    assertThat(failure).as(method.getBareMethodName()).isNotNull();
    assertThat(failure.getStatus().getCode())
        .as(failure.getMessage())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
    return StatusProto.fromThrowable(failure).getDetailsList().stream()
        .filter(detail -> detail.is(BadRequest.class))
        .map(
            detail -> {
              try {
                return detail.unpack(BadRequest.class);
              } catch (InvalidProtocolBufferException e) {
                throw new AssertionError(e);
              }
            })
        .findFirst()
        .orElseThrow();
  }

  private static List<String> fields(BadRequest bad) {
    return bad.getFieldViolationsList().stream().map(BadRequest.FieldViolation::getField).toList();
  }
}
