package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListAllocationsResponse;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderState;
import java.util.Comparator;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Compares what order-service believes an order holds with what inventory-service holds for it. */
final class OrderBooks {

  private static final int PAGE_SIZE = 100;

  private OrderBooks() {}

  static Invariant ordersMatchAllocations(Cluster cluster) {
    Books books = new Books();
    forEachOrder(
        cluster,
        order -> {
          if (holdsSomething(order)) {
            books.first(order.getOrderId(), digest(order));
          }
        });
    Pages.forEach(
        token -> {
          ListAllocationsRequest request =
              ListAllocationsRequest.newBuilder()
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(token)
                  .build();
          return cluster.allocations(stub -> stub.listAllocations(request));
        },
        ListAllocationsResponse::getAllocationsList,
        ListAllocationsResponse::getNextPageToken,
        allocation -> {
          if (isOfOrderService(allocation.getOrderId())) {
            books.second(allocation.getOrderId(), digest(allocation));
          }
        });
    return books.outcome(
        "across.orders_match_allocations",
        "Every line of every order has the same quantities in order-service and inventory-service");
  }

  /** Others may allocate too, with ids of their own; those of order-service are UUIDs. */
  private static boolean isOfOrderService(String orderId) {
    try {
      return UUID.fromString(orderId).toString().equals(orderId);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  static void forEachOrder(Cluster cluster, Consumer<Order> orders) {
    Pages.forEach(
        token -> {
          ListOrdersRequest request =
              ListOrdersRequest.newBuilder().setPageSize(PAGE_SIZE).setPageToken(token).build();
          return cluster.orders(stub -> stub.listOrders(request));
        },
        ListOrdersResponse::getOrdersList,
        ListOrdersResponse::getNextPageToken,
        orders);
  }

  /** An order that is not decided yet, or was refused, holds nothing. */
  private static boolean holdsSomething(Order order) {
    return order.getState() != OrderState.ORDER_STATE_PENDING
        && order.getState() != OrderState.ORDER_STATE_REJECTED;
  }

  private static String digest(Order order) {
    return order.getLinesList().stream()
        .sorted(Comparator.comparing(OrderLine::getLineId))
        .map(
            line ->
                quantities(
                    line.getSku(),
                    line.getReservedQuantity(),
                    line.getWaitingQuantity(),
                    line.getShippedQuantity(),
                    line.getCancelledQuantity(),
                    line.getRefusedQuantity(),
                    line.getReturnedQuantity()))
        .collect(Collectors.joining(" "));
  }

  private static String digest(Allocation allocation) {
    return allocation.getLinesList().stream()
        .sorted(Comparator.comparing(AllocationLine::getLineId))
        .map(
            line ->
                quantities(
                    line.getSku(),
                    line.getReservedQuantity(),
                    line.getWaitingQuantity(),
                    line.getShippedQuantity(),
                    line.getReleasedQuantity(),
                    line.getRefusedQuantity(),
                    line.getReturnedQuantity()))
        .collect(Collectors.joining(" "));
  }

  /**
   * For example {@code 85123A:r4w2s0c0x0b0}: reserved, waiting, shipped, cancelled, refused, come
   * back.
   */
  private static String quantities(
      String sku,
      long reserved,
      long waiting,
      long shipped,
      long cancelled,
      long refused,
      long returned) {
    return sku + ":r" + reserved + "w" + waiting + "s" + shipped + "c" + cancelled + "x" + refused
        + "b" + returned;
  }
}
