package dev.backorder.inventory.queue;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.QueueEntry;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.StockBalance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who gets units that come free. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class QueueTest extends StockroomTest {
  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea"));
  }

  @Test
  void C01_one_unit_goes_to_the_first_who_waits() {
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    ReceivedGoods received = room.supply("s1", "tea", 1, room.day(1)).receive("s1", 1);
    assertThat(received.getReceipt().getQueueQuantity()).isEqualTo(1);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    assertThat(room.fate("o2")).isEqualTo("0+1");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isZero();
  }

  @Test
  void C03_what_nobody_waits_for_is_available() {
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    ReceivedGoods received = room.supply("s1", "tea", 3, room.day(1)).receive("s1", 3);
    assertThat(received.getReceipt().getQueueQuantity()).isEqualTo(2);
    assertThat(room.fate("o1") + " " + room.fate("o2")).isEqualTo("1+0 1+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
  }

  @Test
  void C13_a_debt_of_ten_is_paid_by_what_arrives() {
    room.order("o1", "tea", 10);
    room.supply("s1", "tea", 20, room.day(1)).receive("s1", 5);
    assertThat(room.fate("o1")).isEqualTo("5+5");
    room.receive("s1", 10);
    assertThat(room.fate("o1")).isEqualTo("10+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(5);
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(5);
  }

  @Test
  void a_higher_priority_goes_first_when_there_is_more() {
    room.order("o1", "tea", 1);
    room.order("vip", "tea", 1, 10);
    inventory.adjust("tea", 1);
    assertThat(room.fate("vip")).isEqualTo("1+0");
    assertThat(room.fate("o1")).isEqualTo("0+1");
  }

  @Test
  void a_newcomer_of_whatever_priority_takes_no_promised_unit() {
    room.supply("s1", "tea", 1, room.day(3));
    room.order("o1", "tea", 1);
    assertThat(room.promised("o1")).isEqualTo(room.day(3));
    room.order("vip", "tea", 1, 10);
    assertThat(room.promised("vip")).isEqualTo(room.day(5));
    room.receive("s1", 1);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    assertThat(room.fate("vip")).isEqualTo("0+1");
  }

  @Test
  void goods_serve_the_lines_that_they_were_promised_to() {
    room.supply("early", "tea", 1, room.day(2));
    room.supply("late", "tea", 1, room.day(9));
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    // The later supply comes first: its line gets it, and the other keeps its own.
    room.receive("late", 1);
    assertThat(room.fate("o2")).isEqualTo("1+0");
    assertThat(room.fate("o1")).isEqualTo("0+1");
    assertThat(room.promised("o1")).isEqualTo(room.day(2));
  }

  @Test
  void more_than_expected_serves_those_who_wait_for_a_later_supply_and_their_pegs_pass_on() {
    room.supply("early", "tea", 1, room.day(2));
    room.supply("late", "tea", 1, room.day(9));
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    room.order("o3", "tea", 1);
    assertThat(room.promised("o3")).isEqualTo(room.day(5));
    room.receive("early", 2);
    assertThat(room.fate("o1") + " " + room.fate("o2")).isEqualTo("1+0 1+0");
    assertThat(room.portion("o3").getPromise().getSupplyId()).isEqualTo("late");
  }

  @Test
  void AL7_a_cancelled_waiting_line_frees_a_place_and_never_a_unit() {
    room.order("o1", "tea", 3);
    room.order("o2", "tea", 3);
    room.cancel("o1");
    StockBalance balance = inventory.balance("tea");
    assertThat(balance.getAvailableQuantity()).isZero();
    assertThat(balance.getOnHandQuantity()).isZero();
    assertThat(balance.getWaitingQuantity()).isEqualTo(3);
    assertThat(room.fate("o2")).isEqualTo("0+3");
  }

  @Test
  void a_freed_peg_passes_on_in_queue_order_and_early_supply_is_not_wasted() {
    room.supply("early", "tea", 1, room.day(2));
    room.supply("late", "tea", 1, room.day(4));
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    room.order("o3", "tea", 1);
    room.cancel("o1");
    assertThat(room.promised("o2")).isEqualTo(room.day(2));
    assertThat(room.promised("o3")).isEqualTo(room.day(4));
    assertThat(room.portion("o3").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);
  }

  @Test
  void AL5_reserved_units_that_are_given_back_serve_the_queue() {
    inventory.adjust("tea", 5);
    room.order("o1", "tea", 5);
    room.order("o2", "tea", 3);
    room.cancel("o1");
    assertThat(room.fate("o2")).isEqualTo("3+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(2);
  }

  @Test
  void AL5_a_return_serves_the_queue() {
    inventory.adjust("tea", 2);
    room.order("o1", "tea", 2);
    room.ship("o1", 2);
    room.order("o2", "tea", 1);
    room.takeBack("o1", 2);
    assertThat(room.fate("o2")).isEqualTo("1+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
  }

  @Test
  void AL5_found_units_serve_the_queue() {
    room.order("o1", "tea", 4);
    inventory.adjust("tea", 3);
    assertThat(room.fate("o1")).isEqualTo("3+1");
  }

  @Test
  void a_filled_line_is_told_its_new_date_and_when_goods_are_inspected() {
    inventory.with(location("york").setPriority(0).setInspectionDays(2));
    // york ranks after leeds by name, so everything waits at leeds; its goods are not inspected.
    room.order("o1", "tea", 1);
    room.supply("s1", "tea", 1, room.day(1)).receive("s1", 1);
    assertThat(room.promised("o1")).isEqualTo(room.today());
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_STOCK);
  }

  @Test
  void places_in_the_queue_are_told_in_its_order() {
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 2);
    room.order("vip", "tea", 3, 7);
    List<QueueEntry> queue = room.queue("tea");
    assertThat(queue)
        .extracting(e -> e.getPlace() + " " + e.getOrderId() + " " + e.getWaitingQuantity())
        .containsExactly("1 vip 3", "2 o1 1", "3 o2 2");
    assertThat(queue.get(0).getPriority()).isEqualTo(7);
  }

  @Test
  void goods_received_are_a_fact_of_their_purchase_order() throws Exception {
    room.supply("s1", "tea", 5, room.day(1));
    room.receive("s1", 2);
    room.receive("s1", 3);
    inventory.time.settle();
    List<Event> facts = inventory.eventsOf("po-s1");
    assertThat(facts).extracting(Event::getKeyVersion).containsExactly(1L, 2L);
    var received =
        facts.get(1).getPayload().unpack(InventoryEvent.class).getGoodsReceived().getGoods(0);
    assertThat(received.getReceipt().getQuantity()).isEqualTo(3);
    assertThat(received.getSupply().getReceivedQuantity()).isEqualTo(5);
  }

  @Test
  void an_order_hears_once_of_all_that_came_together_for_it() {
    inventory.with(backorderItem("cup"));
    room.place(orderOf("o1", "tea", 1).addLines(line("l2", "cup", 2)));
    room.supply("s1", "tea", 3, room.day(1)).supply("s2", "cup", 5, room.day(1));
    long before = room.held("o1").getVersion();

    ReceiveGoodsResponse received = room.receive(quantities("s2", 5, "s1", 3));

    assertThat(received.getGoodsList())
        .extracting(goods -> goods.getReceipt().getSku() + goods.getReceipt().getQueueQuantity())
        .containsExactly("cup2", "tea1");
    assertThat(room.held("o1").getVersion()).isEqualTo(before + 1);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(2);
    assertThat(inventory.balance("cup").getAvailableQuantity()).isEqualTo(3);
  }

  @Test
  void two_supplies_of_one_item_that_come_together_serve_their_own_lines_first() {
    room.order("o1", "tea", 2);
    room.order("o2", "tea", 2);
    room.supply("s1", "tea", 2, room.day(1)).supply("s2", "tea", 3, room.day(2));
    room.receive(quantities("s2", 3, "s1", 2));
    assertThat(room.fate("o1") + " " + room.fate("o2")).isEqualTo("2+0 2+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
    assertThat(room.supply("s2").getPeggedQuantity()).isZero();
  }

  @Test
  void of_a_delivery_with_one_bad_line_nothing_is_received() {
    inventory.with(backorderItem("cup"));
    room.supply("s1", "tea", 3, room.day(1)).supply("s2", "cup", 5, room.day(1));
    Map<String, Long> before = Database.counts();
    assertThat(Refusal.of(() -> room.receive(quantities("s1", 3, "s2", 60))).reason())
        .isEqualTo("OVER_RECEIPT");
    assertThat(Refusal.of(() -> room.receive(quantities("s1", 3, "none", 1))).reason())
        .isEqualTo("SUPPLY_NOT_FOUND");
    ArrivedGoods goods = ArrivedGoods.newBuilder().setSupplyId("s1").setQuantity(1).build();
    ReceiveGoodsRequest twice =
        ReceiveGoodsRequest.newBuilder()
            .setRequestId(Inventory.request())
            .addGoods(goods)
            .addGoods(goods)
            .build();
    assertThat(Refusal.of(() -> inventory.supplies.receiveGoods(twice)).fields())
        .containsExactly("goods[1].supply_id");
    assertThat(Database.counts()).isEqualTo(before);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isZero();
  }

  @Test
  void a_delivery_for_long_queues_of_many_items_is_served_in_steps_too() {
    inventory.with(backorderItem("cup")).with(backorderItem("pot"));
    for (String sku : List.of("tea", "cup", "pot")) {
      AllocateOrderRequest.Builder order = orderOf("o-" + sku, sku, 1);
      IntStream.range(2, 301).forEach(i -> order.addLines(line("l" + i, sku, 1)));
      room.place(order);
      room.supply("s-" + sku, sku, 400, room.day(1));
    }
    room.receive(quantities("s-tea", 310, "s-cup", 310, "s-pot", 310));
    long served = 0;
    for (String sku : List.of("tea", "cup", "pot")) {
      served += inventory.balance(sku).getReservedQuantity();
      assertThat(inventory.balance(sku).getAvailableQuantity()).as(sku).isEqualTo(10);
    }
    assertThat(served).isEqualTo(500);
    inventory.time.settle();
    for (String sku : List.of("tea", "cup", "pot")) {
      assertThat(inventory.balance(sku).getReservedQuantity()).as(sku).isEqualTo(300);
      assertThat(inventory.balance(sku).getQueueReservedQuantity()).as(sku).isZero();
    }
  }

  private static Map<String, Long> quantities(Object... supplyAndUnits) {
    Map<String, Long> quantities = new LinkedHashMap<>();
    for (int i = 0; i < supplyAndUnits.length; i += 2) {
      quantities.put((String) supplyAndUnits[i], ((Integer) supplyAndUnits[i + 1]).longValue());
    }
    return quantities;
  }

  @Test
  void a_repeated_receipt_counts_once() {
    room.supply("s1", "tea", 5, room.day(1));
    ReceiveGoodsRequest request =
        ReceiveGoodsRequest.newBuilder()
            .setRequestId(Inventory.request())
            .addGoods(ArrivedGoods.newBuilder().setSupplyId("s1").setQuantity(2))
            .build();
    ReceiveGoodsResponse first = inventory.supplies.receiveGoods(request);
    assertThat(inventory.supplies.receiveGoods(request)).isEqualTo(first);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(2);
  }

  @Test
  void a_long_queue_is_served_in_steps_and_nobody_can_take_its_units_meanwhile() {
    AllocateOrderRequest.Builder first = orderOf("first", "tea", 1);
    IntStream.range(2, 1201).forEach(i -> first.addLines(line("l" + i, "tea", 1)));
    room.place(first);
    room.order("last", "tea", 100);
    room.supply("s1", "tea", 1400, room.day(1)).receive("s1", 1250);

    StockBalance meanwhile = inventory.balance("tea");
    assertThat(meanwhile.getReservedQuantity()).isEqualTo(500);
    assertThat(meanwhile.getQueueReservedQuantity()).isEqualTo(750);
    assertThat(meanwhile.getAvailableQuantity()).isZero();
    assertThat(room.orderWhatThereIs("newcomer", "tea", 1).getAllocation().getLines(0))
        .extracting(l -> l.getReservedQuantity())
        .isEqualTo(0L);
    room.checkBooks();

    inventory.time.settle();
    assertThat(room.fate("last")).isEqualTo("50+50");
    assertThat(inventory.balance("tea").getQueueReservedQuantity()).isZero();
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(1250);
    assertThat(room.fate("newcomer")).isEqualTo("0+1");
  }

  @Test
  void units_set_aside_for_lines_that_are_cancelled_become_available() {
    AllocateOrderRequest.Builder first = orderOf("first", "tea", 1);
    IntStream.range(2, 601).forEach(i -> first.addLines(line("l" + i, "tea", 1)));
    room.place(first);
    room.supply("s1", "tea", 600, room.day(1)).receive("s1", 600);
    room.cancel("first");
    assertThat(inventory.balance("tea").getQueueReservedQuantity()).isZero();
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(600);
    inventory.time.settle();
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(600);
  }
}
