package dev.backorder.systemtests.crash;

import dev.backorder.cli.calls.Pages;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderState;
import dev.backorder.systemtests.testing.BackorderSystem;
import java.util.ArrayList;
import java.util.List;

/** Whole lists, page by page. */
final class Listings {

  private static final int PAGE = 500;

  private Listings() {}

  static List<Order> orders(BackorderSystem system, OrderState... states) {
    List<Order> orders = new ArrayList<>();
    Pages.forEach(
        token -> {
          ListOrdersRequest request =
              ListOrdersRequest.newBuilder()
                  .setPageSize(PAGE)
                  .setPageToken(token)
                  .addAllStates(List.of(states))
                  .build();
          return system.cluster().orders(stub -> stub.listOrders(request));
        },
        ListOrdersResponse::getOrdersList,
        ListOrdersResponse::getNextPageToken,
        orders::add);
    return orders;
  }

  static List<Delivery> deliveries(BackorderSystem system) {
    List<Delivery> deliveries = new ArrayList<>();
    Pages.forEach(
        token -> {
          ListDeliveriesRequest request =
              ListDeliveriesRequest.newBuilder().setPageSize(PAGE).setPageToken(token).build();
          return system.cluster().deliveries(stub -> stub.listDeliveries(request));
        },
        ListDeliveriesResponse::getDeliveriesList,
        ListDeliveriesResponse::getNextPageToken,
        deliveries::add);
    return deliveries;
  }
}
