package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentLine;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.platform.testing.GrpcTestChannel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The words of the warehouse, for tests about shipments. */
abstract class WarehouseTest extends OrderServiceTest {
  final ShipmentServiceGrpc.ShipmentServiceBlockingStub shipments =
      ShipmentServiceGrpc.newBlockingStub(GrpcTestChannel.channel());

  /** So many units of this test's item are there; more of it comes in ten days. */
  void stock(long units) {
    stock(sku, units);
  }

  void stock(String item, long units) {
    inventory.stock(item, units);
    inventory.expect(item, day(10));
  }

  Order get(Order known) {
    return get(known.getOrderId());
  }

  /** Cancels units of the first line. */
  Order cancel(Order order, long units) {
    OrderLineQuantity part =
        OrderLineQuantity.newBuilder()
            .setLineId(order.getLines(0).getLineId())
            .setQuantity(units)
            .build();
    return orders.cancelOrder(cancellation(order).addLines(part).build()).getOrder();
  }

  Order cancelAll(Order order) {
    return orders.cancelOrder(cancellation(order).build()).getOrder();
  }

  private static CancelOrderRequest.Builder cancellation(Order order) {
    return CancelOrderRequest.newBuilder().setRequestId(id()).setOrderId(order.getOrderId());
  }

  /** Waiting units of this test's item get stock, and the news arrives. */
  void fill(Order order, long units) {
    inventory.fill(order.getOrderId(), sku, units, day(1));
    time.settle();
  }

  List<Shipment> shipmentsOf(Order order) {
    return shipments
        .listShipments(ListShipmentsRequest.newBuilder().setOrderId(order.getOrderId()).build())
        .getShipmentsList();
  }

  Shipment onlyShipment(Order order) {
    List<Shipment> found = shipmentsOf(order);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  Shipment get(Shipment known) {
    return shipments
        .getShipment(GetShipmentRequest.newBuilder().setShipmentId(known.getShipmentId()).build())
        .getShipment();
  }

  /** Units by sku. */
  static Map<String, Long> content(Shipment shipment) {
    Map<String, Long> units = new TreeMap<>();
    for (ShipmentLine line : shipment.getLinesList()) {
      units.merge(line.getSku(), line.getQuantity(), Math::addExact);
    }
    return units;
  }

  static ConfirmShipmentRequest confirmation(Shipment shipment) {
    return ConfirmShipmentRequest.newBuilder()
        .setRequestId(id())
        .setShipmentId(shipment.getShipmentId())
        .setCarrier("Royal Mail")
        .setTrackingCode("RM1")
        .build();
  }

  Shipment confirm(ConfirmShipmentRequest request) {
    return shipments.confirmShipment(request).getShipment();
  }

  Shipment confirm(Shipment shipment) {
    return confirm(confirmation(shipment));
  }

  static ConfirmDeliveryRequest delivery(Shipment shipment) {
    return ConfirmDeliveryRequest.newBuilder()
        .setRequestId(id())
        .setShipmentId(shipment.getShipmentId())
        .build();
  }

  Shipment deliver(Shipment shipment) {
    return shipments.confirmDelivery(delivery(shipment)).getShipment();
  }

  /** What the feed tells about shipments of an order, oldest first. */
  List<Shipment> told(Order order) {
    return facts(order.getOrderId()).stream()
        .filter(OrderEvent::hasShipmentChanged)
        .map(fact -> fact.getShipmentChanged().getShipment())
        .toList();
  }
}
