package dev.backorder.order.ship;

import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.shipment.Shipment;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.RejectShipmentRequest;
import dev.backorder.order.v1.RejectShipmentResponse;
import dev.backorder.order.v1.ResumeShipmentRequest;
import dev.backorder.order.v1.ResumeShipmentResponse;
import dev.backorder.order.v1.UpdateTrackingRequest;
import dev.backorder.order.v1.UpdateTrackingResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a warehouse says of shipments beside that they left: it cannot send one, it can after all,
 * or its tracking code was another. Each is one transaction, once per request.
 */
@ApplicationScoped
class WarehouseAnswers {
  private final Shipments shipments;
  private final Orders orders;
  private final Allocations allocations;
  private final RequestLog requests;
  private final Transactions transactions;

  WarehouseAnswers(
      Shipments shipments,
      Orders orders,
      Allocations allocations,
      RequestLog requests,
      Transactions transactions) {
    this.shipments = shipments;
    this.orders = orders;
    this.allocations = allocations;
    this.requests = requests;
    this.transactions = transactions;
  }

  /** A shipment and its order, open for a change. */
  private record Opened(OrderChange change, Shipment shipment) {}

  /**
   * The warehouse cannot send a shipment: its units are withheld for a time.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND; PRECONDITION SHIPMENT_STATE
   */
  RejectShipmentResponse reject(RejectShipmentRequest request) {
    return transactions.inNew(
        () ->
            requests.once(
                request.getRequestId(),
                request,
                RejectShipmentResponse.parser(),
                () -> {
                  Opened opened = open(request.getShipmentId());
                  Shipment rejected =
                      shipments.reject(
                          opened.change(),
                          opened.shipment(),
                          ShipmentViews.fromProto(request.getReason(), request.getNote()),
                          request.hasPauseHours()
                              ? Optional.of(Duration.ofHours(request.getPauseHours()))
                              : Optional.empty());
                  shipments.resumeDue(opened.change());
                  allocations.offer(opened.change());
                  orders.save(opened.change());
                  return RejectShipmentResponse.newBuilder()
                      .setShipment(ShipmentViews.toProto(rejected))
                      .build();
                }));
  }

  /**
   * Units that are withheld since a shipment was rejected or left short can be sent.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND
   */
  ResumeShipmentResponse resume(ResumeShipmentRequest request) {
    return transactions.inNew(
        () ->
            requests.once(
                request.getRequestId(),
                request,
                ResumeShipmentResponse.parser(),
                () -> {
                  Opened opened = open(request.getShipmentId());
                  shipments.resume(opened.change(), opened.shipment().shipmentId());
                  allocations.offer(opened.change());
                  orders.save(opened.change());
                  return ResumeShipmentResponse.newBuilder()
                      .setShipment(ShipmentViews.toProto(opened.shipment()))
                      .build();
                }));
  }

  /**
   * Carrier and tracking code of a shipment that left are corrected.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND; PRECONDITION SHIPMENT_STATE
   */
  UpdateTrackingResponse updateTracking(UpdateTrackingRequest request) {
    return transactions.inNew(
        () ->
            requests.once(
                request.getRequestId(),
                request,
                UpdateTrackingResponse.parser(),
                () -> {
                  Opened opened = open(request.getShipmentId());
                  Shipment corrected =
                      shipments.retrack(
                          opened.change(),
                          opened.shipment(),
                          request.getCarrier(),
                          request.getTrackingCode());
                  orders.save(opened.change());
                  return UpdateTrackingResponse.newBuilder()
                      .setShipment(ShipmentViews.toProto(corrected))
                      .build();
                }));
  }

  /** The order is locked before its shipment is read. */
  private Opened open(String id) {
    UUID shipmentId = UUID.fromString(id);
    UUID orderId =
        Optional.ofNullable(shipments.ordersOf(List.of(shipmentId)).get(shipmentId))
            .orElseThrow(() -> Shipments.notFound(shipmentId));
    OrderChange change = orders.open(orderId);
    return new Opened(change, shipments.get(shipmentId));
  }
}
