package dev.backorder.order.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CancellationTest extends OrderServiceTest {
  @Test
  void cancels_everything_that_has_not_left() {
    inventory.stock(sku, 3);
    inventory.expect(sku, day(9));
    Order placed = place(5);

    Order order = orders.cancelOrder(all(placed).build()).getOrder();
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_CANCELLED);
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(5);
    assertThat(inventory.available(sku)).isEqualTo(3);
    assertThat(promises(placed.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsOnly(PromiseOutcome.PROMISE_OUTCOME_RELEASED);
    List<OrderEvent> cancelled =
        facts(placed.getOrderId()).stream().filter(OrderEvent::hasOrderChanged).toList();
    assertThat(cancelled).hasSize(1);
    assertThat(cancelled.get(0).getOrderChanged().getCause())
        .isEqualTo(OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED);
    assertThat(cancelled.get(0).getOrderChanged().getChanges(0).getQuantity()).isEqualTo(5);
  }

  @Test
  void cancels_waiting_units_first() {
    inventory.stock(sku, 3);
    inventory.expect(sku, day(9));
    Order placed = place(5);

    Order order = orders.cancelOrder(units(placed, 3).build()).getOrder();
    OrderLine line = order.getLines(0);
    assertThat(line.getReservedQuantity()).isEqualTo(2);
    assertThat(line.getWaitingQuantity()).isZero();
    assertThat(line.getCancelledQuantity()).isEqualTo(3);
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_RESERVED);
    assertThat(promises(placed.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsExactly(
            PromiseOutcome.PROMISE_OUTCOME_OPEN, PromiseOutcome.PROMISE_OUTCOME_RELEASED);
  }

  @Test
  void a_repeated_request_cancels_once() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    CancelOrderRequest request = units(placed, 2).build();
    Order first = orders.cancelOrder(request).getOrder();
    List<Long> before = allRows();
    assertThat(orders.cancelOrder(request).getOrder()).isEqualTo(first);
    assertThat(allRows()).isEqualTo(before);
    assertThat(inventory.available(sku)).isEqualTo(2);
  }

  @Test
  void the_same_request_many_times_at_once_cancels_once() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    CancelOrderRequest request = units(placed, 2).build();
    List<Order> answers = Stampede.run(6, () -> orders.cancelOrder(request).getOrder());
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(inventory.available(sku)).isEqualTo(2);
  }

  @Test
  void two_customers_cannot_cancel_the_same_units() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    List<Boolean> done =
        Stampede.run(
            6,
            () -> {
              try {
                orders.cancelOrder(units(placed, 2).build());
                return true;
              } catch (StatusRuntimeException e) {
                assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
                return false;
              }
            });
    assertThat(done.stream().filter(b -> b)).hasSize(2);
    assertThat(get(placed.getOrderId()).getLines(0).getCancelledQuantity()).isEqualTo(4);
  }

  @Test
  void more_than_there_is_is_refused_and_changes_nothing() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    List<Long> before = allRows();
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.cancelOrder(units(placed, 6).build()));
    assertThat(allRows()).isEqualTo(before);
    assertThat(get(placed.getOrderId())).isEqualTo(placed);
  }

  @Test
  void a_cancelled_order_cannot_be_cancelled_again() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    orders.cancelOrder(all(placed).build());
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ORDER_STATE",
        () -> orders.cancelOrder(all(placed).build()));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.cancelOrder(units(placed, 1).build()));
  }

  @Test
  void an_undecided_order_cannot_be_cancelled() {
    inventory.stock(sku, 5);
    inventory.away(true);
    String orderId =
        refused(
                Status.Code.UNAVAILABLE,
                "ORDER_PENDING",
                () -> orders.placeOrder(order(line(sku, 1)).build()))
            .getMetadataOrThrow("order_id");
    Order pending = get(orderId);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ORDER_STATE",
        () -> orders.cancelOrder(all(pending).build()));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "ORDER_STATE",
        () -> orders.cancelOrder(units(pending, 1).build()));
    inventory.away(false);
    time.advance(Duration.ofMinutes(1));
  }

  @Test
  void while_inventory_is_away_the_wish_is_recorded_and_done_later() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    inventory.away(true);
    CancelOrderRequest request = units(placed, 2).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.cancelOrder(request));
    refused(
        Status.Code.FAILED_PRECONDITION,
        "REQUEST_ID_REUSED",
        () -> orders.cancelOrder(request.toBuilder().setReason("other").build()));
    // Units that are on their way out cannot be cancelled a second time.
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.cancelOrder(units(placed, 4).build()));
    inventory.away(false);
    time.advance(Duration.ofMinutes(1));
    Order order = get(placed.getOrderId());
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(orders.cancelOrder(request).getOrder().getLines(0).getCancelledQuantity())
        .isEqualTo(2);
    assertThat(rows("process")).isZero();
  }

  /** The same as a crash after inventory has given the units back. */
  @Test
  void an_answer_that_was_lost_cancels_once_and_the_feed_may_come_first() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    inventory.deaf(true);
    CancelOrderRequest request = units(placed, 2).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.cancelOrder(request));
    inventory.deaf(false);
    time.settle();
    assertThat(get(placed.getOrderId()).getLines(0).getCancelledQuantity()).isEqualTo(2);

    Order order = orders.cancelOrder(request).getOrder();
    assertThat(order.getLines(0).getCancelledQuantity()).isEqualTo(2);
    assertThat(inventory.available(sku)).isEqualTo(2);
    assertThat(facts(placed.getOrderId()).stream().filter(OrderEvent::hasOrderChanged)).hasSize(1);
    assertThat(rows("process")).isZero();
  }

  /** inventory knows less than we thought: its refusal is the answer, and the wish is forgotten. */
  @Test
  void a_refusal_of_inventory_leaves_no_trace() {
    inventory.stock(sku, 5);
    Order placed = place(5);
    Allocation held = inventory.allocation(placed.getOrderId());
    inventory.forget(placed.getOrderId());
    List<Long> before = allRows();
    refused(
        Status.Code.NOT_FOUND,
        "ALLOCATION_NOT_FOUND",
        () -> orders.cancelOrder(units(placed, 2).build()));
    assertThat(rows("cancellation")).isEqualTo(before.get(7));
    assertThat(rows("process")).isZero();
    inventory.remember(held);
    orders.cancelOrder(units(placed, 5).build());
  }

  private static CancelOrderRequest.Builder all(Order order) {
    return CancelOrderRequest.newBuilder().setRequestId(id()).setOrderId(order.getOrderId());
  }

  private static CancelOrderRequest.Builder units(Order order, long quantity) {
    return all(order)
        .addLines(
            OrderLineQuantity.newBuilder()
                .setLineId(order.getLines(0).getLineId())
                .setQuantity(quantity));
  }
}
