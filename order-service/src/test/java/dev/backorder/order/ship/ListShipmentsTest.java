package dev.backorder.order.ship;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.testing.FakeInventory;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ListShipmentsTest extends WarehouseTest {
  @Test
  void pages_are_in_the_order_of_offering_and_miss_nothing() {
    List<String> offered = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      stock(sku + i, 1);
      offered.add(onlyShipment(place(order(line(sku + i, 1)))).getShipmentId());
    }

    List<String> listed = new ArrayList<>();
    ListShipmentsRequest.Builder request =
        ListShipmentsRequest.newBuilder()
            .setPageSize(3)
            .addStates(ShipmentState.SHIPMENT_STATE_OFFERED);
    ListShipmentsResponse page;
    do {
      page = shipments.listShipments(request.build());
      assertThat(page.getShipmentsCount()).isLessThanOrEqualTo(3);
      page.getShipmentsList().forEach(shipment -> listed.add(shipment.getShipmentId()));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());

    assertThat(listed).doesNotHaveDuplicates();
    assertThat(listed.stream().filter(offered::contains)).containsExactlyElementsOf(offered);
  }

  @Test
  void a_page_of_500_holds_the_lines_of_each() {
    List<Order> placed = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      stock(sku + i, 9);
      placed.add(place(order(line(sku + i, 1 + i % 9))));
    }

    ListShipmentsRequest.Builder request = ListShipmentsRequest.newBuilder().setPageSize(500);
    List<Shipment> all = new ArrayList<>();
    ListShipmentsResponse page;
    do {
      page = shipments.listShipments(request.build());
      all.addAll(page.getShipmentsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());

    for (Order order : placed) {
      assertThat(all).contains(onlyShipment(order));
    }
  }

  @Test
  void filters_by_state_order_and_location() {
    String far = FakeInventory.FAR_LOCATION + "/" + sku;
    stock(1);
    stock(far, 1);
    Order order = place(order(line(sku, 1), line(far, 1)));
    Shipment away =
        shipmentsOf(order).stream()
            .filter(s -> s.getLocation().equals(FakeInventory.FAR_LOCATION))
            .findFirst()
            .orElseThrow();
    Shipment near =
        shipmentsOf(order).stream().filter(s -> !s.equals(away)).findFirst().orElseThrow();
    Shipment left = confirm(near);

    assertThat(list(of(order).addStates(ShipmentState.SHIPMENT_STATE_OFFERED)))
        .containsExactly(away);
    assertThat(list(of(order).addStates(ShipmentState.SHIPMENT_STATE_SHIPPED)))
        .containsExactly(left);
    assertThat(
            list(
                of(order)
                    .addStates(ShipmentState.SHIPMENT_STATE_SHIPPED)
                    .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)))
        .hasSize(2);
    assertThat(list(of(order).setLocation(FakeInventory.FAR_LOCATION))).containsExactly(away);
    assertThat(
            list(
                of(order)
                    .setLocation(FakeInventory.FAR_LOCATION)
                    .addStates(ShipmentState.SHIPMENT_STATE_SHIPPED)))
        .isEmpty();
    assertThat(list(ListShipmentsRequest.newBuilder().setLocation("nowhere"))).isEmpty();
    assertThat(list(ListShipmentsRequest.newBuilder().setOrderId(id()))).isEmpty();
  }

  @Test
  void a_token_of_another_filter_is_refused() {
    stock(2);
    place(1);
    place(1);
    String token =
        shipments
            .listShipments(ListShipmentsRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();

    refused(
        Status.Code.INVALID_ARGUMENT,
        "INVALID_FIELDS",
        () -> list(ListShipmentsRequest.newBuilder().setPageToken(token).setLocation("main")));
  }

  private static ListShipmentsRequest.Builder of(Order order) {
    return ListShipmentsRequest.newBuilder().setOrderId(order.getOrderId());
  }

  private List<Shipment> list(ListShipmentsRequest.Builder request) {
    return shipments.listShipments(request.build()).getShipmentsList();
  }
}
