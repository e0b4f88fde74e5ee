package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static dev.backorder.inventory.testing.Stockroom.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.LedgerAccount;
import dev.backorder.inventory.v1.LedgerTransaction;
import dev.backorder.inventory.v1.LedgerTransactionKind;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import dev.backorder.inventory.wire.Wire;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class AllocationTest extends StockroomTest {
  @Test
  void B01_an_allocation_reserves_and_never_changes_what_is_on_hand() {
    inventory.with(backorderItem("tea")).adjust("tea", 100);
    AllocateOrderResponse response = room.order("o1", "tea", 50);
    assertThat(response.getRefusalsList()).isEmpty();
    assertThat(response.getAllocation().getVersion()).isEqualTo(1);
    StockBalance balance = inventory.balance("tea");
    assertThat(balance.getOnHandQuantity()).isEqualTo(100);
    assertThat(balance.getReservedQuantity()).isEqualTo(50);
    assertThat(balance.getAvailableQuantity()).isEqualTo(50);
    assertThat(room.held("o1")).isEqualTo(response.getAllocation());
  }

  @Test
  void C07_what_is_there_is_reserved_and_the_rest_waits_with_a_date() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    AllocationLine line = room.order("o1", "tea", 20).getAllocation().getLines(0);
    assertThat(line.getReservedQuantity()).isEqualTo(10);
    assertThat(line.getWaitingQuantity()).isEqualTo(10);
    assertThat(line.getPortions(0).getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_STOCK);
    assertThat(line.getPortions(1).getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(Wire.day(line.getPortions(1).getPromise().getShipByDate())).isEqualTo(room.day(5));
    assertThat(inventory.balance("tea").getWaitingQuantity()).isEqualTo(10);
  }

  @Test
  void C07_without_backorders_what_is_missing_is_refused_and_counted() {
    inventory.with(inStockOnly("tea")).adjust("tea", 10);
    AllocateOrderResponse response = room.orderWhatThereIs("o1", "tea", 20);
    AllocationLine line = response.getAllocation().getLines(0);
    assertThat(line.getReservedQuantity()).isEqualTo(10);
    assertThat(line.getRefusedQuantity()).isEqualTo(10);
    assertThat(response.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_OUT_OF_STOCK);
    assertThat(response.getRefusals(0).getOrderableQuantity()).isEqualTo(10);
  }

  @Test
  void B07_a_refused_order_names_every_line_and_takes_nothing() {
    inventory.with(inStockOnly("tea")).with(inStockOnly("jam")).with(inStockOnly("salt"));
    inventory.adjust("tea", 4).adjust("jam", 3).adjust("salt", 9);
    AllocateOrderResponse response =
        room.place(
            orderOf("o1", "tea", 100)
                .addLines(line("2", "jam", 100))
                .addLines(line("3", "salt", 1))
                .addLines(line("4", "ghost", 1)));
    assertThat(response.hasAllocation()).isFalse();
    assertThat(response.getRefusalsList())
        .extracting(r -> r.getSku() + " " + r.getReason())
        .containsExactly(
            "tea REFUSAL_REASON_OUT_OF_STOCK",
            "jam REFUSAL_REASON_OUT_OF_STOCK",
            "ghost REFUSAL_REASON_UNKNOWN_ITEM");
    assertThat(inventory.balance("salt").getReservedQuantity()).isZero();
    assertThat(Refusal.of(() -> room.held("o1")).reason()).isEqualTo("ALLOCATION_NOT_FOUND");
    assertThat(inventory.eventsOf("o1")).isEmpty();
  }

  @Test
  void B03_A07_locations_are_asked_in_their_order_and_inactive_ones_not_at_all() {
    inventory.with(location("york").setPriority(5)).with(location("closed").setActive(true));
    inventory.with(location("bath").setPriority(1));
    inventory.with(inStockOnly("tea")).adjust("tea", 2);
    adjust("york", "tea", 4);
    adjust("bath", "tea", 3);
    adjust("closed", "tea", 10);
    deactivate("closed");
    AllocationLine line = room.order("o1", "tea", 7).getAllocation().getLines(0);
    assertThat(line.getPortionsList())
        .extracting(p -> p.getQuantity() + " " + p.getLocation())
        .containsExactly("2 leeds", "3 bath", "2 york");
    assertThat(room.order("o2", "tea", 3).hasAllocation()).isFalse();
    assertThat(room.quote("tea", 2).getOrderableQuantity()).isEqualTo(2);
  }

  @Test
  void B11_B31_what_ships_leaves_both_on_hand_and_reserved() {
    inventory.with(backorderItem("tea")).adjust("tea", 100);
    room.order("o1", "tea", 80);
    Allocation after = room.ship("o1", 50);
    assertThat(after.getLines(0).getShippedQuantity()).isEqualTo(50);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(50);
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(30);
    room.ship("o1", 30);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(20);
    assertThat(inventory.balance("tea").getReservedQuantity()).isZero();
    assertThat(room.line("o1").getPortionsList()).isEmpty();
    Refusal refusal = Refusal.of(() -> room.ship("o1", 1));
    assertThat(refusal.reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(refusal.metadata()).containsEntry("possible", "0").containsEntry("line_id", "1");
  }

  @Test
  void B13_a_location_ships_only_what_is_reserved_there() {
    inventory.with(location("york").setPriority(5)).with(inStockOnly("tea")).adjust("tea", 2);
    adjust("york", "tea", 3);
    room.order("o1", "tea", 4);
    assertThat(Refusal.of(() -> room.ship("o1", 3)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    room.ship("o1", LEEDS, 2);
    room.ship("o1", "york", 2);
    assertThat(room.line("o1").getShippedQuantity()).isEqualTo(4);
    assertThat(Refusal.of(() -> room.ship("o1", "nowhere", 1)).reason())
        .isEqualTo("LOCATION_NOT_FOUND");
  }

  @Test
  void B09_J05_two_lines_of_one_item_share_the_stock() {
    inventory.with(inStockOnly("tea")).adjust("tea", 50);
    room.order("o0", "tea", 20);
    room.place(orderOf("o1", "tea", 10).addLines(line("2", "tea", 5)));
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(35);
    assertThat(room.place(orderOf("o2", "tea", 9).addLines(line("2", "tea", 10))).hasAllocation())
        .isFalse();
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(35);
  }

  @Test
  void a_backorder_limit_holds_over_all_orders() {
    inventory.with(
        backorderItem("tea")
            .setSalesPolicy(
                backorderItem("tea")
                    .getSalesPolicyBuilder()
                    .setBackorderLimit(
                        BackorderLimit.newBuilder()
                            .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                            .setQuantity(45))));
    inventory.adjust("tea", 85);
    assertThat(room.order("o1", "tea", 131).getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT);
    assertThat(room.order("o2", "tea", 130).hasAllocation()).isTrue();
    assertThat(room.order("o3", "tea", 1).hasAllocation()).isFalse();
    assertThat(room.quote("tea", 1).getOrderableQuantity()).isZero();
    room.release("o2", 1);
    assertThat(room.order("o4", "tea", 1).hasAllocation()).isTrue();
  }

  @Test
  void the_delivery_date_follows_the_destination() {
    inventory.with(
        location("bath")
            .setPriority(0)
            .addTransitTimes(TransitTime.newBuilder().setDestinationCountry("FR").setDays(4)));
    inventory.with(backorderItem("tea"));
    adjust("bath", "tea", 1);
    AllocateOrderRequest.Builder toFrance =
        orderOf("o1", "tea", 1)
            .setSalesContext(SalesContext.newBuilder().setDestinationCountry("FR"));
    var promise = room.place(toFrance).getAllocation().getLines(0).getPortions(0).getPromise();
    assertThat(Wire.day(promise.getDeliverByDate())).isEqualTo(room.day(4));
    assertThat(Wire.day(promise.getShipByDate())).isEqualTo(room.today());
  }

  @Test
  void an_order_is_allocated_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    AllocateOrderRequest request = orderOf("o1", "tea", 4).build();
    AllocateOrderResponse first = inventory.allocations.allocateOrder(request);
    assertThat(inventory.allocations.allocateOrder(request)).isEqualTo(first);
    Refusal refusal = Refusal.of(() -> room.order("o1", "tea", 4));
    assertThat(refusal.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("ALLOCATION_EXISTS");
    assertThat(inventory.balance("tea").getReservedQuantity()).isEqualTo(4);
    assertThat(
            Refusal.of(
                    () ->
                        inventory.allocations.allocateOrder(
                            request.toBuilder().setOrderId("o2").build()))
                .reason())
        .isEqualTo("REQUEST_ID_REUSED");
  }

  @Test
  void a_refused_order_may_be_asked_again_by_another_request() {
    inventory.with(inStockOnly("tea"));
    AllocateOrderRequest request = orderOf("o1", "tea", 4).build();
    AllocateOrderResponse refused = inventory.allocations.allocateOrder(request);
    inventory.adjust("tea", 4);
    assertThat(inventory.allocations.allocateOrder(request)).isEqualTo(refused);
    assertThat(room.order("o1", "tea", 4).hasAllocation()).isTrue();
  }

  @Test
  void lines_of_an_order_have_ids_of_their_own() {
    inventory.with(backorderItem("tea"));
    Refusal refusal =
        Refusal.of(
            () ->
                room.place(
                    orderOf("o1", "tea", 1)
                        .addLines(line("1", "tea", 1))
                        .addLines(line("1", "tea", 1))));
    assertThat(refusal.fields()).containsExactly("lines[1].line_id", "lines[2].line_id");
  }

  @Test
  void J11_an_order_of_250_lines_is_processed_whole() {
    AllocateOrderRequest.Builder order = orderOf("big", "tea-0", 2);
    IntStream.range(1, 250).forEach(i -> order.addLines(line("l" + i, "tea-" + i, 2)));
    IntStream.range(0, 250).forEach(i -> inventory.with(backorderItem("tea-" + i)));
    IntStream.range(0, 125).forEach(i -> inventory.adjust("tea-" + i, 2));
    Allocation allocation = room.place(order).getAllocation();
    assertThat(allocation.getLinesList()).hasSize(250);
    assertThat(allocation.getLinesList().stream().mapToLong(AllocationLine::getReservedQuantity))
        .satisfies(q -> assertThat(q.stream().mapToLong(Long::longValue).sum()).isEqualTo(250));
    assertThat(room.cancel("big").getLines(249).getReleasedQuantity()).isEqualTo(2);
  }

  @Test
  void a_cancelled_line_gives_back_waiting_units_before_reserved_ones() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 8);
    Allocation after = room.release("o1", 4);
    assertThat(room.fate("o1")).isEqualTo("4+0");
    assertThat(after.getLines(0).getReleasedQuantity()).isEqualTo(4);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
    assertThat(Refusal.of(() -> room.release("o1", 5)).metadata()).containsEntry("possible", "4");
    assertThat(room.cancel("o1").getLines(0).getReleasedQuantity()).isEqualTo(8);
    long version = room.cancel("o1").getVersion();
    assertThat(room.cancel("o1").getVersion()).as("nothing is left to give").isEqualTo(version);
  }

  @Test
  void unknown_and_repeated_lines_are_refused() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 5);
    ReleaseAllocationRequest.Builder release =
        ReleaseAllocationRequest.newBuilder().setRequestId(request()).setOrderId("o1");
    assertThat(
            Refusal.of(
                    () ->
                        inventory.allocations.releaseAllocation(
                            release.clone().addLines(quantity("9", 1)).build()))
                .reason())
        .isEqualTo("LINE_NOT_FOUND");
    assertThat(
            Refusal.of(
                    () ->
                        inventory.allocations.releaseAllocation(
                            release
                                .clone()
                                .addLines(quantity("1", 1))
                                .addLines(quantity("1", 1))
                                .build()))
                .fields())
        .containsExactly("lines[1].line_id");
    assertThat(room.fate("o1")).isEqualTo("5+0");
  }

  @Test
  void every_change_is_a_fact_with_the_full_state_and_the_next_version() throws Exception {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 5);
    room.ship("o1", 2);
    room.release("o1", 1);
    room.takeBack("o1", 1);
    inventory.time.settle();
    List<Event> events = inventory.eventsOf("o1");
    assertThat(events).extracting(Event::getKeyVersion).containsExactly(1L, 2L, 3L, 4L);
    assertThat(events)
        .extracting(e -> fact(e).getAllocationChanged().getCause())
        .containsExactly(
            AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED,
            AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SHIPPED,
            AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RELEASED,
            AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RETURNED);
    assertThat(fact(events.get(3)).getAllocationChanged().getAllocation())
        .isEqualTo(room.held("o1"));
  }

  @Test
  void the_ledger_tells_how_units_came_and_went_and_sums_to_zero() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.supply("s1", "tea", 10, room.day(1)).receive("s1", 10);
    room.order("o1", "tea", 7);
    room.ship("o1", 7);
    room.takeBack("o1", 2);
    inventory.adjust("tea", -3);
    List<LedgerTransaction> ledger =
        inventory
            .stock
            .listLedgerTransactions(
                ListLedgerTransactionsRequest.newBuilder().setSku("tea").build())
            .getLedgerTransactionsList();
    assertThat(ledger)
        .extracting(LedgerTransaction::getKind)
        .containsExactly(
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_ADJUSTMENT,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_RECEIPT,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_SHIPMENT,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_RETURN,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_ADJUSTMENT);
    assertThat(ledger)
        .allSatisfy(
            t ->
                assertThat(t.getEntriesList().stream().mapToLong(e -> e.getQuantity()).sum())
                    .isZero());
    var onHand =
        ledger.get(4).getEntriesList().stream()
            .filter(e -> e.getAccount() == LedgerAccount.LEDGER_ACCOUNT_ON_HAND)
            .findFirst()
            .orElseThrow();
    assertThat(onHand.getPreviousBalanceQuantity()).isEqualTo(10);
    assertThat(onHand.getNewBalanceQuantity()).isEqualTo(7);
    assertThat(
            inventory
                .stock
                .listLedgerTransactions(
                    ListLedgerTransactionsRequest.newBuilder().setReference("o1").build())
                .getLedgerTransactionsList())
        .hasSize(2);
  }

  @Test
  void B27_reserved_units_cannot_be_taken_for_another_purpose() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 4);
    Refusal refusal = Refusal.of(() -> inventory.adjust("tea", -2));
    assertThat(refusal.reason()).isEqualTo("NOT_ENOUGH_ON_HAND");
    assertThat(refusal.metadata()).containsEntry("possible", "1").containsEntry("sku", "tea");
    room.cancel("o1");
    inventory.adjust("tea", -5);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isZero();
  }

  @Test
  void no_more_comes_back_than_was_shipped() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.order("o1", "tea", 5);
    room.ship("o1", 3);
    assertThat(Refusal.of(() -> room.takeBack("o1", 4)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(room.takeBack("o1", 3).getLines(0).getReturnedQuantity()).isEqualTo(3);
    assertThat(Refusal.of(() -> room.takeBack("o1", 1)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(3);
  }

  private static Item.Builder inStockOnly(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }

  private void adjust(String location, String sku, long quantity) {
    inventory.stock.adjustStock(
        dev.backorder.inventory.v1.AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(location)
            .setReason("test")
            .addAdjustments(
                dev.backorder.inventory.v1.StockAdjustment.newBuilder()
                    .setSku(sku)
                    .setQuantity(quantity))
            .build());
  }

  private void deactivate(String code) {
    Location location =
        inventory
            .locations
            .getLocation(GetLocationRequest.newBuilder().setCode(code).build())
            .getLocation();
    inventory.locations.updateLocation(
        UpdateLocationRequest.newBuilder()
            .setRequestId(request())
            .setLocation(location.toBuilder().setActive(false))
            .build());
  }

  private static InventoryEvent fact(Event event) {
    try {
      return event.getPayload().unpack(InventoryEvent.class);
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
