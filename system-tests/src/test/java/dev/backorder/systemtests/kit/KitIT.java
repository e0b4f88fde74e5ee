package dev.backorder.systemtests.kit;

import static dev.backorder.systemtests.testing.BackorderSystem.EVENTUALLY;
import static dev.backorder.systemtests.testing.ShopSetup.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.ShopSetup;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An order of kits through every service: it waits for a component, moves, leaves and returns. */
class KitIT {

  private static final String RUN = requestId().substring(0, 8);
  private static final String HERE = "KIT-HERE-" + RUN;
  private static final String THERE = "KIT-THERE-" + RUN;
  private static final String POT = "POT-" + RUN;
  private static final String LID = "LID-" + RUN;
  private static final String SET = "SET-" + RUN;
  private static final String CUSTOMER = "kit-" + RUN;

  private static BackorderSystem system;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    // Its own: the shared one reviews its stock every quarter of an hour, and others wait for the
    // first review.
    system = BackorderSystem.start("kit", 1);
    cluster = system.cluster();
  }

  @AfterAll
  static void stop() {
    system.close();
  }

  @Test
  void kits_wait_for_their_last_component_move_leave_and_come_back() {
    ShopSetup shop =
        new ShopSetup(cluster)
            .location(HERE)
            .item(POT, 100, 0, 0)
            .item(LID, 100, 0, 0)
            .kit(SET, POT, LID)
            .stock(HERE, POT, 3)
            .stock(HERE, LID, 1)
            .contact(CUSTOMER);
    Order placed =
        cluster
            .orders(stub -> stub.placeOrder(ShopSetup.order(CUSTOMER, SET, 3).build()))
            .getOrder();
    assertThat(placed.getLines(0).getReservedQuantity()).isEqualTo(1);
    assertThat(placed.getLines(0).getWaitingQuantity()).isEqualTo(2);
    assertThat(balance(POT, HERE).getReservedQuantity()).as("kept for the kits").isEqualTo(3);
    String orderId = placed.getOrderId();

    shop.location(THERE).stock(THERE, LID, 1).stock(THERE, POT, 1);
    move(orderId, placed.getLines(0).getLineId());
    shop.stock(HERE, LID, 1);
    await()
        .atMost(EVENTUALLY)
        .until(() -> order(orderId).getState() == OrderState.ORDER_STATE_RESERVED);

    await()
        .atMost(EVENTUALLY)
        .until(
            () ->
                shipments(orderId).stream()
                        .flatMap(s -> s.getLinesList().stream())
                        .mapToLong(l -> l.getQuantity())
                        .sum()
                    == 3);
    List<Shipment> offered = shipments(orderId);
    assertThat(offered).extracting(Shipment::getLocation).contains(HERE, THERE);
    offered.forEach(KitIT::ship);
    assertThat(balance(POT, HERE).getOnHandQuantity()).isEqualTo(1);
    assertThat(balance(LID, HERE).getOnHandQuantity()).isZero();
    assertThat(balance(LID, THERE).getOnHandQuantity()).isZero();

    takeBack(orderId, placed.getLines(0).getLineId());
    await().atMost(EVENTUALLY).until(() -> balance(LID, HERE).getOnHandQuantity() == 1);
    assertThat(balance(POT, HERE).getOnHandQuantity()).isEqualTo(2);
    assertThat(system.brokenInvariants()).isEmpty();
  }

  private static void move(String orderId, String lineId) {
    MoveAllocationRequest request =
        MoveAllocationRequest.newBuilder()
            .setRequestId(requestId())
            .setOrderId(orderId)
            .setFromLocation(HERE)
            .setToLocation(THERE)
            .addLines(LineQuantity.newBuilder().setLineId(lineId).setQuantity(1))
            .build();
    cluster.allocations(stub -> stub.moveAllocation(request));
  }

  private static void ship(Shipment shipment) {
    ConfirmShipmentRequest request =
        ConfirmShipmentRequest.newBuilder()
            .setRequestId(requestId())
            .setShipmentId(shipment.getShipmentId())
            .setCarrier("Royal Post")
            .build();
    Shipment shipped = cluster.shipments(stub -> stub.confirmShipment(request)).getShipment();
    assertThat(shipped.getState()).isEqualTo(ShipmentState.SHIPMENT_STATE_SHIPPED);
  }

  private static void takeBack(String orderId, String lineId) {
    ReturnOrderRequest request =
        ReturnOrderRequest.newBuilder()
            .setRequestId(requestId())
            .setOrderId(orderId)
            .setLocation(HERE)
            .addLines(OrderLineQuantity.newBuilder().setLineId(lineId).setQuantity(1))
            .build();
    cluster.orders(stub -> stub.returnOrder(request));
  }

  private static List<Shipment> shipments(String orderId) {
    ListShipmentsRequest request =
        ListShipmentsRequest.newBuilder()
            .setOrderId(orderId)
            .addStates(ShipmentState.SHIPMENT_STATE_OFFERED)
            .build();
    return cluster.shipments(stub -> stub.listShipments(request)).getShipmentsList();
  }

  private static Order order(String orderId) {
    GetOrderRequest request = GetOrderRequest.newBuilder().setOrderId(orderId).build();
    return cluster.orders(stub -> stub.getOrder(request)).getOrder();
  }

  private static StockBalance balance(String sku, String location) {
    GetStockRequest request = GetStockRequest.newBuilder().setSku(sku).build();
    return cluster.stock(stub -> stub.getStock(request)).getBalancesList().stream()
        .filter(balance -> balance.getLocation().equals(location))
        .findFirst()
        .orElseGet(StockBalance::getDefaultInstance);
  }
}
