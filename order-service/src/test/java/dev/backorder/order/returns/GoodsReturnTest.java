package dev.backorder.order.returns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class GoodsReturnTest extends OrderServiceTest {
  @Test
  void takes_shipped_units_back() {
    Order shipped = shipped(5);
    Order order = orders.returnOrder(units(shipped, 2).build()).getOrder();
    assertThat(order.getLines(0).getReturnedQuantity()).isEqualTo(2);
    assertThat(order.getState()).isEqualTo(OrderState.ORDER_STATE_SHIPPED);
    assertThat(inventory.available(sku)).isEqualTo(2);
    OrderEvent returned =
        facts(shipped.getOrderId()).stream()
            .filter(OrderEvent::hasOrderChanged)
            .findFirst()
            .orElseThrow();
    assertThat(returned.getOrderChanged().getCause())
        .isEqualTo(OrderChangeCause.ORDER_CHANGE_CAUSE_RETURNED);
  }

  @Test
  void a_repeated_request_returns_once_also_many_times_at_once() {
    Order shipped = shipped(5);
    ReturnOrderRequest request = units(shipped, 2).build();
    List<Order> answers = Stampede.run(6, () -> orders.returnOrder(request).getOrder());
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(inventory.available(sku)).isEqualTo(2);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "REQUEST_ID_REUSED",
        () -> orders.returnOrder(request.toBuilder().setReason("other").build()));
  }

  @Test
  void no_more_comes_back_than_left() {
    Order shipped = shipped(5);
    orders.returnOrder(units(shipped, 4).build());
    List<Long> before = allRows();
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.returnOrder(units(shipped, 2).build()));
    assertThat(allRows()).isEqualTo(before);
  }

  @Test
  void a_place_that_does_not_exist_is_the_answer_and_leaves_no_trace() {
    Order shipped = shipped(5);
    List<Long> before = allRows();
    refused(
        Status.Code.NOT_FOUND,
        "LOCATION_NOT_FOUND",
        () -> orders.returnOrder(units(shipped, 2).setLocation("nowhere").build()));
    assertThat(rows("goods_return")).isEqualTo(before.get(8));
    assertThat(rows("process")).isZero();
    orders.returnOrder(units(shipped, 5).build());
  }

  @Test
  void lost_answers_and_a_silent_inventory_count_once() {
    Order shipped = shipped(5);
    inventory.deaf(true);
    ReturnOrderRequest request = units(shipped, 2).build();
    refused(Status.Code.UNAVAILABLE, "DEPENDENCY_UNAVAILABLE", () -> orders.returnOrder(request));
    inventory.deaf(false);
    time.advance(Duration.ofMinutes(1));
    assertThat(get(shipped.getOrderId()).getLines(0).getReturnedQuantity()).isEqualTo(2);
    assertThat(orders.returnOrder(request).getOrder().getLines(0).getReturnedQuantity())
        .isEqualTo(2);
    assertThat(inventory.available(sku)).isEqualTo(2);
  }

  @Test
  void what_has_not_left_cannot_come_back() {
    inventory.stock(sku, 1);
    Order placed = place(1);
    refused(
        Status.Code.FAILED_PRECONDITION,
        "QUANTITY_TOO_LARGE",
        () -> orders.returnOrder(units(placed, 1).build()));
  }

  private Order shipped(long quantity) {
    inventory.stock(sku, quantity);
    Order placed = place(quantity);
    ShipmentServiceGrpc.ShipmentServiceBlockingStub shipments =
        ShipmentServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    String shipmentId =
        shipments
            .listShipments(
                ListShipmentsRequest.newBuilder().setOrderId(placed.getOrderId()).build())
            .getShipments(0)
            .getShipmentId();
    shipments.confirmShipment(
        ConfirmShipmentRequest.newBuilder().setRequestId(id()).setShipmentId(shipmentId).build());
    return get(placed.getOrderId());
  }

  private static ReturnOrderRequest.Builder units(Order order, long quantity) {
    return ReturnOrderRequest.newBuilder()
        .setRequestId(id())
        .setOrderId(order.getOrderId())
        .setLocation(FakeInventory.LOCATION)
        .addLines(
            OrderLineQuantity.newBuilder()
                .setLineId(order.getLines(0).getLineId())
                .setQuantity(quantity));
  }
}
