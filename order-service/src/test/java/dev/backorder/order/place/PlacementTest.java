package dev.backorder.order.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetOrderResponse;
import dev.backorder.order.v1.Jurisdiction;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineState;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseToldCause;
import dev.backorder.order.v1.WorsePromiseRule;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PlacementTest extends OrderServiceTest {
  @Test
  void reserves_what_is_on_hand_and_tells_its_date() {
    inventory.stock(sku, 10);
    Order order = place(3);

    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(order.getTotal().getAmountMinor()).isEqualTo(750);
    OrderLine line = order.getLines(0);
    assertThat(line.getReservedQuantity()).isEqualTo(3);
    assertThat(line.getState()).isEqualTo(OrderLineState.ORDER_LINE_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(7);
    PromiseRecord promise = promises(order.getOrderId()).get(0);
    assertThat(promise.getPromise().getShipByDate()).isEqualTo(FakeInventory.date(day(1)));
    assertThat(promise.getCause()).isEqualTo(PromiseToldCause.PROMISE_TOLD_CAUSE_PLACED);
    assertThat(promise.getOutcome()).isEqualTo(PromiseOutcome.PROMISE_OUTCOME_OPEN);
    assertThat(promise.getTelling()).isEqualTo(1);
  }

  @Test
  void backorders_the_rest_and_promises_each_portion() {
    inventory.stock(sku, 2);
    inventory.expect(sku, day(9));
    Order order = place(5);

    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_PARTLY_BACKORDERED);
    assertThat(order.getLines(0).getInitiallyWaitingQuantity()).isEqualTo(3);
    assertThat(promises(order.getOrderId()))
        .extracting(PromiseRecord::getQuantity)
        .containsExactly(2L, 3L);
    OrderEvent placed = facts(order.getOrderId()).get(0);
    assertThat(placed.getOrderPlaced().getPromisesCount()).isEqualTo(2);
    assertThat(placed.getOrderPlaced().getOrder().getVersion()).isEqualTo(1);
  }

  @Test
  void the_same_item_twice_is_two_lines() {
    inventory.stock(sku, 10);
    Order order = place(order(line(sku, 1), line(sku, 2)));
    assertThat(order.getLinesList())
        .extracting(OrderLine::getOrderedQuantity)
        .containsExactly(1L, 2L);
    assertThat(order.getLines(0).getLineId()).isNotEqualTo(order.getLines(1).getLineId());
  }

  @Test
  void what_cannot_be_had_is_an_answer() {
    inventory.stock(sku, 2);
    Order order = place(order(line(sku, 5), line("NO-SUCH-" + sku, 1)));

    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_REJECTED);
    assertThat(order.getRefusalsCount()).isEqualTo(2);
    assertThat(order.getRefusals(0).getOrderableQuantity()).isEqualTo(2);
    assertThat(order.getLines(0).getRefusedQuantity()).isEqualTo(5);
    assertThat(inventory.available(sku)).isEqualTo(2);
    assertThat(promises(order.getOrderId())).isEmpty();
    assertThat(kinds(order.getOrderId())).containsExactly(OrderEvent.FactCase.ORDER_PLACED);
    assertThat(get(order.getOrderId())).isEqualTo(order);
  }

  @Test
  void takes_part_of_an_order_when_that_is_allowed() {
    inventory.stock(sku, 2);
    Order order =
        place(order(line(sku, 5)).setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(order.getLines(0).getReservedQuantity()).isEqualTo(2);
    assertThat(order.getLines(0).getRefusedQuantity()).isEqualTo(3);
    assertThat(order.getRefusalsCount()).isEqualTo(1);
  }

  @Test
  void everything_refused_by_units_is_a_rejected_order() {
    inventory.stock(sku, 0);
    Order order =
        place(order(line(sku, 5)).setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_REJECTED);
  }

  @Test
  void a_repeated_request_gets_the_first_answer() {
    inventory.stock(sku, 10);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    PlaceOrderResponse first = orders.placeOrder(request);
    List<Long> before = allRows();
    assertThat(orders.placeOrder(request)).isEqualTo(first);
    assertThat(allRows()).isEqualTo(before);
    assertThat(inventory.available(sku)).isEqualTo(6);
  }

  @Test
  void the_same_request_many_times_at_once_places_once() {
    inventory.stock(sku, 100);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    List<PlaceOrderResponse> answers = Stampede.run(8, () -> orders.placeOrder(request));
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(inventory.available(sku)).isEqualTo(96);
    assertThat(promises(answers.get(0).getOrder().getOrderId())).hasSize(1);
  }

  @Test
  void many_orders_at_once_are_all_placed() {
    inventory.stock(sku, 100);
    List<Order> placed = Stampede.run(8, i -> () -> place(2));
    assertThat(placed).extracting(Order::getState).containsOnly(OrderState.ORDER_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(84);
  }

  @Test
  void a_request_id_with_other_content_is_refused() {
    inventory.stock(sku, 10);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    orders.placeOrder(request);
    List<Long> before = allRows();
    PlaceOrderRequest other = request.toBuilder().setReference("other").build();
    refused(Status.Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", () -> orders.placeOrder(other));
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void while_inventory_is_away_an_order_is_pending_and_then_decided_once() {
    inventory.stock(sku, 10);
    inventory.away(true);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    String orderId =
        refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(request))
            .getMetadataOrThrow("order_id");
    assertThat(get(orderId).getState()).isEqualTo(OrderState.ORDER_STATE_PENDING);
    assertThat(byRequest(request.getRequestId()).getOrder().getOrderId()).isEqualTo(orderId);

    PlaceOrderRequest other = request.toBuilder().setReference("other").build();
    refused(Status.Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", () -> orders.placeOrder(other));

    time.advance(Duration.ofMinutes(2));
    assertThat(get(orderId).getState()).isEqualTo(OrderState.ORDER_STATE_PENDING);
    inventory.away(false);
    time.advance(Duration.ofMinutes(2));
    assertThat(get(orderId).getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(6);
    assertThat(orders.placeOrder(request).getOrder()).isEqualTo(get(orderId));
    assertThat(rows("process")).isZero();
  }

  @Test
  void the_cart_of_an_order_is_named_whenever_it_is_asked_for() {
    inventory.stock(sku, 10);
    PlaceOrderRequest request = order(line(sku, 4)).setCartId("cart-7").build();
    assertThat(inventory.cartOf(orders.placeOrder(request).getOrder().getOrderId()))
        .isEqualTo("cart-7");

    inventory.away(true);
    PlaceOrderRequest late = order(line(sku, 4)).setCartId("cart-8").build();
    String orderId =
        refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(late))
            .getMetadataOrThrow("order_id");
    inventory.away(false);
    time.advance(Duration.ofMinutes(2));
    assertThat(inventory.cartOf(orderId)).isEqualTo("cart-8");
  }

  @Test
  void the_callers_own_retry_finishes_a_pending_order() {
    inventory.stock(sku, 10);
    inventory.away(true);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(request));
    inventory.away(false);
    Order order = orders.placeOrder(request).getOrder();
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(6);
    assertThat(rows("process")).isZero();
  }

  /**
   * The same as a crash between the two services: inventory has allocated, and nobody here knows.
   */
  @Test
  void an_answer_that_was_lost_is_asked_for_again_and_counts_once() {
    inventory.stock(sku, 10);
    inventory.deaf(true);
    int calls = inventory.allocateCalls();
    PlaceOrderRequest request = order(line(sku, 4)).build();
    String orderId =
        refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(request))
            .getMetadataOrThrow("order_id");
    assertThat(inventory.knows(orderId)).isTrue();
    inventory.deaf(false);
    time.advance(Duration.ofMinutes(2));
    assertThat(get(orderId).getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(6);
    assertThat(inventory.allocateCalls()).isEqualTo(calls + 1);
    assertThat(promises(orderId)).hasSize(1);
  }

  @Test
  void news_that_came_before_the_answer_are_not_lost() {
    inventory.expect(sku, day(9));
    inventory.deaf(true);
    PlaceOrderRequest request = order(line(sku, 4)).build();
    String orderId =
        refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(request))
            .getMetadataOrThrow("order_id");
    inventory.fill(orderId, sku, 4, day(2));
    time.settle();
    assertThat(get(orderId).getState()).isEqualTo(OrderState.ORDER_STATE_PENDING);
    inventory.deaf(false);

    Order order = orders.placeOrder(request).getOrder();
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(order.getLines(0).getInitiallyWaitingQuantity()).isEqualTo(4);
    assertThat(promises(orderId))
        .extracting(PromiseRecord::getCause)
        .containsExactly(
            PromiseToldCause.PROMISE_TOLD_CAUSE_PLACED,
            PromiseToldCause.PROMISE_TOLD_CAUSE_EARLIER);
  }

  @Test
  void a_worse_date_than_shown_rejects_the_order_and_gives_the_units_back() {
    inventory.stock(sku, 1);
    inventory.expect(sku, day(9));
    Order order =
        place(
            order(line(sku, 3).toBuilder().setShownShipByDate(FakeInventory.date(day(5))).build()));
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_REJECTED);
    assertThat(order.getWorsePromises(0).getShownShipByDate())
        .isEqualTo(FakeInventory.date(day(5)));
    assertThat(order.getWorsePromises(0).getGivenShipByDate())
        .isEqualTo(FakeInventory.date(day(9)));
    assertThat(inventory.available(sku)).isEqualTo(1);
    time.settle();
    assertThat(get(order.getOrderId())).isEqualTo(order);
  }

  @Test
  void a_worse_date_is_taken_by_who_accepts_it_and_both_dates_are_on_record() {
    inventory.expect(sku, day(9));
    Order order =
        place(
            order(
                line(sku, 3).toBuilder()
                    .setShownShipByDate(FakeInventory.date(day(5)))
                    .setWorsePromiseRule(WorsePromiseRule.WORSE_PROMISE_RULE_ACCEPT)
                    .build()));
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_BACKORDERED);
    PromiseRecord promise = promises(order.getOrderId()).get(0);
    assertThat(promise.getShownShipByDate()).isEqualTo(FakeInventory.date(day(5)));
    assertThat(promise.getPromise().getShipByDate()).isEqualTo(FakeInventory.date(day(9)));
  }

  /** The crash may also come while the units are given back. */
  @Test
  void giving_back_survives_lost_answers() {
    inventory.expect(sku, day(9));
    inventory.deaf(true);
    PlaceOrderRequest request =
        order(line(sku, 3).toBuilder().setShownShipByDate(FakeInventory.date(day(5))).build())
            .build();
    refused(Status.Code.UNAVAILABLE, "ORDER_PENDING", () -> orders.placeOrder(request));
    inventory.deaf(false);
    time.advance(Duration.ofMinutes(2));
    Order order = orders.placeOrder(request).getOrder();
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_REJECTED);
    assertThat(inventory.allocation(order.getOrderId()).getLines(0).getReleasedQuantity())
        .isEqualTo(3);
  }

  @Test
  void an_order_of_2000_lines_works() {
    inventory.stock(sku, 2_000);
    PlaceOrderRequest.Builder request = order();
    IntStream.range(0, 2_000).forEach(i -> request.addLines(line(sku, 1)));
    Order order = place(request);
    assertThat(order.getLinesCount()).isEqualTo(2_000);
    assertThat(get(order.getOrderId())).isEqualTo(order);
    assertThat(inventory.available(sku)).isZero();
  }

  @Test
  void the_law_follows_the_destination_unless_told() {
    inventory.stock(sku, 100);
    assertThat(jurisdiction("US")).isEqualTo(Jurisdiction.JURISDICTION_US);
    assertThat(jurisdiction("GB")).isEqualTo(Jurisdiction.JURISDICTION_UK);
    assertThat(jurisdiction("PT")).isEqualTo(Jurisdiction.JURISDICTION_EU);
    assertThat(jurisdiction("CH")).isEqualTo(Jurisdiction.JURISDICTION_UNSPECIFIED);
    Order told =
        place(
            order(line(sku, 1))
                .setDestination(Destination.newBuilder().setCountry("US"))
                .setJurisdiction(Jurisdiction.JURISDICTION_EU));
    assertThat(told.getJurisdiction()).isEqualTo(Jurisdiction.JURISDICTION_EU);
  }

  @Test
  void where_it_goes_is_told_to_who_asks_and_stands_nowhere_else() {
    inventory.stock(sku, 1);
    String secret = "Rua-" + UUID.randomUUID();
    Destination destination =
        Destination.newBuilder()
            .setRecipient("Ana")
            .addAddressLines(secret)
            .addAddressLines("2nd floor")
            .setLocality("Porto")
            .setPostalCode("4000-001")
            .setCountry("PT")
            .build();
    Order order = place(order(line(sku, 1)).setDestination(destination));
    GetOrderRequest.Builder get = GetOrderRequest.newBuilder().setOrderId(order.getOrderId());
    assertThat(orders.getOrder(get.build()).hasDestination()).isFalse();
    assertThat(orders.getOrder(get.setIncludeDestination(true).build()).getDestination())
        .isEqualTo(destination);
    time.settle();
    Sql sql = Arc.container().instance(Sql.class).get();
    for (String column : List.of("request_log.response", "event.payload")) {
      String table = column.substring(0, column.indexOf('.'));
      assertThat(
              sql.number(
                  "SELECT count(*) FROM %s WHERE position(?::bytea IN %s) > 0"
                      .formatted(table, column),
                  secret.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
          .isZero();
    }
  }

  private Jurisdiction jurisdiction(String country) {
    return place(order(line(sku, 1)).setDestination(Destination.newBuilder().setCountry(country)))
        .getJurisdiction();
  }

  private GetOrderResponse byRequest(String requestId) {
    return orders.getOrder(GetOrderRequest.newBuilder().setPlaceRequestId(requestId).build());
  }
}
