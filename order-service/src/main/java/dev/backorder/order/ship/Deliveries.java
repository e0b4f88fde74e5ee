package dev.backorder.order.ship;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.shipment.Shipment;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmDeliveryResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Records that shipments arrived. */
@ApplicationScoped
public class Deliveries {
  private final Shipments shipments;
  private final Orders orders;
  private final RequestLog requests;
  private final Transactions transactions;

  Deliveries(Shipments shipments, Orders orders, RequestLog requests, Transactions transactions) {
    this.shipments = shipments;
    this.orders = orders;
    this.requests = requests;
    this.transactions = transactions;
  }

  /**
   * Records that a shipment arrived, once per request.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND; PRECONDITION SHIPMENT_STATE
   */
  public ConfirmDeliveryResponse confirm(ConfirmDeliveryRequest request) {
    return transactions.inNew(
        () ->
            requests.once(
                request.getRequestId(),
                request,
                ConfirmDeliveryResponse.parser(),
                () -> arrive(UUID.fromString(request.getShipmentId()))));
  }

  private ConfirmDeliveryResponse arrive(UUID shipmentId) {
    OrderChange change = orders.open(shipments.orderOf(shipmentId));
    Shipment arrived = shipments.arrive(change, shipments.get(shipmentId));
    orders.save(change);
    return ConfirmDeliveryResponse.newBuilder().setShipment(ShipmentViews.toProto(arrived)).build();
  }
}
