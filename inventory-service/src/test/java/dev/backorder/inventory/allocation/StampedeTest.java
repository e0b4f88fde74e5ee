package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many at the same moment, on one lane and on two, as with two replicas on one database. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class StampedeTest extends StockroomTest {
  @Inject Allocations allocations;
  @Inject RequestLog requests;
  @Inject Transactions transactions;
  @Inject AllocationConfig config;

  @Test
  void J01_exactly_one_of_two_hundred_gets_the_last_unit() {
    inventory.with(inStockOnly("tea")).adjust("tea", 1);
    AtomicInteger buyers = new AtomicInteger();
    List<AllocateOrderResponse> answers =
        Stampede.run(200, () -> room.order("o" + buyers.incrementAndGet(), "tea", 1));
    assertThat(answers).filteredOn(AllocateOrderResponse::hasAllocation).hasSize(1);
    assertThat(answers).filteredOn(a -> a.getRefusalsCount() == 1).hasSize(199);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(1);
  }

  @Test
  void two_lanes_on_one_database_grant_neither_a_unit_nor_a_place_twice() {
    inventory.with(limited("tea", 20)).adjust("tea", 50);
    List<AllocateOrderResponse> answers =
        onTwoLanes(40, (lane, i) -> lane.allocate(orderOf("o" + i, "tea", 3).build()));
    long units =
        answers.stream()
            .filter(AllocateOrderResponse::hasAllocation)
            .mapToLong(a -> a.getAllocation().getLines(0).getOrderedQuantity())
            .sum();
    assertThat(units).isEqualTo(69);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(50);
    assertThat(inventory.balance("tea").getWaitingQuantity()).isEqualTo(19);
  }

  @Test
  void orders_that_name_items_in_opposite_order_do_not_block_each_other() {
    List<String> skus = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      // Half of the stock rows are made by these very orders.
      skus.add("sku-" + i);
      inventory.with(backorderItem("sku-" + i));
      if (i % 2 == 0) {
        inventory.adjust("sku-" + i, 100);
      }
    }
    List<AllocateOrderResponse> answers =
        onTwoLanes(
            60,
            (lane, i) -> {
              AllocateOrderRequest.Builder order = orderOf("o" + i, skus.get(i % 20), 1);
              for (int k = 1; k < 20; k++) {
                int at = Math.floorMod(i % 2 == 0 ? i + k : i - k, 20);
                order.addLines(line("l" + k, skus.get(at), 1));
              }
              return lane.allocate(order.build());
            });
    assertThat(answers).allMatch(AllocateOrderResponse::hasAllocation);
    assertThat(inventory.balance("sku-0").getReservedQuantity()).isEqualTo(60);
    assertThat(inventory.balance("sku-1").getWaitingQuantity()).isEqualTo(60);
  }

  @Test
  void the_same_request_many_times_at_once_runs_once() {
    inventory.with(inStockOnly("tea")).adjust("tea", 100);
    AllocateOrderRequest request = orderOf("o1", "tea", 5).build();
    List<AllocateOrderResponse> answers = onTwoLanes(30, (lane, i) -> lane.allocate(request));
    assertThat(new HashSet<>(answers)).hasSize(1);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(5);
  }

  @Test
  void cancelling_the_same_order_twice_at_once_frees_its_units_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    room.order("o1", "tea", 10);
    room.order("o2", "tea", 4);
    Stampede.run(
        8,
        () ->
            inventory.allocations.releaseAllocation(
                ReleaseAllocationRequest.newBuilder()
                    .setRequestId(Inventory.request())
                    .setOrderId("o1")
                    .build()));
    assertThat(room.line("o1").getReleasedQuantity()).isEqualTo(10);
    assertThat(room.fate("o2")).isEqualTo("4+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(6);
  }

  @Test
  void receipts_orders_and_cancels_at_once_keep_the_books_right() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam"));
    room.supply("s1", "tea", 500, room.day(2)).supply("s2", "jam", 500, room.day(3));
    for (int i = 0; i < 20; i++) {
      room.place(orderOf("early" + i, "tea", 2).addLines(line("2", "jam", 3)));
    }
    Stampede.run(
        40,
        i ->
            () -> {
              switch (i % 4) {
                case 0 -> room.receive(i % 8 == 0 ? "s1" : "s2", 7);
                case 1 -> room.cancel("early" + i / 4);
                default -> room.place(orderOf("new" + i, "jam", 1).addLines(line("2", "tea", 1)));
              }
              return i;
            });
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(35);
    assertThat(inventory.balance("jam").getOnHandQuantity()).isEqualTo(35);
  }

  /** Something that an order does to a lane. */
  private interface OnLane {
    AllocateOrderResponse run(AllocationLane lane, int caller);
  }

  private List<AllocateOrderResponse> onTwoLanes(int callers, OnLane work) {
    AllocationLane first = new AllocationLane(allocations, requests, transactions, config);
    AllocationLane second = new AllocationLane(allocations, requests, transactions, config);
    try {
      return Stampede.run(callers, i -> () -> work.run(i % 2 == 0 ? first : second, i));
    } finally {
      first.close();
      second.close();
    }
  }

  private static Item.Builder inStockOnly(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }

  private static Item.Builder limited(String sku, long most) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder()
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(most));
    return item;
  }
}
