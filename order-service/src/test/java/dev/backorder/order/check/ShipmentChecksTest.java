package dev.backorder.order.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each finds the damage that it is there for. */
@QuarkusTest
class ShipmentChecksTest extends OrderServiceTest {
  @Inject Sql sql;

  @Test
  void units_that_are_withheld_without_a_row_are_found() {
    damage(
        "withheld_units_add_up",
        offered(),
        "UPDATE order_line SET withheld_quantity = 1 WHERE order_id = ?",
        "UPDATE order_line SET withheld_quantity = 0 WHERE order_id = ?");
  }

  @Test
  void units_that_are_held_for_nothing_are_found() {
    damage(
        "held_units_wait_for_something",
        offered(),
        "UPDATE order_line SET hold_time = '2026-01-01Z' WHERE order_id = ?",
        "UPDATE order_line SET hold_time = NULL WHERE order_id = ?");
  }

  @Test
  void units_that_are_not_offered_are_found() {
    damage(
        "offers_match_reserved_units",
        offered(),
        "UPDATE shipment_line SET quantity = quantity - 1, short_quantity = 1 WHERE order_id = ?",
        "UPDATE shipment_line SET quantity = quantity + 1, short_quantity = 0 WHERE order_id = ?");
  }

  @Test
  void a_share_that_is_not_the_line_s_and_units_that_were_not_counted_are_found() {
    Order order = shipped();
    damage(
        "shipment_values_add_up",
        order,
        "UPDATE shipment_line SET value_minor = value_minor + 1 WHERE order_id = ?",
        "UPDATE shipment_line SET value_minor = value_minor - 1 WHERE order_id = ?");
    damage(
        "shipment_values_add_up",
        order,
        "UPDATE order_line SET left_quantity = left_quantity - 1 WHERE order_id = ?",
        "UPDATE order_line SET left_quantity = left_quantity + 1 WHERE order_id = ?");
  }

  private Order offered() {
    inventory.stock(sku, 3);
    return place(3);
  }

  private Order shipped() {
    Order order = offered();
    ShipmentServiceGrpc.ShipmentServiceBlockingStub shipments =
        ShipmentServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    String shipmentId =
        shipments
            .listShipments(ListShipmentsRequest.newBuilder().setOrderId(order.getOrderId()).build())
            .getShipments(0)
            .getShipmentId();
    shipments.confirmShipment(
        ConfirmShipmentRequest.newBuilder().setRequestId(id()).setShipmentId(shipmentId).build());
    return order;
  }

  private void damage(String check, Order order, String damage, String repair) {
    UUID orderId = UUID.fromString(order.getOrderId());
    assertThat(wrong()).as("before").isEmpty();
    sql.update(damage, orderId);
    List<String> found = wrong();
    sql.update(repair, orderId);
    assertThat(found).contains(check);
  }

  private static List<String> wrong() {
    return ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
        .getResultsList()
        .stream()
        .filter(result -> !result.getConsistent())
        .map(CheckResult::getCheck)
        .toList();
  }
}
