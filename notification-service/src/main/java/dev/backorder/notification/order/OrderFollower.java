package dev.backorder.notification.order;

import dev.backorder.notification.delivery.Deliveries;
import dev.backorder.notification.delivery.DeliveryDraft;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderChanged;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderPlaced;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseTold;
import dev.backorder.order.v1.ShipmentChanged;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/**
 * Follows the facts of orders and notes the messages that customers are to get. Each message
 * belongs to a fact with a stable id, so a fact that is seen again, also after a reset of the feed,
 * is not told again.
 */
@ApplicationScoped
public class OrderFollower implements FeedConsumer {
  private final Deliveries deliveries;

  OrderFollower(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  @Override
  public String name() {
    return "notification-service";
  }

  @Override
  public String producer() {
    return "order";
  }

  @Override
  public void handle(List<FeedEvent> events) {
    deliveries.add(events.stream().flatMap(event -> message(event).stream()).toList());
  }

  private static Optional<DeliveryDraft> message(FeedEvent event) {
    OrderEvent payload = event.payload(OrderEvent.parser());
    return switch (payload.getFactCase()) {
      case ORDER_PLACED -> placed(payload.getOrderPlaced(), event);
      case PROMISE_TOLD -> promiseTold(payload.getPromiseTold(), event);
      case ORDER_CHANGED -> changed(payload.getOrderChanged(), event);
      case SHIPMENT_CHANGED -> shipmentChanged(payload.getShipmentChanged(), event);
      case FACT_NOT_SET -> Optional.empty();
    };
  }

  private static Optional<DeliveryDraft> placed(OrderPlaced fact, FeedEvent event) {
    Order order = fact.getOrder();
    String factId = "order-placed:" + order.getOrderId();
    if (order.getState() == OrderState.ORDER_STATE_REJECTED) {
      MessageContent content = OrderContents.rejected(fact);
      return Optional.of(draft(factId, MessageKind.ORDER_REJECTED, order, content, event));
    }
    MessageContent content = OrderContents.placed(fact);
    MessageKind kind =
        content.hasWaiting() ? MessageKind.ORDER_BACKORDERED : MessageKind.ORDER_CONFIRMED;
    return Optional.of(draft(factId, kind, order, content, event));
  }

  private static Optional<DeliveryDraft> promiseTold(PromiseTold fact, FeedEvent event) {
    if (fact.getPromisesCount() == 0) {
      return Optional.empty();
    }
    Order order = fact.getOrder();
    int telling =
        fact.getPromisesList().stream().mapToInt(PromiseRecord::getTelling).max().orElseThrow();
    String told = telling > 0 ? Integer.toString(telling) : event.id().toString();
    return Optional.of(
        draft(
            "promise-told:%s:%s".formatted(order.getOrderId(), told),
            MessageKind.DATE_CHANGED,
            order,
            OrderContents.promiseTold(fact),
            event));
  }

  private static Optional<DeliveryDraft> changed(OrderChanged fact, FeedEvent event) {
    if (fact.getCause() != OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED
        || fact.getChangesCount() == 0) {
      return Optional.empty();
    }
    Order order = fact.getOrder();
    return Optional.of(
        draft(
            "order-cancelled:%s:%d".formatted(order.getOrderId(), event.keyVersion()),
            MessageKind.CANCELLED,
            order,
            OrderContents.cancelled(fact),
            event));
  }

  private static Optional<DeliveryDraft> shipmentChanged(ShipmentChanged fact, FeedEvent event) {
    if (fact.getShipment().getState() != ShipmentState.SHIPMENT_STATE_SHIPPED) {
      return Optional.empty();
    }
    return Optional.of(
        draft(
            "shipment:" + fact.getShipment().getShipmentId(),
            MessageKind.SHIPPED,
            fact.getOrder(),
            OrderContents.shipped(fact),
            event));
  }

  private static DeliveryDraft draft(
      String factId, MessageKind kind, Order order, MessageContent content, FeedEvent event) {
    return new DeliveryDraft(factId, kind, order.getCustomerId(), content, event.correlationId());
  }
}
