package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseOutcome;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The one door out. */
@QuarkusTest
class ConfirmShipmentTest extends WarehouseTest {
  @Test
  void what_the_warehouse_confirms_has_left() {
    stock(3);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    time.advance(Duration.ofHours(2));

    Shipment shipped = confirm(offer);

    assertThat(shipped.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(shipped.getCarrier()).isEqualTo("Royal Mail");
    assertThat(shipped.getTrackingCode()).isEqualTo("RM1");
    assertThat(content(shipped)).isEqualTo(content(offer));
    assertThat(shipped.getValue().getAmountMinor()).isEqualTo(750);
    assertThat(shipped.getVersion()).isGreaterThan(offer.getVersion());
    assertThat(shipped.getShipTime().getSeconds())
        .isEqualTo(offer.getOfferTime().getSeconds() + 7_200);
    assertThat(get(shipped)).isEqualTo(shipped);
    assertThat(told(order)).containsExactly(offer, shipped);
    OrderLine line = get(order).getLines(0);
    assertThat(line.getShippedQuantity()).isEqualTo(3);
    assertThat(line.getReservedQuantity()).isZero();
    assertThat(line.getWaitingQuantity()).isEqualTo(2);
    assertThat(get(order).getVersion()).isGreaterThan(order.getVersion());
    assertThat(shippedInInventory(order)).isEqualTo(3);
    assertThat(promises(order.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsExactly(PromiseOutcome.PROMISE_OUTCOME_KEPT, PromiseOutcome.PROMISE_OUTCOME_OPEN);
  }

  @Test
  void units_that_leave_after_their_day_break_the_promise() {
    stock(3);
    Order order = place(3);
    time.advance(Duration.ofDays(3));

    confirm(onlyShipment(order));

    assertThat(promises(order.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsExactly(PromiseOutcome.PROMISE_OUTCOME_BROKEN);
  }

  @Test
  void the_echo_on_the_feed_changes_nothing() {
    stock(3);
    Order order = place(3);
    Shipment shipped = confirm(onlyShipment(order));
    Order after = get(order);

    time.settle();

    assertThat(get(order)).isEqualTo(after);
    assertThat(shipmentsOf(order)).containsExactly(shipped);
  }

  @Test
  void a_repeated_call_gets_the_first_answer() {
    stock(3);
    Order order = place(3);
    ConfirmShipmentRequest request = confirmation(onlyShipment(order));

    Shipment first = confirm(request);
    deliver(first);

    assertThat(confirm(request)).isEqualTo(first);
    assertThat(shippedInInventory(order)).isEqualTo(3);
  }

  @Test
  void a_request_id_with_other_content_is_refused() {
    stock(3);
    Order order = place(3);
    ConfirmShipmentRequest request = confirmation(onlyShipment(order));
    ConfirmShipmentRequest other = request.toBuilder().setTrackingCode("RM2").build();
    inventory.away(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));

    refused(Status.Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", () -> confirm(other));
    inventory.away(false);
    confirm(request);
    refused(Status.Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", () -> confirm(other));
  }

  @Test
  void what_left_cannot_leave_again() {
    stock(3);
    Order order = place(3);
    Shipment shipped = confirm(onlyShipment(order));

    Map<String, String> metadata =
        refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> confirm(shipped))
            .getMetadataMap();

    assertThat(metadata).containsEntry("state", "SHIPPED").containsEntry("allowed", "OFFERED");
  }

  @Test
  void of_many_confirmations_at_once_one_is_taken() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);

    List<Boolean> taken =
        Stampede.run(
            12,
            () -> {
              try {
                confirm(offer);
                return true;
              } catch (StatusRuntimeException refusal) {
                assertThat(refusal.getStatus().getCode())
                    .isEqualTo(Status.Code.FAILED_PRECONDITION);
                return false;
              }
            });

    assertThat(taken).containsOnlyOnce(true);
    assertThat(shippedInInventory(order)).isEqualTo(3);
  }

  @Test
  void the_same_confirmation_many_times_at_once_happens_once() {
    stock(3);
    Order order = place(3);
    ConfirmShipmentRequest request = confirmation(onlyShipment(order));

    List<Shipment> answers = Stampede.run(12, () -> confirm(request));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(shippedInInventory(order)).isEqualTo(3);
    assertThat(told(order)).hasSize(2);
  }

  @Test
  void while_inventory_is_away_it_is_confirming_and_finished_later() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);
    ConfirmShipmentRequest request = confirmation(offer);
    inventory.away(true);

    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));
    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_CONFIRMING);
    time.advance(Duration.ofMinutes(2));
    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_CONFIRMING);
    inventory.away(false);
    time.advance(Duration.ofMinutes(2));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
    assertThat(confirm(request)).isEqualTo(get(offer));
    assertThat(shippedInInventory(order)).isEqualTo(3);
    assertThat(rows("process")).isZero();
  }

  @Test
  void what_left_in_time_keeps_its_promise_however_late_inventory_records_it() {
    stock(3);
    Order order = place(3);
    ConfirmShipmentRequest request = confirmation(onlyShipment(order));
    inventory.away(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));

    time.advance(Duration.ofDays(3));
    assertThat(promises(order.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsExactly(PromiseOutcome.PROMISE_OUTCOME_OPEN);
    inventory.away(false);
    confirm(request);

    assertThat(promises(order.getOrderId()))
        .extracting(PromiseRecord::getOutcome)
        .containsExactly(PromiseOutcome.PROMISE_OUTCOME_KEPT);
  }

  @Test
  void after_a_lost_answer_the_retry_of_the_caller_finishes_it() {
    stock(3);
    Order order = place(3);
    ConfirmShipmentRequest request = confirmation(onlyShipment(order));
    inventory.deaf(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));
    inventory.deaf(false);

    Shipment shipped = confirm(request);

    assertThat(shipped.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(shippedInInventory(order)).isEqualTo(3);
    assertThat(rows("process")).isZero();
  }

  @Test
  void after_a_lost_answer_the_feed_may_tell_first() {
    stock(3);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    ConfirmShipmentRequest request = confirmation(offer);
    inventory.deaf(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));
    inventory.deaf(false);

    time.settle();
    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_CONFIRMING);
    assertThat(get(order).getLines(0).getShippedQuantity()).isEqualTo(3);
    // What comes now is offered, though the parcel before it is still being recorded.
    fill(order, 2);
    Shipment second = shipmentsOf(order).get(1);
    assertThat(content(second)).isEqualTo(Map.of(sku, 2L));
    time.advance(Duration.ofMinutes(1));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(get(order).getLines(0).getShippedQuantity()).isEqualTo(3);
    assertThat(get(second)).isEqualTo(second);
    assertThat(confirm(request)).isEqualTo(get(offer));
  }

  @Test
  void what_is_being_confirmed_cannot_be_cancelled_the_rest_can() {
    stock(3);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    inventory.away(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(offer));
    inventory.away(false);

    refused(Status.Code.FAILED_PRECONDITION, "QUANTITY_TOO_LARGE", () -> cancel(order, 3));
    cancelAll(order);
    refused(Status.Code.FAILED_PRECONDITION, "ORDER_STATE", () -> cancelAll(order));
    time.advance(Duration.ofMinutes(2));

    OrderLine line = get(order).getLines(0);
    assertThat(line.getShippedQuantity()).isEqualTo(3);
    assertThat(line.getCancelledQuantity()).isEqualTo(2);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
  }

  @Test
  void a_cancellation_that_races_a_confirmation_never_gets_its_units() {
    for (int round = 0; round < 15; round++) {
      String item = sku + "-" + round;
      stock(item, 4);
      Order order = place(order(line(item, 6)));
      Shipment offer = onlyShipment(order);
      long cancelled = 1L + round % 6;

      Stampede.run(
          2,
          thread ->
              () -> tried(thread == 0 ? () -> confirm(offer) : () -> cancel(order, cancelled)));
      time.settle();

      OrderLine line = get(order).getLines(0);
      long left =
          shipmentsOf(order).stream()
              .filter(s -> s.getState() == ShipmentState.SHIPMENT_STATE_SHIPPED)
              .mapToLong(s -> s.getLines(0).getQuantity())
              .sum();
      assertThat(line.getShippedQuantity()).isEqualTo(left).isEqualTo(shippedInInventory(order));
      assertThat(line.getCancelledQuantity()).isIn(0L, cancelled);
    }
  }

  @Test
  void when_units_have_vanished_the_rest_is_offered_again() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);
    inventory.vanish(order.getOrderId(), sku, 1, day(7));
    ConfirmShipmentRequest request = confirmation(offer);

    refused(Status.Code.FAILED_PRECONDITION, "QUANTITY_TOO_LARGE", () -> confirm(request));

    Shipment again = onlyShipment(order);
    assertThat(again.getShipmentId()).isEqualTo(offer.getShipmentId());
    assertThat(again.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(again.getCarrier()).isEmpty();
    assertThat(again.hasShipTime()).isFalse();
    assertThat(content(again)).isEqualTo(Map.of(sku, 2L));
    assertThat(told(order)).endsWith(again);
    assertThat(rows("process")).isZero();
    assertThat(confirm(request).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(shippedInInventory(order)).isEqualTo(2);
    assertThat(get(order).getLines(0).getWaitingQuantity()).isEqualTo(1);
  }

  @Test
  void when_all_units_have_vanished_it_is_withdrawn() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);
    inventory.vanish(order.getOrderId(), sku, 3, day(7));

    refused(Status.Code.FAILED_PRECONDITION, "QUANTITY_TOO_LARGE", () -> confirm(offer));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_WITHDRAWN);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_BACKORDERED);
  }

  @Test
  void when_units_have_vanished_and_others_came_one_offer_holds_them_all() {
    stock(3);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    inventory.away(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(offer));
    fill(order, 2);
    assertThat(shipmentsOf(order)).hasSize(2);
    inventory.vanish(order.getOrderId(), sku, 4, day(7));
    inventory.away(false);

    time.advance(Duration.ofMinutes(2));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_WITHDRAWN);
    Shipment other = shipmentsOf(order).get(1);
    assertThat(other.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(content(other)).isEqualTo(Map.of(sku, 1L));
    assertThat(rows("process")).isZero();
  }

  @Test
  void a_shipment_that_nobody_offered_is_not_found() {
    Shipment none = Shipment.newBuilder().setShipmentId(id()).build();

    refused(Status.Code.NOT_FOUND, "SHIPMENT_NOT_FOUND", () -> confirm(none));
    refused(Status.Code.NOT_FOUND, "SHIPMENT_NOT_FOUND", () -> deliver(none));
    refused(
        Status.Code.NOT_FOUND,
        "SHIPMENT_NOT_FOUND",
        () ->
            shipments.getShipment(
                GetShipmentRequest.newBuilder().setShipmentId(none.getShipmentId()).build()));
  }

  private long shippedInInventory(Order order) {
    return inventory.allocation(order.getOrderId()).getLines(0).getShippedQuantity();
  }

  /** Does something that may be refused. */
  private static boolean tried(Runnable call) {
    try {
      call.run();
      return true;
    } catch (StatusRuntimeException refusal) {
      assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      return false;
    }
  }
}
