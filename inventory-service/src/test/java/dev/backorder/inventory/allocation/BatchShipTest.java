package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.BatchShipAllocationsRequest;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ShipAllocationOutcome;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units of many orders leave in one call. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class BatchShipTest extends StockroomTest {
  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    for (int i = 1; i <= 3; i++) {
      inventory.allocations.allocateOrder(orderOf("o" + i, "tea", 3).build());
    }
  }

  @Test
  void departures_are_recorded_in_their_sequence_each_with_its_own_outcome() {
    List<ShipAllocationOutcome> outcomes =
        ship(departure("o1", 3), departure("o2", 4), departure("o3", 1), departure("o3", 2));

    assertThat(outcomes)
        .extracting(BatchShipTest::word)
        .containsExactly("shipped", "FAILED_PRECONDITION", "shipped", "shipped");
    assertThat(outcomes.get(2).getResponse().getAllocation().getLines(0).getShippedQuantity())
        .isEqualTo(1);
    assertThat(outcomes.get(3).getResponse().getAllocation().getLines(0).getShippedQuantity())
        .isEqualTo(3);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(4);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(3);
  }

  @Test
  void a_repeated_batch_gets_the_first_outcomes() {
    ShipAllocationRequest[] departures = {departure("o1", 3), departure("o2", 2)};
    List<ShipAllocationOutcome> first = ship(departures);
    Map<String, Long> before = Database.counts();

    assertThat(ship(departures)).isEqualTo(first);
    assertThat(inventory.allocations.shipAllocation(departures[1]))
        .isEqualTo(first.get(1).getResponse());

    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void what_is_wrong_with_any_departure_is_named_and_then_none_is_recorded() {
    ShipAllocationRequest one = departure("o1", 3);
    ShipAllocationRequest twice =
        departure("o2", 1).toBuilder()
            .addLines(LineQuantity.newBuilder().setLineId("1").setQuantity(1))
            .build();
    Map<String, Long> before = Database.counts();

    assertThat(Refusal.of(() -> ship(one, twice, one)).fields())
        .containsExactly("departures[1].lines[1].line_id", "departures[2].request_id");

    assertThat(Database.counts()).isEqualTo(before);
  }

  private List<ShipAllocationOutcome> ship(ShipAllocationRequest... departures) {
    return inventory
        .allocations
        .batchShipAllocations(
            BatchShipAllocationsRequest.newBuilder().addAllDepartures(List.of(departures)).build())
        .getOutcomesList();
  }

  private static ShipAllocationRequest departure(String orderId, long units) {
    return ShipAllocationRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setOrderId(orderId)
        .setLocation(LEEDS)
        .setShipmentId("shipment")
        .addLines(LineQuantity.newBuilder().setLineId("1").setQuantity(units))
        .build();
  }

  private static String word(ShipAllocationOutcome outcome) {
    return outcome.hasFailure()
        ? Status.fromCodeValue(outcome.getFailure().getCode()).getCode().name()
        : "shipped";
  }
}
