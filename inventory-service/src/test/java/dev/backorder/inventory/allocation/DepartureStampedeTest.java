package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static dev.backorder.inventory.testing.Stockroom.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many shipments at the same moment, on one lane and on two, as with two replicas. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class DepartureStampedeTest extends StockroomTest {
  @Inject Departures departures;
  @Inject RequestLog requests;
  @Inject Transactions transactions;
  @Inject AllocationConfig config;

  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam"));
    inventory.adjust("tea", 500).adjust("jam", 500);
  }

  @Test
  void shipments_that_share_their_items_all_leave() {
    for (int i = 0; i < 60; i++) {
      room.place(orderOf("o" + i, "tea", 2).addLines(line("2", "jam", 3)));
    }
    onTwoLanes(
        60,
        i ->
            i % 2 == 0
                ? shipment("o" + i, 2).addLines(quantity("2", 3)).build()
                : ShipAllocationRequest.newBuilder()
                    .setRequestId(Inventory.request())
                    .setOrderId("o" + i)
                    .setLocation(LEEDS)
                    .setShipmentId("shipment-" + i)
                    .addLines(quantity("2", 3))
                    .addLines(quantity("1", 2))
                    .build());
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(380);
    assertThat(inventory.balance("tea").getReservedQuantity()).isZero();
    assertThat(inventory.balance("jam").getOnHandQuantity()).isEqualTo(320);
  }

  @Test
  void one_that_is_refused_stops_no_other() {
    for (int i = 0; i < 40; i++) {
      room.order("o" + i, "tea", 2);
    }
    List<Optional<ShipAllocationResponse>> answers =
        onTwoLanes(
            40,
            i ->
                switch (i % 4) {
                  case 0 -> shipment("o" + i, 3).build();
                  case 1 -> shipment("unknown" + i, 1).build();
                  case 2 -> shipment("o" + i, 2).setLocation("nowhere").build();
                  default -> shipment("o" + i, 2).build();
                });
    assertThat(answers).filteredOn(Optional::isPresent).hasSize(10);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(480);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(60);
  }

  @Test
  void the_same_shipment_many_times_at_once_leaves_once() {
    room.order("o1", "tea", 10);
    ShipAllocationRequest request = shipment("o1", 4).build();
    List<Optional<ShipAllocationResponse>> answers = onTwoLanes(30, i -> request);
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(answers.get(0)).isPresent();
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(496);
  }

  @Test
  void shipments_of_one_order_at_once_never_take_more_than_it_holds() {
    room.order("o1", "tea", 10);
    List<Optional<ShipAllocationResponse>> answers = onTwoLanes(20, i -> shipment("o1", 3).build());
    assertThat(answers).filteredOn(Optional::isPresent).hasSize(3);
    AllocationLine line = room.line("o1");
    assertThat(line.getShippedQuantity()).isEqualTo(9);
    assertThat(line.getReservedQuantity()).isEqualTo(1);
  }

  /** Which request a caller sends. */
  private interface Request {
    ShipAllocationRequest of(int caller);
  }

  /** The answers; empty for a refusal. */
  private List<Optional<ShipAllocationResponse>> onTwoLanes(int callers, Request request) {
    DepartureLane first = new DepartureLane(departures, requests, transactions, config);
    DepartureLane second = new DepartureLane(departures, requests, transactions, config);
    try {
      return Stampede.run(
          callers,
          i ->
              () -> {
                try {
                  return Optional.of((i % 2 == 0 ? first : second).ship(request.of(i)));
                } catch (DomainException refusal) {
                  return Optional.empty();
                }
              });
    } finally {
      first.close();
      second.close();
    }
  }

  private static ShipAllocationRequest.Builder shipment(String orderId, long quantity) {
    return ShipAllocationRequest.newBuilder()
        .setRequestId(Inventory.request())
        .setOrderId(orderId)
        .setLocation(LEEDS)
        .setShipmentId("shipment-" + orderId)
        .addLines(quantity("1", quantity));
  }
}
