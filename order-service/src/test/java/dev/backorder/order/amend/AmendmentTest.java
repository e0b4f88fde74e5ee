package dev.backorder.order.amend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Price;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.AddedOrderLine;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ChangeOrderResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseToldCause;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an order asks for changes after it was placed: as a whole, once, or not at all. */
@QuarkusTest
class AmendmentTest extends OrderServiceTest {

  @Test
  void more_units_become_a_line_of_their_own_and_the_promised_ones_keep_their_promise() {
    inventory.stock(sku, 3);
    inventory.expect(sku, day(10));
    Order placed = place(5);
    inventory.expect(sku, day(20));
    List<PromiseRecord> told = promises(placed.getOrderId());

    ChangeOrderResponse changed = orders.changeOrder(more(placed, 4).build());

    assertThat(changed.getChanged()).isTrue();
    Order order = changed.getOrder();
    assertThat(order.getLines(0)).isEqualTo(placed.getLines(0));
    OrderLine added = order.getLines(1);
    assertThat(added.getSku()).isEqualTo(sku);
    assertThat(added.getPrice()).isEqualTo(placed.getLines(0).getPrice());
    assertThat(added.getWaitingQuantity()).isEqualTo(4);
    assertThat(added.getInitiallyWaitingQuantity()).isEqualTo(4);
    assertThat(order.getTotal().getAmountMinor()).isEqualTo(9 * 250);
    assertThat(get(placed.getOrderId())).isEqualTo(order);
    List<PromiseRecord> now = promises(placed.getOrderId());
    assertThat(now.subList(0, told.size())).isEqualTo(told);
    assertThat(now.subList(told.size(), now.size()))
        .singleElement()
        .satisfies(
            promise -> {
              assertThat(promise.getCause()).isEqualTo(PromiseToldCause.PROMISE_TOLD_CAUSE_ADDED);
              assertThat(promise.getQuantity()).isEqualTo(4);
              assertThat(promise.getTelling()).isEqualTo(2);
            });
    assertThat(causes(placed)).containsExactly(OrderChangeCause.ORDER_CHANGE_CAUSE_EXTENDED);
    List<OrderEvent> facts = facts(placed.getOrderId());
    assertThat(facts)
        .as("a first date is no change of a date")
        .noneMatch(OrderEvent::hasPromiseTold);
    assertThat(facts.get(facts.size() - 1).getOrderChanged().getPromisesList())
        .containsExactly(now.get(now.size() - 1));
  }

  @Test
  void fewer_units_are_given_up_waiting_ones_first() {
    inventory.stock(sku, 3);
    inventory.expect(sku, day(10));
    Order placed = place(5);
    Order order = orders.changeOrder(fewer(placed, 3).build()).getOrder();
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(3);
    assertThat(order.getLines(0).getReservedQuantity()).isEqualTo(2);
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(inventory.available(sku)).isEqualTo(1);
    assertThat(causes(placed)).containsExactly(OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED);
  }

  @Test
  void one_item_is_exchanged_for_another_in_one_step() {
    inventory.stock(sku, 5);
    inventory.stock(sku + "-L", 5);
    Order placed = place(5);
    Order order =
        orders.changeOrder(fewer(placed, 2).addNewLines(item("-L", 2)).build()).getOrder();
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(order.getLines(1).getReservedQuantity()).isEqualTo(2);
    assertThat(order.getTotal().getAmountMinor()).isEqualTo(5 * 250 + 2 * 300);
    assertThat(causes(placed))
        .containsExactly(
            OrderChangeCause.ORDER_CHANGE_CAUSE_EXTENDED,
            OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED);
  }

  @Test
  void what_cannot_be_had_is_an_answer_and_nothing_changes() {
    inventory.stock(sku, 5);
    inventory.stock(sku + "-L", 1);
    Order placed = place(5);
    ChangeOrderRequest request = fewer(placed, 2).addNewLines(item("-L", 2)).build();
    ChangeOrderResponse refused = orders.changeOrder(request);
    assertThat(refused.getChanged()).isFalse();
    assertThat(refused.getRefusalsList())
        .singleElement()
        .satisfies(r -> assertThat(r.getOrderableQuantity()).isEqualTo(1));
    Order now = get(placed.getOrderId());
    assertThat(now.getLinesList()).isEqualTo(placed.getLinesList());
    assertThat(now.getTotal()).isEqualTo(placed.getTotal());
    assertThat(causes(placed)).isEmpty();
    assertThat(orders.changeOrder(request)).isEqualTo(refused);
    assertThat(rows("process")).isZero();
  }

