package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderLine;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the warehouse is offered. */
@QuarkusTest
class OfferTest extends WarehouseTest {
  @Test
  void what_is_reserved_is_offered_at_once() {
    stock(2);
    stock(sku + "-pens", 5);

    Order order = place(order(line(sku, 4), line(sku + "-pens", 3)));

    Shipment offer = onlyShipment(order);
    assertThat(offer.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(offer.getLocation()).isEqualTo(FakeInventory.LOCATION);
    assertThat(offer.getVersion()).isEqualTo(1);
    assertThat(offer.getOfferTime()).isEqualTo(order.getPlaceTime());
    assertThat(offer.hasShipTime()).isFalse();
    assertThat(offer.getLines(0).getLineId()).isEqualTo(order.getLines(0).getLineId());
    assertThat(content(offer)).isEqualTo(Map.of(sku, 2L, sku + "-pens", 3L));
    assertThat(told(order)).containsExactly(offer);
    assertThat(get(offer)).isEqualTo(offer);
  }

  @Test
  void each_location_gets_an_offer_of_its_own() {
    String far = FakeInventory.FAR_LOCATION + "/" + sku;
    stock(5);
    stock(far, 5);

    Order order = place(order(line(sku, 2), line(far, 1)));

    assertThat(shipmentsOf(order))
        .extracting(Shipment::getLocation)
        .containsExactlyInAnyOrder(FakeInventory.LOCATION, FakeInventory.FAR_LOCATION);
    assertThat(told(order)).containsExactlyElementsOf(shipmentsOf(order));
  }

  @Test
  void nothing_is_offered_of_an_order_that_waits() {
    stock(0);

    assertThat(shipmentsOf(place(3))).isEmpty();
  }

  @Test
  void a_fill_is_offered_and_a_second_one_grows_the_offer() {
    stock(0);
    Order order = place(5);

    fill(order, 2);
    Shipment first = onlyShipment(order);
    fill(order, 3);
    Shipment grown = onlyShipment(order);

    assertThat(content(first)).isEqualTo(Map.of(sku, 2L));
    assertThat(content(grown)).isEqualTo(Map.of(sku, 5L));
    assertThat(grown.getShipmentId()).isEqualTo(first.getShipmentId());
    assertThat(grown.getVersion()).isEqualTo(2);
    assertThat(told(order)).containsExactly(first, grown);
  }

  @Test
  void a_fill_after_the_first_parcel_left_is_a_second_shipment() {
    stock(1);
    Order order = place(3);
    Shipment first = confirm(onlyShipment(order));
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_PARTLY_BACKORDERED);

    fill(order, 2);

    List<Shipment> both = shipmentsOf(order);
    assertThat(both).hasSize(2);
    assertThat(both.get(0)).isEqualTo(first);
    assertThat(content(both.get(1))).isEqualTo(Map.of(sku, 2L));
    confirm(both.get(1));
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
  }

  @Test
  void cancelled_units_leave_the_offer() {
    stock(5);
    Order order = place(5);

    cancel(order, 2);

    Shipment offer = onlyShipment(order);
    assertThat(offer.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(content(offer)).isEqualTo(Map.of(sku, 3L));
  }

  @Test
  void cancelled_units_leave_the_offer_before_inventory_knows() {
    stock(5);
    Order order = place(5);
    inventory.away(true);

    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> cancel(order, 2));

    assertThat(content(onlyShipment(order))).isEqualTo(Map.of(sku, 3L));
  }

  @Test
  void cancelling_waiting_units_leaves_the_offer_alone() {
    stock(3);
    Order order = place(5);
    Shipment before = onlyShipment(order);

    cancel(order, 2);

    assertThat(onlyShipment(order)).isEqualTo(before);
  }

  @Test
  void an_offer_of_which_everything_is_cancelled_is_withdrawn() {
    stock(2);
    Order order = place(3);

    cancelAll(order);

    Shipment withdrawn = onlyShipment(order);
    assertThat(withdrawn.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_WITHDRAWN);
    assertThat(content(withdrawn)).isEqualTo(Map.of(sku, 2L));
    assertThat(told(order)).endsWith(withdrawn);
    refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> confirm(withdrawn));
  }

  @Test
  void units_that_vanish_are_withdrawn_and_offered_anew_when_they_come_back() {
    stock(2);
    Order order = place(2);
    Shipment first = onlyShipment(order);

    inventory.tellAgain(inventory.vanish(order.getOrderId(), sku, 2, day(5)));
    time.settle();
    assertThat(get(first).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_WITHDRAWN);
    fill(order, 2);

    List<Shipment> both = shipmentsOf(order);
    assertThat(both).hasSize(2);
    assertThat(both.get(1).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_OFFERED);
    assertThat(content(both.get(1))).isEqualTo(Map.of(sku, 2L));
  }

  @Test
  void an_order_of_many_lines_is_one_offer_and_leaves_in_one_piece() {
    PlaceOrderLine[] lines =
        IntStream.range(0, 1_100)
            .mapToObj(i -> line(sku + "-" + i, 1 + i % 2))
            .peek(line -> stock(line.getSku(), 2))
            .toArray(PlaceOrderLine[]::new);

    Order order = place(order(lines));
    Shipment offer = onlyShipment(order);

    assertThat(offer.getLinesList())
        .extracting(line -> line.getSku() + " " + line.getQuantity())
        .containsExactly(
            Arrays.stream(lines)
                .map(line -> line.getSku() + " " + line.getQuantity())
                .toArray(String[]::new));
    assertThat(confirm(offer).getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
  }
}
