package dev.backorder.order.amend;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.v1.ChangeDestinationRequest;
import dev.backorder.order.v1.ChangeDestinationResponse;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderChanged;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Sends what has not left of an order to another address. */
@ApplicationScoped
public class Redirections {
  private final Orders orders;
  private final RequestLog requests;
  private final Transactions transactions;

  Redirections(Orders orders, RequestLog requests, Transactions transactions) {
    this.orders = orders;
    this.requests = requests;
    this.transactions = transactions;
  }

  /**
   * Replaces the destination of an order.
   *
   * @throws DomainException NOT_FOUND; ABORTED ORDER_VERSION; PRECONDITION ORDER_STATE,
   *     DESTINATION_COUNTRY
   */
  public ChangeDestinationResponse redirect(ChangeDestinationRequest request) {
    return transactions.inNew(
        () ->
            requests.once(
                request.getRequestId(),
                request,
                ChangeDestinationResponse.parser(),
                () -> replace(request)));
  }

  private ChangeDestinationResponse replace(ChangeDestinationRequest request) {
    OrderChange change = orders.open(UUID.fromString(request.getOrderId()));
    Versions.require(change, request.getExpectedVersion());
    String country = change.order().header().destinationCountry();
    Destination to = request.getDestination();
    if (!to.getCountry().isEmpty() && !to.getCountry().equals(country)) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_DESTINATION_COUNTRY,
          "The law and the dates of the order are those of its country; cancel it and place it anew.",
          Map.of("country", country));
    }
    orders.redirect(change, to.toBuilder().setCountry(country).build());
    // The address stays out of the fact: whoever needs it asks for it, until it is erased.
    change.publish(
        order ->
            OrderEvent.newBuilder()
                .setOrderChanged(
                    OrderChanged.newBuilder()
                        .setOrder(order)
                        .setCause(OrderChangeCause.ORDER_CHANGE_CAUSE_DESTINATION))
                .build());
    return ChangeDestinationResponse.newBuilder().setOrder(orders.save(change)).build();
  }
}
