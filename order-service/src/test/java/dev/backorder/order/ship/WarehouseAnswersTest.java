package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Price;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.RejectShipmentRequest;
import dev.backorder.order.v1.ResumeShipmentRequest;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentLine;
import dev.backorder.order.v1.ShipmentProblem;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.order.v1.UpdateTrackingRequest;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the warehouse says beside "it left": less left, it cannot be sent, the code was wrong. */
@QuarkusTest
class WarehouseAnswersTest extends WarehouseTest {
  @Test
  void D09_a_package_of_which_some_units_wait_is_two() {
    stock(4);
    Order order = place(9);

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 4L));
    confirm(onlyShipment(order));
    fill(order, 5);

    assertThat(shipmentsOf(order))
        .extracting(WarehouseTest::content)
        .containsExactly(Map.of(sku, 4L), Map.of(sku, 5L));
  }

  @Test
  void D11_two_portions_of_a_line_are_one_line_of_the_shipment() {
    stock(5);
    Order order = place(6);
    inventory.fill(order.getOrderId(), sku, 1, day(3));
    time.settle();
    assertThat(get(order).getLines(0).getPortionsCount()).isEqualTo(2);

    Shipment shipped = confirm(onlyShipment(order));

    assertThat(shipped.getLinesList()).extracting(ShipmentLine::getQuantity).containsExactly(6L);
    Order after = get(order);
    assertThat(after.getLines(0).getPortionsCount()).isZero();
    assertThat(after.getLines(0).getReservedQuantity()).isZero();
    assertThat(after.getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
  }

  @Test
  void what_did_not_fit_is_offered_again_at_once() {
    stock(5);
    Order order = place(5);
    ConfirmShipmentRequest request =
        shortOf(onlyShipment(order), 3, ShipmentProblem.SHIPMENT_PROBLEM_NO_CAPACITY);

    Shipment left = confirm(request);

    assertThat(left.getLines(0).getQuantity()).isEqualTo(3);
    assertThat(left.getLines(0).getShortQuantity()).isEqualTo(2);
    assertThat(left.getProblem()).isEqualTo(ShipmentProblem.SHIPMENT_PROBLEM_NO_CAPACITY);
    assertThat(get(order).getLines(0).getShippedQuantity()).isEqualTo(3);
    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 2L));
    assertThat(confirm(request)).isEqualTo(left);
    assertThat(get(left)).isEqualTo(left);
  }

  @Test
  void what_is_missing_is_withheld_until_the_pause_is_over() {
    stock(5);
    Order order = place(5);
    confirm(shortOf(onlyShipment(order), 3, ShipmentProblem.SHIPMENT_PROBLEM_MISSING));
    assertThat(shipmentsOf(order)).hasSize(1);

    time.advance(Duration.ofHours(23));
    assertThat(shipmentsOf(order)).hasSize(1);
    time.advance(Duration.ofHours(2));

    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 2L));
    assertThat(rows("withheld_units")).isZero();
  }

  @Test
  void what_the_count_finds_gone_is_not_withheld_any_more() {
    stock(5);
    Order order = place(5);
    confirm(shortOf(onlyShipment(order), 3, ShipmentProblem.SHIPMENT_PROBLEM_DAMAGED));

    inventory.tellAgain(inventory.vanish(order.getOrderId(), sku, 2, day(5)));
    time.settle();
    assertThat(rows("withheld_units")).isZero();
    fill(order, 2);

    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 2L));
  }

  @Test
  void units_that_are_withheld_may_be_cancelled() {
    stock(5);
    Order order = place(5);
    reject(onlyShipment(order));

    cancel(order, 3);
    resume(shipmentsOf(order).get(0));

    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(sku, 2L));
    cancelAll(order);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_CANCELLED);
  }

  @Test
  void a_short_shipment_is_finished_after_a_crash_as_it_was_said() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    ConfirmShipmentRequest request = shortOf(offer, 3, ShipmentProblem.SHIPMENT_PROBLEM_MISSING);
    inventory.deaf(true);
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> confirm(request));
    inventory.deaf(false);
    time.advance(Duration.ofMinutes(2));

    assertThat(get(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(get(offer).getLines(0).getShortQuantity()).isEqualTo(2);
    assertThat(shipmentsOf(order)).hasSize(1);
    assertThat(confirm(request)).isEqualTo(get(offer));
  }

  @Test
  void a_short_shipment_that_inventory_refuses_is_offered_whole_again() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    inventory.vanish(order.getOrderId(), sku, 4, day(5));

    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> confirm(shortOf(offer, 3, ShipmentProblem.SHIPMENT_PROBLEM_MISSING)));

    assertThat(content(get(offer))).isEqualTo(Map.of(sku, 1L));
    assertThat(get(offer).getLines(0).getShortQuantity()).isZero();
    assertThat(get(offer).getProblem()).isEqualTo(ShipmentProblem.SHIPMENT_PROBLEM_UNSPECIFIED);
    confirm(get(offer));
  }

  @Test
  void a_line_may_fall_short_altogether() {
    String pens = sku + "-pens";
    stock(2);
    stock(pens, 2);
    Order order = place(order(line(sku, 2), line(pens, 2)));

    Shipment left =
        confirm(shortOf(onlyShipment(order), 2, ShipmentProblem.SHIPMENT_PROBLEM_OTHER));

    assertThat(content(left)).isEqualTo(Map.of(sku, 2L, pens, 0L));
    assertThat(content(shipmentsOf(order).get(1))).isEqualTo(Map.of(pens, 2L));
  }

  @Test
  void more_than_was_offered_cannot_have_left() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    List<Long> before = allRows();

    Map<String, String> metadata =
        refused(
                Status.Code.FAILED_PRECONDITION,
                "SHIPPED_MORE_THAN_OFFERED",
                () -> confirm(shortOf(offer, 6, ShipmentProblem.SHIPMENT_PROBLEM_OTHER)))
            .getMetadataMap();
    refused(
        Status.Code.NOT_FOUND,
        "LINE_NOT_FOUND",
        () ->
            confirm(
                shortOf(offer, 2, ShipmentProblem.SHIPMENT_PROBLEM_OTHER).toBuilder()
                    .addLines(OrderLineQuantity.newBuilder().setLineId(id()).setQuantity(1))
                    .build()));

    assertThat(metadata).containsEntry("offered", "5").containsEntry("shipped", "6");
    assertThat(allRows()).isEqualTo(before);
    assertThat(get(offer)).isEqualTo(offer);
  }

  @Test
  void lines_and_reason_come_together_and_each_line_once() {
    stock(5);
    Shipment offer = onlyShipment(place(5));
    ConfirmShipmentRequest good = shortOf(offer, 2, ShipmentProblem.SHIPMENT_PROBLEM_OTHER);
    for (ConfirmShipmentRequest bad :
        List.of(
            good.toBuilder().clearShortReason().build(),
            good.toBuilder().clearLines().build(),
            good.toBuilder().addLines(good.getLines(0)).build(),
            confirmation(offer).toBuilder().setShortNote("why").build())) {
      refused(Status.Code.INVALID_ARGUMENT, "INVALID_FIELDS", () -> confirm(bad));
    }
  }

  @Test
  void a_rejected_shipment_is_closed_and_its_units_are_offered_after_the_pause() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);

    Shipment rejected = reject(offer);

    assertThat(rejected.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_REJECTED);
    assertThat(rejected.getProblem()).isEqualTo(ShipmentProblem.SHIPMENT_PROBLEM_MISSING);
    assertThat(rejected.getProblemNote()).isEqualTo("shelf empty");
    assertThat(told(order)).containsExactly(offer, rejected);
    assertThat(get(order).getLines(0).getReservedQuantity()).isEqualTo(5);
    refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> confirm(offer));
    refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> reject(offer));
    assertThat(shipmentsOf(order)).containsExactly(rejected);
    time.advance(Duration.ofHours(25));

    Shipment again = shipmentsOf(order).get(1);
    assertThat(content(again)).isEqualTo(Map.of(sku, 5L));
    assertThat(confirm(again).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
  }

  @Test
  void a_pause_of_no_hours_offers_at_once_and_a_long_one_can_be_ended() {
    stock(10);
    Order atOnce = place(5);
    shipments.rejectShipment(rejection(onlyShipment(atOnce)).setPauseHours(0).build());
    assertThat(shipmentsOf(atOnce)).hasSize(2);

    Order later = place(5);
    Shipment offer = onlyShipment(later);
    shipments.rejectShipment(rejection(offer).setPauseHours(720).build());
    time.advance(Duration.ofDays(3));
    assertThat(shipmentsOf(later)).hasSize(1);
    resume(offer);
    resume(offer);
    assertThat(shipmentsOf(later)).hasSize(2);
  }

  @Test
  void a_rejection_and_a_correction_many_times_at_once_happen_once() {
    stock(10);
    Order order = place(5);
    RejectShipmentRequest reject = rejection(onlyShipment(order)).build();
    List<Shipment> rejected = Stampede.run(8, () -> shipments.rejectShipment(reject).getShipment());
    assertThat(rejected).allMatch(rejected.get(0)::equals);
    assertThat(told(order)).hasSize(2);
    resume(rejected.get(0));

    Shipment left = confirm(shipmentsOf(order).get(1));
    UpdateTrackingRequest update = tracking(left);
    List<Shipment> corrected =
        Stampede.run(8, () -> shipments.updateTracking(update).getShipment());
    assertThat(corrected).allMatch(corrected.get(0)::equals);
  }

  @Test
  void of_a_confirmation_and_a_rejection_at_once_one_is_taken() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    List<Boolean> taken =
        Stampede.run(
            8,
            () -> {
              try {
                if (Thread.currentThread().getId() % 2 == 0) {
                  confirm(offer);
                } else {
                  reject(offer);
                }
                return true;
              } catch (io.grpc.StatusRuntimeException refusal) {
                return false;
              }
            });
    assertThat(taken).containsOnlyOnce(true);
  }

  @Test
  void tracking_is_corrected_after_it_left_and_not_before() {
    stock(5);
    Order order = place(5);
    Shipment offer = onlyShipment(order);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "SHIPMENT_STATE",
        () -> shipments.updateTracking(tracking(offer)));
    Shipment left = confirm(offer);

    Shipment corrected = shipments.updateTracking(tracking(left)).getShipment();

    assertThat(corrected.getTrackingCode()).isEqualTo("DHL9");
    assertThat(corrected.getShipTime()).isEqualTo(left.getShipTime());
    assertThat(told(order)).endsWith(corrected);
    Shipment arrived = deliver(corrected);
    assertThat(arrived.getTrackingCode()).isEqualTo("DHL9");
    assertThat(shipments.updateTracking(tracking(arrived)).getShipment().getState())
        .isEqualTo(ShipmentState.SHIPMENT_STATE_DELIVERED);
  }

  @Test
  void shipments_cost_their_share_and_together_the_whole_line() {
    stock(1);
    // Three for a euro: 33, 34 and 33 cents.
    PlaceOrderLine line =
        line(sku, 3).toBuilder()
            .setPrice(
                Price.newBuilder().setCurrencyCode("EUR").setAmountMinor(100).setPriceQuantity(3))
            .build();
    Order order = place(order(line));
    Shipment first = confirm(onlyShipment(order));
    fill(order, 1);
    Shipment second = confirm(shipmentsOf(order).get(1));
    fill(order, 1);
    assertThat(shipmentsOf(order).get(2).hasValue()).isFalse();
    Shipment third = confirm(shipmentsOf(order).get(2));

    assertThat(List.of(first, second, third))
        .extracting(s -> s.getValue().getAmountMinor())
        .containsExactly(33L, 34L, 33L);
    assertThat(first.getValue().getCurrencyCode()).isEqualTo("EUR");
    assertThat(deliver(second).getValue()).isEqualTo(second.getValue());
  }

  private static ConfirmShipmentRequest shortOf(
      Shipment shipment, long left, ShipmentProblem reason) {
    return confirmation(shipment).toBuilder()
        .addLines(
            OrderLineQuantity.newBuilder()
                .setLineId(shipment.getLines(0).getLineId())
                .setQuantity(left))
        .setShortReason(reason)
        .build();
  }

  private static RejectShipmentRequest.Builder rejection(Shipment shipment) {
    return RejectShipmentRequest.newBuilder()
        .setRequestId(id())
        .setShipmentId(shipment.getShipmentId())
        .setReason(ShipmentProblem.SHIPMENT_PROBLEM_MISSING)
        .setNote("shelf empty");
  }

  private Shipment reject(Shipment shipment) {
    return shipments.rejectShipment(rejection(shipment).build()).getShipment();
  }

  private void resume(Shipment shipment) {
    shipments.resumeShipment(
        ResumeShipmentRequest.newBuilder()
            .setRequestId(id())
            .setShipmentId(shipment.getShipmentId())
            .build());
  }

  private static UpdateTrackingRequest tracking(Shipment shipment) {
    return UpdateTrackingRequest.newBuilder()
        .setRequestId(id())
        .setShipmentId(shipment.getShipmentId())
        .setCarrier("DHL")
        .setTrackingCode("DHL9")
        .build();
  }
}
