package dev.backorder.order.shipment;

import dev.backorder.common.v1.Money;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Problem;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.ShipmentChanged;
import dev.backorder.order.v1.ShipmentLine;
import dev.backorder.order.v1.ShipmentProblem;
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
    view.setProblem(problem(shipment.problem().kind()));
    view.setProblemNote(shipment.problem().note());
    shipment.lines().forEach(line -> view.addLines(line(line, shipment.currencyCode())));
    if (shipment.lines().stream().allMatch(line -> line.valueMinor().isPresent())) {
      long value = shipment.lines().stream().mapToLong(l -> l.valueMinor().getAsLong()).sum();
      view.setValue(money(value, shipment.currencyCode()));
    }
    return view.build();
  }

  /** What the warehouse says is wrong. */
  public static Problem fromProto(ShipmentProblem problem, String note) {
    return switch (problem) {
      case SHIPMENT_PROBLEM_MISSING -> new Problem(Problem.Kind.MISSING, note);
      case SHIPMENT_PROBLEM_DAMAGED -> new Problem(Problem.Kind.DAMAGED, note);
      case SHIPMENT_PROBLEM_NO_CAPACITY -> new Problem(Problem.Kind.NO_CAPACITY, note);
      case SHIPMENT_PROBLEM_OTHER -> new Problem(Problem.Kind.OTHER, note);
      case SHIPMENT_PROBLEM_UNSPECIFIED, UNRECOGNIZED -> Problem.NONE;
    };
  }

  private static ShipmentProblem problem(Problem.Kind kind) {
    return kind == Problem.Kind.NONE
        ? ShipmentProblem.SHIPMENT_PROBLEM_UNSPECIFIED
        : ShipmentProblem.valueOf("SHIPMENT_PROBLEM_" + kind);
  }

  private static ShipmentLine line(PackedUnits units, String currencyCode) {
    ShipmentLine.Builder line =
        ShipmentLine.newBuilder()
            .setLineId(units.lineId().toString())
            .setSku(units.sku())
            .setQuantity(units.quantity())
            .setShortQuantity(units.shortUnits());
    units.valueMinor().ifPresent(value -> line.setValue(money(value, currencyCode)));
    return line.build();
  }

  private static Money money(long minor, String currencyCode) {
    return Money.newBuilder().setCurrencyCode(currencyCode).setAmountMinor(minor).build();
  }

  /** The fact that a shipment changed. */
  static OrderEvent changed(Shipment shipment, Order order) {
    return OrderEvent.newBuilder()
        .setShipmentChanged(
            ShipmentChanged.newBuilder().setShipment(toProto(shipment)).setOrder(order))
        .build();
  }
}