  @Test
  void a_repeated_change_answers_as_the_first_time_also_at_the_same_moment() {
    inventory.stock(sku, 50);
    Order placed = place(5);
    ChangeOrderRequest request = more(placed, 4).build();
    List<ChangeOrderResponse> answers = Stampede.run(6, () -> orders.changeOrder(request));
    assertThat(answers).containsOnly(answers.get(0));
    orders.changeOrder(more(answers.get(0).getOrder(), 1).build());
    assertThat(orders.changeOrder(request)).isEqualTo(answers.get(0));
    assertThat(get(placed.getOrderId()).getLinesList())
        .extracting(OrderLine::getOrderedQuantity)
        .containsExactly(5L, 4L, 1L);
    assertThat(inventory.available(sku)).isEqualTo(40);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "REQUEST_ID_REUSED",
        () -> orders.changeOrder(request.toBuilder().setReason("other").build()));
  }

  @Test
  void of_two_callers_who_saw_the_same_version_one_changes_the_order() {
    inventory.stock(sku, 50);
    Order placed = place(5);
    List<Boolean> done =
        Stampede.run(
            6,
            () -> {
              try {
                orders.changeOrder(
                    fewer(placed, 1).setExpectedVersion(placed.getVersion()).build());
                return true;
              } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.ABORTED);
                return false;
              }
            });
    assertThat(done.stream().filter(b -> b)).hasSize(1);
    assertThat(get(placed.getOrderId()).getLines(0).getCancelledQuantity()).isEqualTo(1);
    refused(
        Status.Code.ABORTED,
        "ORDER_VERSION",
        () -> orders.changeOrder(more(placed, 1).setExpectedVersion(placed.getVersion()).build()));
  }

  @Test
  void changes_cancellations_and_fills_at_the_same_moment_lose_nothing() {
    inventory.stock(sku, 20);
    Order placed = place(10);
    Stampede.run(
        6,
        i ->
            () ->
                i % 2 == 0
                    ? orders.changeOrder(more(placed, 2).build()).getOrder()
                    : orders
                        .cancelOrder(
                            CancelOrderRequest.newBuilder()
                                .setRequestId(id())
                                .setOrderId(placed.getOrderId())
                                .addLines(units(placed, 1))
                                .build())
                        .getOrder());
    Order now = get(placed.getOrderId());
    assertThat(now.getLinesCount()).isEqualTo(4);
    assertThat(now.getLines(0).getReservedQuantity()).isEqualTo(7);
    assertThat(inventory.available(sku)).isEqualTo(7);
  }

  @Test
  void while_inventory_is_away_the_change_is_recorded_and_done_later() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    inventory.away(true);
    ChangeOrderRequest request = fewer(placed, 2).addNewLines(item("", 3)).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.changeOrder(request));
    assertThat(get(placed.getOrderId()).getLinesCount()).isEqualTo(1);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.changeOrder(fewer(placed, 4).build()));
    inventory.away(false);
    time.advance(Duration.ofMinutes(1));
    Order order = get(placed.getOrderId());
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(order.getLines(1).getReservedQuantity()).isEqualTo(3);
    assertThat(orders.changeOrder(request).getOrder().getLinesList())
        .isEqualTo(order.getLinesList());
    assertThat(rows("process")).isZero();
  }

  /** The same as a crash after inventory-service has added the lines. */
  @Test
  void an_answer_that_was_lost_changes_once_and_the_feed_may_come_first() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    inventory.deaf(true);
    ChangeOrderRequest request = fewer(placed, 2).addNewLines(item("", 3)).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.changeOrder(request));
    inventory.deaf(false);
    time.settle();
    assertThat(get(placed.getOrderId()).getLines(1).getReservedQuantity()).isEqualTo(3);
    assertThat(get(placed.getOrderId()).getLines(0).getCancelledQuantity()).isZero();

    Order order = orders.changeOrder(request).getOrder();
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(order.getLinesCount()).isEqualTo(2);
    assertThat(inventory.available(sku)).isEqualTo(14);
    assertThat(causes(placed))
        .containsExactly(
            OrderChangeCause.ORDER_CHANGE_CAUSE_EXTENDED,
            OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED);
    assertThat(rows("process")).isZero();
  }

  /** The same as a crash between the two calls. */
  @Test
  void a_change_that_stops_half_way_goes_on_where_it_stopped() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    inventory.awayAfter(1);
    ChangeOrderRequest request = fewer(placed, 2).addNewLines(item("", 3)).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.changeOrder(request));
    assertThat(inventory.allocation(placed.getOrderId()).getLinesCount()).isEqualTo(2);
    inventory.away(false);
    time.advance(Duration.ofMinutes(1));
    Order order = get(placed.getOrderId());
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(order.getLines(1).getReservedQuantity()).isEqualTo(3);
    assertThat(inventory.available(sku)).isEqualTo(14);
    assertThat(orders.changeOrder(request).getChanged()).isTrue();
    assertThat(promises(placed.getOrderId())).hasSize(2);
    assertThat(rows("process")).isZero();
  }

  @Test
  void everything_is_not_cancelled_while_more_is_on_its_way() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    CancelOrderRequest everything =
        CancelOrderRequest.newBuilder().setRequestId(id()).setOrderId(placed.getOrderId()).build();
    inventory.away(true);
    refused(
        Status.Code.UNAVAILABLE,
        "DEPENDENCY_UNAVAILABLE",
        () -> orders.changeOrder(more(placed, 3).build()));
    refused(Status.Code.ABORTED, "ORDER_CHANGING", () -> orders.cancelOrder(everything));
    inventory.away(false);
    time.advance(Duration.ofMinutes(1));
    Order order = orders.cancelOrder(everything).getOrder();
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_CANCELLED);
    assertThat(inventory.available(sku)).isEqualTo(20);
  }

  @Test
  void a_refusal_of_inventory_leaves_no_trace() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    var held = inventory.allocation(placed.getOrderId());
    inventory.forget(placed.getOrderId());
    long amendments = rows("amendment");
    ChangeOrderRequest request = fewer(placed, 2).addNewLines(item("", 3)).build();
    refused(Status.Code.NOT_FOUND, "ALLOCATION_NOT_FOUND", () -> orders.changeOrder(request));
    assertThat(rows("amendment")).isEqualTo(amendments);
    assertThat(rows("process")).isZero();
    inventory.remember(held);
    assertThat(orders.changeOrder(request).getChanged()).isTrue();
  }

  @Test
  void what_does_not_fit_is_refused_and_changes_nothing() {
    inventory.stock(sku, 20);
    Order placed = place(5);
    List<Long> before = allRows();
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.changeOrder(fewer(placed, 6).build()));
    refused(
        Status.Code.NOT_FOUND,
        "LINE_NOT_FOUND",
        () ->
            orders.changeOrder(
                change(placed)
                    .addMoreUnits(OrderLineQuantity.newBuilder().setLineId(id()).setQuantity(1))
                    .build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELDS",
        () -> orders.changeOrder(change(placed).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELDS",
        () -> orders.changeOrder(more(placed, 1).addFewerUnits(units(placed, 1)).build()));
    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELDS",
        () ->
            orders.changeOrder(
                change(placed)
                    .addNewLines(
                        AddedOrderLine.newBuilder()
                            .setSku(sku)
                            .setQuantity(1)
                            .setPrice(Price.newBuilder().setCurrencyCode("USD").setAmountMinor(1)))
                    .build()));
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void an_order_has_at_most_two_thousand_lines_together() {
    inventory.stock(sku, 5_000);
    Order placed = place(5);
    ChangeOrderRequest.Builder most = change(placed);
    for (int i = 0; i < 1_999; i++) {
      most.addNewLines(item("", 1));
    }
    Order full = orders.changeOrder(most.build()).getOrder();
    assertThat(full.getLinesCount()).isEqualTo(2_000);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "TOO_MANY_LINES",
        () -> orders.changeOrder(more(placed, 1).build()));
  }

  @Test
  void an_order_of_which_nothing_is_open_cannot_be_changed() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    orders.changeOrder(fewer(placed, 5).build());
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ORDER_STATE",
        () -> orders.changeOrder(more(placed, 1).build()));
  }

  private List<OrderChangeCause> causes(Order order) {
    return facts(order.getOrderId()).stream()
        .filter(OrderEvent::hasOrderChanged)
        .map(fact -> fact.getOrderChanged().getCause())
        .toList();
  }

  private AddedOrderLine item(String suffix, long quantity) {
    return AddedOrderLine.newBuilder()
        .setSku(sku + suffix)
        .setQuantity(quantity)
        .setPrice(Price.newBuilder().setCurrencyCode("EUR").setAmountMinor(300))
        .build();
  }

  private static ChangeOrderRequest.Builder change(Order order) {
    return ChangeOrderRequest.newBuilder().setRequestId(id()).setOrderId(order.getOrderId());
  }

  private static ChangeOrderRequest.Builder more(Order order, long quantity) {
    return change(order).addMoreUnits(units(order, quantity));
  }

  private static ChangeOrderRequest.Builder fewer(Order order, long quantity) {
    return change(order).addFewerUnits(units(order, quantity));
  }

  private static OrderLineQuantity units(Order order, long quantity) {
    return OrderLineQuantity.newBuilder()
        .setLineId(order.getLines(0).getLineId())
        .setQuantity(quantity)
        .build();
  }
}
