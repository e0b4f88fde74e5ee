package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderOutcome;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.BatchAllocateOrdersResponse;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.SalesMode;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many orders in one call. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class BatchAllocationTest extends StockroomTest {
  @BeforeEach
  void stock() {
    Item.Builder stockOnly = backorderItem("tea");
    stockOnly.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    inventory.with(stockOnly).with(backorderItem("cup")).adjust("tea", 3);
  }

  @Test
  void orders_are_decided_in_their_sequence_each_with_its_own_outcome() {
    BatchAllocateOrdersResponse response =
        allocate(
            orderOf("o1", "tea", 2),
            orderOf("o2", "tea", 2),
            orderOf("o3", "tea", 1),
            orderOf("o1", "cup", 1));
    assertThat(response.getOutcomesList())
        .extracting(BatchAllocationTest::word)
        .containsExactly("allocated", "refused", "allocated", "ALREADY_EXISTS");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isZero();
    assertThat(inventory.balance("cup").getWaitingQuantity()).isZero();
  }

  @Test
  void a_repeated_batch_gets_the_first_outcomes_and_so_does_a_part_of_it() {
    List<AllocateOrderRequest> orders =
        IntStream.range(0, 100).mapToObj(i -> orderOf("o" + i, "cup", 1).build()).toList();
    BatchAllocateOrdersRequest batch =
        BatchAllocateOrdersRequest.newBuilder().addAllOrders(orders).build();
    BatchAllocateOrdersResponse first = inventory.allocations.batchAllocateOrders(batch);
    Map<String, Long> before = Database.counts();
    assertThat(inventory.allocations.batchAllocateOrders(batch)).isEqualTo(first);
    assertThat(inventory.allocations.allocateOrder(orders.get(7)))
        .isEqualTo(first.getOutcomes(7).getResponse());
    assertThat(Database.counts()).isEqualTo(before);
    assertThat(inventory.balance("cup").getWaitingQuantity()).isEqualTo(100);
  }

  @Test
  void what_is_wrong_with_any_order_is_named_and_then_none_is_allocated() {
    Map<String, Long> before = Database.counts();
    Refusal refusal =
        Refusal.of(
            () ->
                allocate(
                    orderOf("o1", "tea", 1),
                    orderOf("o2", "tea", 1).addLines(Stockroom.line("1", "cup", 1)),
                    orderOf("o3", "tea", 1).addLines(Stockroom.line("1", "cup", 1))));
    assertThat(refusal.fields())
        .containsExactly("orders[1].lines[1].line_id", "orders[2].lines[1].line_id");
    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void the_orders_of_a_batch_have_at_most_2000_lines_together() {
    AllocateOrderRequest.Builder large = orderOf("o1", "cup", 1);
    IntStream.range(2, 2001).forEach(i -> large.addLines(Stockroom.line("l" + i, "cup", 1)));
    Map<String, Long> before = Database.counts();
    assertThat(Refusal.of(() -> allocate(large, orderOf("o2", "tea", 1))).fields())
        .containsExactly("orders");
    assertThat(Database.counts()).isEqualTo(before);
    assertThat(word(allocate(large).getOutcomes(0))).isEqualTo("allocated");
  }

  private BatchAllocateOrdersResponse allocate(AllocateOrderRequest.Builder... orders) {
    BatchAllocateOrdersRequest.Builder batch = BatchAllocateOrdersRequest.newBuilder();
    List.of(orders).forEach(batch::addOrders);
    return inventory.allocations.batchAllocateOrders(batch.build());
  }

  private static String word(AllocateOrderOutcome outcome) {
    if (outcome.hasFailure()) {
      return Status.fromCodeValue(outcome.getFailure().getCode()).getCode().name();
    }
    return outcome.getResponse().hasAllocation() ? "allocated" : "refused";
  }
}
