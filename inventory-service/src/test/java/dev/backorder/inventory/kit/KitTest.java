package dev.backorder.inventory.kit;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
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
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationComponent;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetHoldRequest;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.ReplenishmentPolicy;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kits (AV6): a set of two teas and a cup. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class KitTest extends StockroomTest {
  private static final String YORK = "york";

  @BeforeEach
  void sellSets() {
    inventory.with(backorderItem("tea")).with(backorderItem("cup")).with(set(kit("set")));
  }

  @Test
  void the_scarcest_component_decides_what_is_available() {
    inventory.adjust("tea", 7).adjust("cup", 2);
    QuotedLine two = room.quote("set", 2);
    assertThat(two.getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    assertThat(parts(two.getPortionsList())).containsExactly("2 leeds");
    QuotedLine three = room.quote("set", 3);
    assertThat(three.getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_PARTLY_AVAILABLE);
    assertThat(parts(three.getPortionsList())).containsExactly("2 leeds", "1 waits leeds");
    inventory.adjust("cup", 5);
    assertThat(parts(room.quote("set", 4).getPortionsList()))
        .containsExactly("3 leeds", "1 waits leeds");
  }

  @Test
  void from_stock_only_a_kit_ends_with_its_scarcest_component() {
    inventory.with(inStockOnly("box", "tea", "cup")).adjust("tea", 7).adjust("cup", 2);
    assertThat(room.quote("box", 1).getOrderableQuantity()).isEqualTo(2);
    AllocateOrderResponse refused = room.order("o1", "box", 3);
    assertThat(refused.hasAllocation()).isFalse();
    assertThat(refused.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_OUT_OF_STOCK);
    assertThat(refused.getRefusals(0).getOrderableQuantity()).isEqualTo(2);
    assertThat(balances()).isEqualTo("tea 7/0/0 cup 2/0/0");
    room.orderWhatThereIs("o2", "box", 3);
    assertThat(room.fate("o2")).isEqualTo("2+0");
    assertThat(room.line("o2").getRefusedQuantity()).isEqualTo(1);
  }

  @Test
  void lines_that_share_a_component_are_summed() {
    inventory.with(inStockOnly("box", "tea", "cup")).adjust("tea", 7).adjust("cup", 9);
    AllocateOrderResponse both =
        room.place(
            orderOf("o1", "box", 2).addLines(line("2", "tea", 2)).addLines(line("3", "box", 1)));
    assertThat(both.hasAllocation()).isFalse();
    assertThat(both.getRefusalsList()).extracting(r -> r.getLineId()).containsExactly("3");
    assertThat(balances()).isEqualTo("tea 7/0/0 cup 9/0/0");
    room.place(orderOf("o2", "box", 2).addLines(line("2", "tea", 3)));
    assertThat(balances()).isEqualTo("tea 7/7/0 cup 9/2/0");
  }

  @Test
  void whole_kits_are_reserved_leave_and_come_back() {
    inventory.adjust("tea", 7).adjust("cup", 5);
    room.order("o1", "set", 3);
    assertThat(Database.update("delete from stock where sku = 'set'")).as("rows of kits").isZero();
    AllocationLine line = room.line("o1");
    assertThat(line.getSku()).isEqualTo("set");
    assertThat(parts(line.getPortionsList())).containsExactly("3 leeds");
    assertThat(line.getComponentsList())
        .containsExactly(component("tea", 2, 6, 0), component("cup", 1, 3, 0));
    room.ship("o1", 2);
    assertThat(balances()).isEqualTo("tea 3/2/0 cup 3/1/0");
    assertThat(room.line("o1").getShippedQuantity()).isEqualTo(2);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    room.takeBack("o1", 1);
    assertThat(balances()).isEqualTo("tea 5/2/0 cup 4/1/0");
    assertThat(Refusal.of(() -> room.takeBack("o1", 2)).metadata()).containsEntry("possible", "1");
    room.checkBooks();
  }

  @Test
  void a_waiting_kit_keeps_what_it_can_have_and_leaves_with_its_last_component() {
    inventory.adjust("tea", 4);
    room.supply("cups", "cup", 2, room.day(5)).supply("teas", "tea", 9, room.day(9));
    room.order("o1", "set", 2);
    assertThat(balances()).isEqualTo("tea 4/4/0 cup 0/0/2");
    assertThat(room.fate("o1")).isEqualTo("0+2");
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("cups");
    assertThat(room.line("o1").getComponentsList())
        .containsExactly(component("tea", 2, 4, 0), component("cup", 1, 0, 2));
    // Nobody can take the tea meanwhile.
    room.order("o2", "tea", 1);
    assertThat(room.fate("o2")).isEqualTo("0+1");
    assertThat(Refusal.of(() -> room.ship("o1", 1)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    room.receive("cups", 1);
    assertThat(room.fate("o1")).isEqualTo("1+1");
    room.ship("o1", 1);
    assertThat(Refusal.of(() -> room.ship("o1", 1)).reason()).isEqualTo("QUANTITY_TOO_LARGE");
    room.receive("cups", 1);
    room.ship("o1", 1);
    assertThat(balances()).isEqualTo("tea 0/0/1 cup 0/0/0");
  }

  @Test
  void its_date_follows_the_latest_component() {
    room.supply("cups", "cup", 2, room.day(5)).supply("teas", "tea", 9, room.day(9));
    room.order("o1", "set", 1);
    var early = room.promised("o1");
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("teas");
    room.redate("teas", room.day(20));
    assertThat(room.promised("o1")).isAfter(early);
    var late = room.promised("o1");
    room.redate("cups", room.day(15));
    assertThat(room.promised("o1")).isEqualTo(late);
  }

  @Test
  void a_kit_that_is_wanted_later_leaves_to_others_what_comes_in_time_again() {
    inventory.adjust("tea", 2).adjust("cup", 1);
    room.supply("teas", "tea", 2, room.day(5)).supply("cups", "cup", 1, room.day(6));
    room.place(
        orderOf("o1", "set", 1)
            .setLines(0, line("1", "set", 1).toBuilder().setWantedDate(Wire.date(room.day(20)))));
    assertThat(room.fate("o1")).isEqualTo("0+1");
    assertThat(room.promised("o1")).isAfterOrEqualTo(room.day(20));
    room.order("o2", "set", 1);
    assertThat(room.fate("o2")).isEqualTo("1+0");
  }

  @Test
  void what_a_waiting_kit_gives_up_serves_the_queue_of_each_component() {
    inventory.adjust("tea", 4);
    room.order("o1", "set", 2);
    room.order("o2", "tea", 3);
    assertThat(room.fate("o2")).isEqualTo("0+3");
    room.release("o1", 1);
    assertThat(room.fate("o1")).isEqualTo("0+1");
    assertThat(room.fate("o2")).isEqualTo("2+1");
    room.cancel("o1");
    assertThat(room.fate("o2")).isEqualTo("3+0");
    assertThat(balances()).isEqualTo("tea 4/3/0 cup 0/0/0");
    assertThat(room.line("o1").getReleasedQuantity()).isEqualTo(2);
  }

  @Test
  void waiting_kits_are_given_up_before_reserved_ones() {
    inventory.adjust("tea", 9).adjust("cup", 1);
    room.order("o1", "set", 3);
    assertThat(room.fate("o1")).isEqualTo("1+2");
    room.release("o1", 2);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    assertThat(balances()).isEqualTo("tea 9/2/0 cup 1/1/0");
  }

  @Test
  void a_kit_is_never_put_together_from_two_locations() {
    inventory.with(inStockOnly("box", "tea", "cup")).with(location(YORK).setPriority(5));
    inventory.adjust("tea", 3);
    put(YORK, "cup", 3);
    assertThat(room.order("o1", "box", 1).hasAllocation()).isFalse();
    put(YORK, "tea", 4);
    put(LEEDS, "cup", 1);
    room.order("o2", "box", 3);
    assertThat(parts(room.line("o2").getPortionsList())).containsExactly("1 leeds", "2 york");
  }

  @Test
  void a_kit_goes_the_way_of_its_order() {
    inventory.with(inStockOnly("box", "tea", "cup")).with(backorderItem("jam"));
    inventory.with(location(YORK).setPriority(5));
    inventory.adjust("tea", 4).adjust("cup", 2);
    put(YORK, "jam", 1);
    put(YORK, "tea", 4);
    put(YORK, "cup", 2);
    room.place(
        orderOf("o1", "jam", 1)
            .addLines(line("2", "box", 2))
            .setSalesContext(
                SalesContext.newBuilder()
                    .setSourcingPolicy(SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS)));
    assertThat(parts(room.held("o1").getLines(1).getPortionsList())).containsExactly("2 york");
  }

  @Test
  void it_waits_where_it_can_leave_first() {
    inventory.with(location(YORK).setPriority(5)).adjust("tea", 2);
    put(YORK, "tea", 2);
    room.told(
        "cups", "cup", YORK, 5, room.day(2), dev.backorder.inventory.book.SupplyState.CONFIRMED);
    room.order("o1", "set", 1);
    assertThat(parts(room.line("o1").getPortionsList())).containsExactly("1 waits york");
    assertThat(inventory.balance("tea").getReservedQuantity()).isZero();
  }

  @Test
  void limits_and_longest_waits_hold_for_kits() {
    Item.Builder cup = backorderItem("mug");
    cup.getSalesPolicyBuilder()
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(3));
    Item.Builder pack = kit("pack").addComponents(of("tea", 1)).addComponents(of("mug", 2));
    inventory.with(cup).with(pack);
    assertThat(room.quote("pack", 1).getOrderableQuantity()).isEqualTo(1);
    AllocateOrderResponse two = room.order("o1", "pack", 2);
    assertThat(two.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT);
    assertThat(two.getRefusals(0).getOrderableQuantity()).isEqualTo(1);
    room.order("o2", "pack", 1);
    assertThat(room.quote("pack", 1).getOrderableQuantity()).isZero();

    Item.Builder hasty = set(kit("hasty"));
    hasty.getSalesPolicyBuilder().setMaxWaitDays(10);
    inventory.with(hasty).adjust("cup", 9);
    room.supply("soon", "tea", 3, room.day(3)).supply("late", "tea", 9, room.day(30));
    AllocateOrderResponse waits = room.order("o3", "hasty", 2);
    assertThat(waits.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_WAIT_TOO_LONG);
    assertThat(waits.getRefusals(0).getOrderableQuantity()).isEqualTo(1);
  }

  @Test
  void a_cart_holds_the_components_of_a_kit() {
    inventory.with(inStockOnly("box", "tea", "cup")).adjust("tea", 5).adjust("cup", 5);
    inventory.holds.placeHold(
        PlaceHoldRequest.newBuilder()
            .setRequestId(request())
            .setCartId("c1")
            .addLines(HoldLine.newBuilder().setSku("box").setQuantity(2))
            .build());
    assertThat(
            inventory
                .holds
                .getHold(GetHoldRequest.newBuilder().setCartId("c1").build())
                .getHold()
                .getLinesList())
        .extracting(l -> l.getSku() + " " + l.getOnHandQuantity())
        .containsExactly("cup 2", "tea 4");
    assertThat(room.order("o1", "box", 1).hasAllocation()).isFalse();
    assertThat(room.place(orderOf("o2", "box", 2).setCartId("c1")).hasAllocation()).isTrue();
    assertThat(balances()).isEqualTo("tea 5/4/0 cup 5/2/0");
  }

  @Test
  void kits_move_to_another_location_whole() {
    inventory.adjust("tea", 4).adjust("cup", 2);
    room.order("o1", "set", 2);
    inventory.with(location(YORK).setPriority(5));
    put(YORK, "tea", 2);
    inventory.allocations.moveAllocation(
        MoveAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("o1")
            .setFromLocation(LEEDS)
            .setToLocation(YORK)
            .addLines(dev.backorder.inventory.testing.Stockroom.quantity("1", 1))
            .build());
    assertThat(parts(room.line("o1").getPortionsList()))
        .containsExactlyInAnyOrder("1 leeds", "1 waits york");
    assertThat(balances()).isEqualTo("tea 4/2/0 cup 2/1/0");
  }

  @Test
  void shrinkage_of_one_component_returns_whole_kits_to_waiting() {
    inventory.adjust("tea", 4).adjust("cup", 2);
    room.order("o1", "set", 2);
    inventory.discrepancy("tea", -1);
    assertThat(room.fate("o1")).isEqualTo("1+1");
    assertThat(room.line("o1").getComponentsList())
        .containsExactly(component("tea", 2, 3, 1), component("cup", 1, 2, 0));
    inventory.adjust("tea", 1);
    assertThat(room.fate("o1")).isEqualTo("2+0");
  }

  @Test
  void ordered_kits_keep_the_components_that_they_had() {
    inventory.adjust("tea", 9).adjust("cup", 9);
    room.order("o1", "set", 1);
    Item now = item("set");
    inventory.items.updateItem(
        UpdateItemRequest.newBuilder()
            .setRequestId(request())
            .setItem(now.toBuilder().clearComponents().addComponents(of("cup", 3)))
            .build());
    room.order("o2", "set", 1);
    assertThat(room.line("o1").getComponentsList())
        .containsExactly(component("tea", 2, 2, 0), component("cup", 1, 1, 0));
    assertThat(room.line("o2").getComponentsList()).containsExactly(component("cup", 3, 3, 0));
    room.ship("o1", 1);
    room.ship("o2", 1);
    assertThat(balances()).isEqualTo("tea 7/0/0 cup 5/0/0");
  }

  @Test
  void by_day_a_kit_can_be_promised_as_its_scarcest_component_allows() {
    inventory.adjust("tea", 5).adjust("cup", 1);
    room.supply("cups", "cup", 9, room.day(3));
    List<PromisableDay> days =
        inventory
            .availability
            .getAvailableToPromise(
                GetAvailableToPromiseRequest.newBuilder().setSku("set").setHorizonDays(10).build())
            .getDaysList();
    assertThat(days.get(0).getAvailableToPromiseQuantity()).isEqualTo(1);
    assertThat(days.get(9).getAvailableToPromiseQuantity()).isEqualTo(2);
    assertThat(Wire.day(days.get(0).getDate())).isEqualTo(room.today());
  }

  @Test
  void the_last_shared_component_goes_to_one_of_many_kits() {
    inventory
        .with(inStockOnly("box", "tea", "cup"))
        .with(inStockOnly("pot", "tea", "cup"))
        .adjust("tea", 21)
        .adjust("cup", 30);
    List<Boolean> granted =
        Stampede.run(
            32, i -> () -> room.order("o" + i, i % 2 == 0 ? "box" : "pot", 1).hasAllocation());
    assertThat(granted).filteredOn(got -> got).hasSize(10);
    assertThat(balances()).isEqualTo("tea 21/20/0 cup 30/10/0");
  }

  @Test
  void a_kit_says_nothing_about_stock_and_all_that_is_wrong_is_named() {
    Item.Builder bad =
        backorderItem("bad")
            .addComponents(of("tea", 1))
            .addComponents(of("tea", 2))
            .addComponents(of("bad", 1))
            .setProtectedQuantity(3)
            .setReplenishmentPolicy(
                ReplenishmentPolicy.newBuilder()
                    .setMethod(ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX));
    bad.getSalesPolicyBuilder()
        .setSalesMode(SalesMode.SALES_MODE_MADE_TO_ORDER)
        .setLeadTimeDays(3)
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(3));
    assertThat(Refusal.of(() -> create(bad)).fields())
        .containsExactlyInAnyOrder(
            "items[0].components[1].sku",
            "items[0].components[2].sku",
            "items[0].protected_quantity",
            "items[0].replenishment_policy",
            "items[0].sales_policy.sales_mode",
            "items[0].sales_policy.backorder_limit",
            "items[0].sales_policy.lead_time_days");
    Item.Builder nested = kit("nested").addComponents(of("set", 1)).addComponents(of("nothing", 1));
    assertThat(Refusal.of(() -> create(nested)).fields())
        .containsExactlyInAnyOrder("items[0].components[0].sku", "items[0].components[1].sku");
  }

  @Test
  void a_kit_has_no_stock_and_what_has_stock_becomes_no_kit() {
    assertThat(Refusal.of(() -> inventory.adjust("set", 1)).reason()).isEqualTo("KIT_HAS_NO_STOCK");
    room.supply("sets", "set", 5, room.day(1));
    assertThat(Refusal.of(() -> room.receive("sets", 5)).reason()).isEqualTo("KIT_HAS_NO_STOCK");
    assertThat(
            Refusal.of(
                    () ->
                        inventory.ringFences.createRingFence(
                            CreateRingFenceRequest.newBuilder()
                                .setRequestId(request())
                                .setRingFence(
                                    RingFence.newBuilder()
                                        .setRingFenceId("f")
                                        .setSku("set")
                                        .setChannel("web")
                                        .setQuantity(1))
                                .build()))
                .reason())
        .isEqualTo("KIT_HAS_NO_STOCK");
    inventory.with(backorderItem("jam")).adjust("jam", 1);
    assertThat(becomeKit("jam").reason()).isEqualTo("CANNOT_BE_KIT");
    Refusal part = becomeKit("cup");
    assertThat(part.reason()).isEqualTo("CANNOT_BE_KIT");
    assertThat(part.metadata()).containsEntry("kit", "set");
    room.cancelSupply("sets");
  }

  private Refusal becomeKit(String sku) {
    Item.Builder kit = item(sku).toBuilder().addComponents(of("tea", 1));
    kit.getSalesPolicyBuilder().setLeadTimeDays(0);
    return Refusal.of(
        () ->
            inventory.items.updateItem(
                UpdateItemRequest.newBuilder().setRequestId(request()).setItem(kit).build()));
  }

  private Item item(String sku) {
    return inventory.items.getItem(GetItemRequest.newBuilder().setSku(sku).build()).getItem();
  }

  private void create(Item.Builder item) {
    inventory.items.batchCreateItems(
        BatchCreateItemsRequest.newBuilder().setRequestId(request()).addItems(item).build());
  }

  private void put(String where, String sku, long quantity) {
    inventory.stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(where)
            .setReason("test")
            .addAdjustments(StockAdjustment.newBuilder().setSku(sku).setQuantity(quantity))
            .build());
  }

  /** On hand / reserved / waiting at Leeds. */
  private String balances() {
    return balance("tea") + " " + balance("cup");
  }

  private String balance(String sku) {
    var row = inventory.balance(sku);
    return sku
        + " "
        + row.getOnHandQuantity()
        + "/"
        + row.getReservedQuantity()
        + "/"
        + row.getWaitingQuantity();
  }

  private static List<String> parts(List<AllocationPortion> portions) {
    return portions.stream()
        .map(
            p ->
                p.getQuantity()
                    + (p.getState() == PortionState.PORTION_STATE_WAITING ? " waits " : " ")
                    + p.getLocation())
        .toList();
  }

  private static AllocationComponent component(
      String sku, long perKit, long reserved, long waiting) {
    return AllocationComponent.newBuilder()
        .setSku(sku)
        .setUnitsPerKit(perKit)
        .setReservedQuantity(reserved)
        .setWaitingQuantity(waiting)
        .build();
  }

  private static KitComponent of(String sku, long quantity) {
    return KitComponent.newBuilder().setSku(sku).setQuantity(quantity).build();
  }

  private static Item.Builder kit(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setLeadTimeDays(0);
    return item;
  }

  private static Item.Builder set(Item.Builder item) {
    return item.addComponents(of("tea", 2)).addComponents(of("cup", 1));
  }

  private static Item.Builder inStockOnly(String sku, String two, String one) {
    Item.Builder item = kit(sku).addComponents(of(two, 2)).addComponents(of(one, 1));
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }
}
