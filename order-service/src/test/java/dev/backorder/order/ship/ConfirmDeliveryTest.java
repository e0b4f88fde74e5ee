package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLineState;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ConfirmDeliveryTest extends WarehouseTest {
  @Test
  void what_the_carrier_says_arrived_is_delivered() {
    stock(3);
    Order order = place(3);
    Shipment shipped = confirm(onlyShipment(order));
    time.advance(Duration.ofDays(1));

    Shipment arrived = deliver(shipped);

    assertThat(arrived.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_DELIVERED);
    assertThat(arrived.getDeliverTime().getSeconds())
        .isEqualTo(shipped.getShipTime().getSeconds() + 86_400);
    assertThat(arrived.getShipTime()).isEqualTo(shipped.getShipTime());
    assertThat(get(arrived)).isEqualTo(arrived);
    assertThat(told(order)).endsWith(shipped, arrived);
    Order after = get(order);
    assertThat(after.getState()).isEqualTo(OrderState.ORDER_STATE_DELIVERED);
    assertThat(after.getLines(0).getDeliveredQuantity()).isEqualTo(3);
    assertThat(after.getLines(0).getState()).isEqualTo(OrderLineState.ORDER_LINE_STATE_DELIVERED);
  }

  @Test
  void an_order_is_delivered_when_its_last_parcel_arrived() {
    stock(1);
    Order order = place(3);
    Shipment first = confirm(onlyShipment(order));
    fill(order, 2);
    Shipment second = confirm(shipmentsOf(order).get(1));

    deliver(second);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
    deliver(first);
    assertThat(get(order).getState()).isEqualTo(OrderState.ORDER_STATE_DELIVERED);
  }

  @Test
  void what_has_not_left_cannot_arrive() {
    stock(3);
    Order order = place(3);
    Shipment offer = onlyShipment(order);

    refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> deliver(offer));

    assertThat(get(offer)).isEqualTo(offer);
  }

  @Test
  void a_repeated_call_gets_the_first_answer_and_another_one_is_refused() {
    stock(3);
    Order order = place(3);
    Shipment shipped = confirm(onlyShipment(order));
    ConfirmDeliveryRequest request = delivery(shipped);

    List<Shipment> answers =
        Stampede.run(8, () -> shipments.confirmDelivery(request).getShipment());

    assertThat(answers).allMatch(answers.get(0)::equals);
    refused(Status.Code.FAILED_PRECONDITION, "SHIPMENT_STATE", () -> deliver(shipped));
    assertThat(get(order).getLines(0).getDeliveredQuantity()).isEqualTo(3);
    assertThat(told(order)).hasSize(3);
  }
}
