package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AcceptReturnResponse;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How comparable systems behave, with their numbers; named by the ids of the scenarios. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ScenarioTest extends StockroomTest {

  @Test
  void A15_an_order_beyond_what_is_there_leaves_it_there_and_takes_from_the_limit() {
    inventory.with(limited("tea", 50)).adjust("tea", 100);
    room.order("o1", "tea", 101);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(100);
    assertThat(room.quote("tea", 1).getOrderableQuantity()).isEqualTo(49);
  }

  @Test
  void A16_without_a_limit_any_number_can_be_ordered() {
    inventory.with(backorderItem("tea")).adjust("tea", 1000);
    AllocationLine line = room.order("o1", "tea", 1001).getAllocation().getLines(0);
    assertThat(line.getOrderedQuantity()).isEqualTo(1001);
    assertThat(room.fate("o1")).isEqualTo("1000+1");
  }

  @Test
  void A17_each_line_says_whether_it_is_there_or_waits() {
    for (int units = 0; units < 3; units++) {
      inventory.with(backorderItem("part" + units));
      if (units > 0) {
        inventory.adjust("part" + units, units);
      }
    }
    AllocateOrderRequest.Builder kit = orderOf("o1", "part0", 1);
    kit.addLines(line("2", "part1", 1)).addLines(line("3", "part2", 1));
    assertThat(room.place(kit).getAllocation().getLinesList())
        .extracting(held -> held.getReservedQuantity() + "+" + held.getWaitingQuantity())
        .containsExactly("0+1", "1+0", "1+0");
  }

  @Test
  void A19_a_debt_is_never_shown_as_less_than_nothing() {
    inventory.with(limited("tea", 5));
    room.order("o1", "tea", 1);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isZero();
    QuotedLine quote = room.quote("tea", 1);
    assertThat(quote.getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_BACKORDER);
    assertThat(quote.getOrderableQuantity()).isEqualTo(4);
  }

  @Test
  void A21_of_three_units_two_of_them_protected_one_can_be_had() {
    inventory.with(inStockOnly("tea").setProtectedQuantity(2)).adjust("tea", 3);
    AllocateOrderResponse response = room.orderWhatThereIs("o1", "tea", 2);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    assertThat(response.getRefusals(0).getOrderableQuantity()).isEqualTo(1);
  }

  @Test
  void A07_what_is_at_an_inactive_location_is_not_for_sale() {
    inventory.with(location("eu-1").setPriority(1)).with(location("eu-2").setPriority(2));
    inventory.with(location("eu-disabled").setPriority(3).setActive(false));
    inventory.with(inStockOnly("SKU-1"));
    // Tenths, because units are whole: 5.5 and 3 can be sold, 10 stand where nothing is sold from.
    put("eu-1", "SKU-1", 55);
    put("eu-2", "SKU-1", 30);
    put("eu-disabled", "SKU-1", 100);
    assertThat(room.quote("SKU-1", 1).getOrderableQuantity()).isEqualTo(85);
    assertThat(room.order("o1", "SKU-1", 86).hasAllocation()).isFalse();
    assertThat(room.order("o2", "SKU-1", 85).hasAllocation()).isTrue();
  }

  @Test
  void A25_a_quote_beyond_what_is_there_says_when_the_rest_comes() {
    Item.Builder tea = backorderItem("tea");
    tea.getSalesPolicyBuilder().setLeadTimeDays(3);
    inventory.with(tea).adjust("tea", 5);
    room.order("o1", "tea", 3);
    room.order("o2", "tea", 1);
    assertThat(room.quote("tea", 1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    QuotedLine beyond = room.quote("tea", 2);
    assertThat(beyond.getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_PARTLY_AVAILABLE);
    assertThat(Wire.day(beyond.getPortions(1).getPromise().getShipByDate())).isEqualTo(room.day(3));
  }

  @Test
  void B31_two_lines_of_one_item_leave_together() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    room.place(orderOf("o1", "tea", 1).addLines(line("2", "tea", 1)));
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(2);
    inventory.allocations.shipAllocation(
        ShipAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("o1")
            .setLocation("leeds")
            .setShipmentId("shipment-1")
            .addLines(dev.backorder.inventory.testing.Stockroom.quantity("1", 1))
            .addLines(dev.backorder.inventory.testing.Stockroom.quantity("2", 1))
            .build());
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(1);
    assertThat(inventory.balance("tea").getReservedQuantity()).isZero();
  }

  @Test
  void B21_each_item_ships_from_where_it_is() {
    inventory.with(location("eu-1").setPriority(1)).with(location("eu-2").setPriority(2));
    inventory.with(inStockOnly("SKU-1")).with(inStockOnly("SKU-4"));
    // Tenths, because units are whole: 5.5 and 3 of SKU-1, 6 of SKU-4.
    put("eu-1", "SKU-1", 55);
    put("eu-2", "SKU-1", 30);
    put("eu-2", "SKU-4", 60);
    AllocateOrderRequest.Builder order = orderOf("o1", "SKU-1", 80);
    order.addLines(line("2", "SKU-4", 40));
    List<String> parts =
        room.place(order).getAllocation().getLinesList().stream()
            .flatMap(held -> held.getPortionsList().stream())
            .map(portion -> portion.getQuantity() + " " + portion.getLocation())
            .toList();
    assertThat(parts).containsExactlyInAnyOrder("55 eu-1", "25 eu-2", "40 eu-2");
  }

  @Test
  void B23_a_return_that_is_told_twice_is_one_entry() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.order("o1", "tea", 4);
    room.ship("o1", 4);
    AcceptReturnRequest back =
        AcceptReturnRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("o1")
            .setLocation("leeds")
            .addLines(dev.backorder.inventory.testing.Stockroom.quantity("1", 4))
            .build();
    AcceptReturnResponse first = inventory.allocations.acceptReturn(back);
    int entries = ledger("tea");
    assertThat(inventory.allocations.acceptReturn(back)).isEqualTo(first);
    assertThat(Refusal.of(() -> room.takeBack("o1", 4)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(ledger("tea")).isEqualTo(entries);
    // Opening stock, the shipment, the return.
    assertThat(entries).isEqualTo(3);
  }

  @Test
  void B29_what_was_never_allocated_frees_nothing_and_cancelling_twice_neither() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    Map<String, Long> before = Database.counts();
    ReleaseAllocationRequest unknown =
        ReleaseAllocationRequest.newBuilder().setRequestId(request()).setOrderId("o1").build();
    assertThat(Refusal.of(() -> inventory.allocations.releaseAllocation(unknown)).reason())
        .isEqualTo("ALLOCATION_NOT_FOUND");
    assertThat(Database.counts()).isEqualTo(before);
    room.order("o1", "tea", 2);
    room.cancel("o1");
    room.cancel("o1");
    assertThat(inventory.balance("tea").getReservedQuantity()).isZero();
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(3);
  }

  @Test
  void C07_what_has_no_stock_record_gives_nothing_and_gets_none() {
    inventory.with(inStockOnly("tea"));
    assertThat(room.orderWhatThereIs("o1", "tea", 5).getRefusals(0).getRequestedQuantity())
        .isEqualTo(5);
    Refusal refusal = Refusal.of(() -> inventory.adjust("tea", -1));
    assertThat(refusal.reason()).isEqualTo("NOT_ENOUGH_ON_HAND");
    assertThat(inventory.balance("tea").getOnHandQuantity()).isZero();
  }

  @Test
  void C09_no_more_parcels_than_needed() {
    List<String> places = List.of("a", "b", "c");
    IntStream.range(0, 3).forEach(i -> inventory.with(location(places.get(i)).setPriority(i + 1)));
    for (String sku : List.of("three", "two", "one")) {
      inventory.with(inStockOnly(sku));
    }
    places.forEach(place -> put(place, "three", 3));
    places.forEach(place -> put(place, "two", 2));
    places.subList(0, 2).forEach(place -> put(place, "one", 1));
    assertThat(room.order("o1", "three", 5).getAllocation().getLines(0).getPortionsList())
        .hasSize(2);
    assertThat(room.order("o2", "two", 5).getAllocation().getLines(0).getPortionsList()).hasSize(3);
    AllocateOrderResponse refused = room.order("o3", "one", 5);
    assertThat(refused.hasAllocation()).isFalse();
    assertThat(refused.getRefusals(0).getSku()).isEqualTo("one");
  }

  @Test
  void C11_waiting_units_go_first_and_what_has_shipped_stays() {
    inventory.with(backorderItem("tea")).adjust("tea", 1);
    room.order("o1", "tea", 3);
    room.release("o1", 2);
    assertThat(room.fate("o1")).isEqualTo("1+0");

    inventory.with(backorderItem("cup")).adjust("cup", 2);
    room.order("o2", "cup", 2);
    room.ship("o2", 1);
    room.cancel("o2");
    AllocationLine line = room.line("o2");
    assertThat(line.getShippedQuantity()).isEqualTo(1);
    assertThat(line.getReleasedQuantity()).isEqualTo(1);
    assertThat(inventory.balance("cup").getAvailableQuantity()).isEqualTo(1);
  }

  @Test
  void C13_what_comes_beyond_a_debt_is_free() {
    inventory.with(backorderItem("tea"));
    room.order("o1", "tea", 10);
    room.supply("s1", "tea", 15, room.day(1)).receive("s1", 15);
    assertThat(room.fate("o1")).isEqualTo("10+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(5);
  }

  @Test
  void C18_the_higher_priority_is_served_first() {
    inventory.with(backorderItem("tea"));
    room.order("third", "tea", 10, 1);
    room.order("second", "tea", 10, 2);
    room.order("first", "tea", 10, 3);
    inventory.adjust("tea", 25);
    assertThat(room.fate("first")).isEqualTo("10+0");
    assertThat(room.fate("second")).isEqualTo("10+0");
    assertThat(room.fate("third")).isEqualTo("5+5");
  }

  @Test
  void J07_what_others_hold_is_not_there() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    room.order("others", "tea", 7);
    AllocateOrderResponse response = room.order("o1", "tea", 5);
    assertThat(response.hasAllocation()).isFalse();
    assertThat(response.getRefusals(0).getOrderableQuantity()).isEqualTo(3);
  }

  @Test
  void J11_one_order_asked_for_many_times_at_once_reserves_once() {
    inventory.with(inStockOnly("tea")).adjust("tea", 100);
    AllocateOrderRequest same = orderOf("o1", "tea", 5).build();
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // Half of them repeat the request, half ask for the same order with a request of their own.
      AllocateOrderRequest call = i % 2 == 0 ? same : orderOf("o1", "tea", 5).build();
      calls.add(CompletableFuture.supplyAsync(() -> outcome(call)));
    }
    List<String> outcomes = calls.stream().map(CompletableFuture::join).toList();
    assertThat(outcomes).containsOnly("allocated", "ALLOCATION_EXISTS").contains("allocated");
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(5);
  }

  private String outcome(AllocateOrderRequest call) {
    try {
      return inventory.allocations.allocateOrder(call).hasAllocation() ? "allocated" : "refused";
    } catch (io.grpc.StatusRuntimeException e) {
      return Refusal.of(
              () -> {
                throw e;
              })
          .reason();
    }
  }

  private void put(String location, String sku, long quantity) {
    assertThat(
            inventory
                .stock
                .adjustStock(
                    AdjustStockRequest.newBuilder()
                        .setRequestId(request())
                        .setLocation(location)
                        .setReason("opening stock")
                        .addAdjustments(
                            StockAdjustment.newBuilder().setSku(sku).setQuantity(quantity))
                        .build())
                .getLedgerTransactionId())
        .isNotEmpty();
  }

  private int ledger(String sku) {
    return inventory
        .stock
        .listLedgerTransactions(ListLedgerTransactionsRequest.newBuilder().setSku(sku).build())
        .getLedgerTransactionsCount();
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
