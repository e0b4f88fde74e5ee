package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Pages;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.notification.v1.MessageKind;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListPromisesResponse;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.ShipmentState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Compares what a customer must have been told about each order with the messages that
 * notification-service recorded.
 */
final class MessageBooks {

  private static final int PAGE_SIZE = 500;

  private MessageBooks() {}

  /** Messages that an order calls for, or has. */
  private static final class Messages {
    private int placed;
    private int dateChanged;
    private int shipped;
    private boolean cancelled;

    String text() {
      return placed
          + " about placing, "
          + dateChanged
          + " about a new date, "
          + shipped
          + " about shipments"
          + (cancelled ? ", cancelled" : "");
    }
  }

  static Invariant factsMatchMessages(Cluster cluster) {
    Map<String, Messages> facts = new HashMap<>();
    OrderBooks.forEachOrder(
        cluster,
        order -> {
          if (order.getState() != OrderState.ORDER_STATE_PENDING) {
            Messages messages = of(facts, order.getOrderId());
            messages.placed = 1;
            messages.cancelled =
                order.getLinesList().stream().anyMatch(line -> line.getCancelledQuantity() > 0);
          }
        });
    countNewDates(cluster, facts);
    StockBooks.forEachShipment(
        cluster,
        shipment -> {
          if (shipment.getState() == ShipmentState.SHIPMENT_STATE_SHIPPED
              || shipment.getState() == ShipmentState.SHIPMENT_STATE_DELIVERED) {
            of(facts, shipment.getOrderId()).shipped++;
          }
        });
    Map<String, Messages> told = new HashMap<>();
    forEachDelivery(cluster, delivery -> count(told, delivery));

    Books books = new Books();
    facts.forEach((order, messages) -> books.first(order, messages.text()));
    told.forEach((order, messages) -> books.second(order, messages.text()));
    return books.outcome(
        "across.facts_match_messages",
        "For each order the customer has one message about its placing, about each new date and about each shipment");
  }

  private static void countNewDates(Cluster cluster, Map<String, Messages> facts) {
    // Promises of one telling share an order and a number; the first telling belongs to the
    // placing.
    Set<String> tellings = new HashSet<>();
    forEachPromise(
        cluster,
        promise -> {
          if (promise.getTelling() > 1
              && tellings.add(promise.getOrderId() + promise.getTelling())) {
            of(facts, promise.getOrderId()).dateChanged++;
          }
        });
  }

  private static void count(Map<String, Messages> told, Delivery delivery) {
    Messages messages = of(told, delivery.getOrderId());
    MessageKind kind = delivery.getKind();
    switch (kind) {
      case MESSAGE_KIND_ORDER_CONFIRMED,
          MESSAGE_KIND_ORDER_BACKORDERED,
          MESSAGE_KIND_ORDER_REJECTED ->
          messages.placed++;
      case MESSAGE_KIND_DATE_CHANGED -> messages.dateChanged++;
      case MESSAGE_KIND_SHIPPED -> messages.shipped++;
      case MESSAGE_KIND_CANCELLED -> messages.cancelled = true;
      default -> {
        // Kinds that later versions add.
      }
    }
  }

  private static Messages of(Map<String, Messages> messages, String orderId) {
    return messages.computeIfAbsent(orderId, id -> new Messages());
  }

  private static void forEachPromise(Cluster cluster, Consumer<PromiseRecord> promises) {
    Pages.forEach(
        token -> {
          ListPromisesRequest request =
              ListPromisesRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(token).build();
          return cluster.promises(stub -> stub.listPromises(request));
        },
        ListPromisesResponse::getPromisesList,
        ListPromisesResponse::getNextPageToken,
        promises);
  }

  static void forEachDelivery(Cluster cluster, Consumer<Delivery> deliveries) {
    Pages.forEach(
        token -> {
          ListDeliveriesRequest request =
              ListDeliveriesRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(token).build();
          return cluster.deliveries(stub -> stub.listDeliveries(request));
        },
        ListDeliveriesResponse::getDeliveriesList,
        ListDeliveriesResponse::getNextPageToken,
        deliveries);
  }
}
