package dev.backorder.order.shipment;

import dev.backorder.order.order.OrderViews;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.ShipmentChanged;
import dev.backorder.order.v1.ShipmentLine;
import dev.backorder.order.v1.ShipmentState;

/** Shipments in the words of the contract. */
public final class ShipmentViews {
  private ShipmentViews() {}

  /** The shipment. */
  public static dev.backorder.order.v1.Shipment toProto(Shipment shipment) {
    dev.backorder.order.v1.Shipment.Builder view =
        dev.backorder.order.v1.Shipment.newBuilder()
            .setShipmentId(shipment.shipmentId().toString())
            .setOrderId(shipment.orderId().toString())
            .setLocation(shipment.location())
            .setState(ShipmentState.valueOf("SHIPMENT_STATE_" + shipment.state()))
            .setCarrier(shipment.carrier())
            .setTrackingCode(shipment.trackingCode())
            .setOfferTime(OrderViews.timestamp(shipment.offerTime()))
            .setVersion(shipment.version());
    shipment.shipTime().ifPresent(time -> view.setShipTime(OrderViews.timestamp(time)));
    shipment.deliverTime().ifPresent(time -> view.setDeliverTime(OrderViews.timestamp(time)));
    shipment
        .lines()
        .forEach(
            line ->
                view.addLines(
                    ShipmentLine.newBuilder()
                        .setLineId(line.lineId().toString())
                        .setSku(line.sku())
                        .setQuantity(line.quantity())));
    return view.build();
  }

  /** The fact that a shipment changed. */
  static OrderEvent changed(Shipment shipment, Order order) {
    return OrderEvent.newBuilder()
        .setShipmentChanged(
            ShipmentChanged.newBuilder().setShipment(toProto(shipment)).setOrder(order))
        .build();
  }
}
