package dev.backorder.order.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListPromisesResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseServiceGrpc;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OrderReadsTest extends OrderServiceTest {
  @Test
  void pages_through_all_orders_in_the_order_of_placing() {
    inventory.stock(sku, 100);
    String customer = "pages-" + sku;
    List<Order> placed =
        IntStream.range(0, 7)
            .mapToObj(i -> place(order(line(sku, 1 + i)).setCustomerId(customer)))
            .toList();
    ListOrdersRequest.Builder request =
        ListOrdersRequest.newBuilder().setPageSize(3).setCustomerId(customer);
    List<Order> found = new ArrayList<>();
    int pages = 0;
    do {
      ListOrdersResponse page = orders.listOrders(request.build());
      found.addAll(page.getOrdersList());
      request.setPageToken(page.getNextPageToken());
      pages++;
    } while (!request.getPageToken().isEmpty());
    assertThat(found).isEqualTo(placed);
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void filters_by_state_and_reference() {
    inventory.stock(sku, 1);
    inventory.expect(sku, day(5));
    String customer = "filter-" + sku;
    Order reserved = place(order(line(sku, 1)).setCustomerId(customer).setReference(sku + "-a"));
    Order waiting = place(order(line(sku, 1)).setCustomerId(customer).setReference(sku + "-b"));
    ListOrdersRequest.Builder byState =
        ListOrdersRequest.newBuilder()
            .setCustomerId(customer)
            .addStates(OrderState.ORDER_STATE_BACKORDERED)
            .addStates(OrderState.ORDER_STATE_PARTLY_BACKORDERED);
    assertThat(orders.listOrders(byState.build()).getOrdersList()).containsExactly(waiting);
    assertThat(
            orders
                .listOrders(ListOrdersRequest.newBuilder().setReference(sku + "-a").build())
                .getOrdersList())
        .containsExactly(reserved);
  }

  @Test
  void a_token_of_another_list_is_refused() {
    inventory.stock(sku, 10);
    String customer = "token-" + sku;
    IntStream.range(0, 2).forEach(i -> place(order(line(sku, 1)).setCustomerId(customer)));
    String token =
        orders
            .listOrders(
                ListOrdersRequest.newBuilder().setPageSize(1).setCustomerId(customer).build())
            .getNextPageToken();
    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELDS",
        () -> orders.listOrders(ListOrdersRequest.newBuilder().setPageToken(token).build()));
  }

  @Test
  void a_page_of_huge_orders_ends_early() {
    inventory.stock(sku, 100_000);
    String customer = "huge-" + sku;
    for (int i = 0; i < 3; i++) {
      PlaceOrderRequest.Builder huge = order().setCustomerId(customer);
      IntStream.range(0, 2_000).forEach(n -> huge.addLines(line(sku, 1)));
      place(huge);
    }
    ListOrdersResponse page =
        orders.listOrders(
            ListOrdersRequest.newBuilder().setPageSize(500).setCustomerId(customer).build());
    assertThat(page.getOrdersCount()).isEqualTo(2);
    assertThat(page.getNextPageToken()).isNotEmpty();
  }

  @Test
  void only_the_caller_that_placed_an_order_finds_it_by_its_request() {
    inventory.stock(sku, 10);
    PlaceOrderRequest request = order(line(sku, 1)).build();
    OrderServiceGrpc.OrderServiceBlockingStub shop =
        OrderServiceGrpc.newBlockingStub(GrpcTestChannel.with("x-backorder-caller", "shop"));
    Order placed = shop.placeOrder(request).getOrder();
    GetOrderRequest get =
        GetOrderRequest.newBuilder().setPlaceRequestId(request.getRequestId()).build();
    assertThat(shop.getOrder(get).getOrder()).isEqualTo(placed);
    refused(Status.Code.NOT_FOUND, "ORDER_NOT_FOUND", () -> orders.getOrder(get));
  }

  @Test
  void pages_through_the_promise_ledger_in_the_order_of_telling() {
    inventory.stock(sku, 100);
    Order order = place(order(line(sku, 1), line(sku, 2), line(sku, 3)));
    PromiseServiceGrpc.PromiseServiceBlockingStub promises =
        PromiseServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    ListPromisesRequest.Builder request =
        ListPromisesRequest.newBuilder().setOrderId(order.getOrderId()).setPageSize(2);
    ListPromisesResponse first = promises.listPromises(request.build());
    ListPromisesResponse second =
        promises.listPromises(request.setPageToken(first.getNextPageToken()).build());
    List<PromiseRecord> all = new ArrayList<>(first.getPromisesList());
    all.addAll(second.getPromisesList());
    assertThat(all).extracting(PromiseRecord::getQuantity).containsExactly(1L, 2L, 3L);
    assertThat(second.getNextPageToken()).isEmpty();
  }
}
