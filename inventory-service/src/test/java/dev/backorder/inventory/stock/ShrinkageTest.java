package dev.backorder.inventory.stock;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.StockBalance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AL8: units that are gone, whoever they were for. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ShrinkageTest extends StockroomTest {
  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
  }

  @Test
  void a_count_below_what_is_reserved_sends_the_lowest_ranked_back_to_the_queue() {
    room.order("first", "tea", 3);
    room.order("important", "tea", 3, 9);
    room.order("last", "tea", 3);

    inventory.discrepancy("tea", -6);

    assertThat(room.fate("important")).isEqualTo("3+0");
    assertThat(room.fate("first")).isEqualTo("1+2");
    assertThat(room.fate("last")).isEqualTo("0+3");
    StockBalance balance = inventory.balance("tea");
    assertThat(balance.getOnHandQuantity()).isEqualTo(4);
    assertThat(balance.getAvailableQuantity()).isZero();
    assertThat(balance.getWaitingQuantity()).isEqualTo(5);
  }

  @Test
  void free_units_go_first_and_then_nobody_hears_of_it() {
    room.order("o1", "tea", 4);
    long version = room.held("o1").getVersion();
    inventory.discrepancy("tea", -6);
    assertThat(room.held("o1").getVersion()).isEqualTo(version);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(4);
  }

  @Test
  void who_waits_again_is_told_a_new_date_and_why_in_one_event() throws Exception {
    room.supply("s1", "tea", 20, room.day(4));
    room.place(orderOf("o1", "tea", 6).addLines(line("2", "tea", 4)));
    int before = inventory.eventsOf("o1").size();

    inventory.discrepancy("tea", -5);

    List<Event> events = inventory.eventsOf("o1");
    assertThat(events).hasSize(before + 1);
    var fact = events.get(before).getPayload().unpack(InventoryEvent.class).getAllocationChanged();
    assertThat(fact.getCause()).isEqualTo(AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SHRINKAGE);
    List<AllocationPortion> waiting =
        fact.getAllocation().getLinesList().stream()
            .flatMap(held -> held.getPortionsList().stream())
            .filter(portion -> portion.getPromise().getBasis() != PromiseBasis.PROMISE_BASIS_STOCK)
            .toList();
    // What is coming serves them at once: nobody else was promised it.
    assertThat(waiting)
        .allSatisfy(portion -> assertThat(portion.getPromise().getSupplyId()).isEqualTo("s1"));
    assertThat(waiting.stream().mapToLong(AllocationPortion::getQuantity).sum()).isEqualTo(5);
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(5);
  }

  @Test
  void what_an_item_sold_from_stock_only_has_lost_waits_too() {
    Item.Builder stockOnly = backorderItem("cup");
    stockOnly.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    inventory.with(stockOnly).adjust("cup", 2);
    room.order("o1", "cup", 2);
    inventory.discrepancy("cup", -2);
    assertThat(room.fate("o1")).isEqualTo("0+2");
    assertThat(room.held("o1").getLines(0).getPortions(0).hasPromise()).isTrue();
    inventory.discrepancy("cup", 2);
    assertThat(room.fate("o1")).isEqualTo("2+0");
  }

  @Test
  void units_set_aside_for_a_long_queue_are_lost_before_anybody_loses_a_reservation() {
    inventory.with(backorderItem("jam"));
    AllocateOrderRequest.Builder order = orderOf("o1", "jam", 1);
    IntStream.range(2, 701).forEach(i -> order.addLines(line("l" + i, "jam", 1)));
    room.place(order);
    room.supply("s1", "jam", 700, room.day(1)).receive("s1", 700);
    assertThat(inventory.balance("jam").getQueueReservedQuantity()).isEqualTo(200);

    inventory.discrepancy("jam", -150);
    assertThat(inventory.balance("jam").getReservedQuantity()).isEqualTo(500);
    assertThat(inventory.balance("jam").getQueueReservedQuantity()).isEqualTo(50);

    inventory.discrepancy("jam", -100);
    inventory.time.settle();
    assertThat(inventory.balance("jam").getReservedQuantity()).isEqualTo(450);
    assertThat(inventory.balance("jam").getWaitingQuantity()).isEqualTo(250);
  }

  @Test
  void no_more_can_be_lost_than_is_there() {
    room.order("o1", "tea", 4);
    Map<String, Long> before = Database.counts();
    Refusal refusal = Refusal.of(() -> inventory.discrepancy("tea", -11));
    assertThat(refusal.reason()).isEqualTo("NOT_ENOUGH_ON_HAND");
    assertThat(refusal.metadata()).containsEntry("possible", "10").containsEntry("sku", "tea");
    assertThat(Database.counts()).isEqualTo(before);
  }
}
