package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.Hold;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Which of several locations serve an order. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class SourcingTest extends StockroomTest {
  private static final SalesContext FEWEST =
      SalesContext.newBuilder()
          .setSourcingPolicy(SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS)
          .build();

  @Test
  void C09_an_order_is_split_over_as_few_locations_as_possible() {
    three(inStockOnly("tea"));
    put("leeds", 3);
    put("york", 3);
    put("hull", 3);
    assertThat(locations(place("o1", 5, FEWEST))).containsExactly("leeds", "york");
    room.cancel("o1");
    take("leeds", 1);
    take("york", 1);
    take("hull", 1);
    assertThat(locations(place("o2", 5, FEWEST))).containsExactly("hull", "leeds", "york");
    room.cancel("o2");
    take("leeds", 1);
    take("york", 1);
    take("hull", 2);
    AllocateOrderResponse refused = place("o3", 5, FEWEST);
    assertThat(refused.hasAllocation()).isFalse();
    assertThat(refused.getRefusals(0).getSku()).isEqualTo("tea");
    assertThat(refused.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_OUT_OF_STOCK);
  }

  @Test
  void one_location_that_has_all_lines_beats_two_of_better_priority() {
    three(backorderItem("tea"));
    inventory.with(backorderItem("jam"));
    put("leeds", 5);
    put("york", "jam", 5);
    put("hull", 5);
    put("hull", "jam", 5);
    AllocateOrderRequest.Builder order = orderOf("o1", "tea", 2).addLines(line("2", "jam", 2));
    assertThat(locations(room.place(order))).containsExactly("leeds", "york");
    order = orderOf("o2", "tea", 2).addLines(line("2", "jam", 2)).setSalesContext(FEWEST);
    AllocateOrderResponse placed = room.place(order);
    assertThat(locations(placed)).containsExactly("hull");
    assertThat(placed.getAllocation().getSalesContext()).isEqualTo(FEWEST);
    assertThat(room.held("o2").getSalesContext()).isEqualTo(FEWEST);
  }

  @Test
  void what_waits_is_served_as_with_any_policy() {
    three(backorderItem("tea"));
    put("york", 2);
    room.told("s1", "tea", "hull", 1, room.day(2), SupplyState.CONFIRMED);
    AllocateOrderResponse placed = place("o1", 4, FEWEST);
    assertThat(placed.getAllocation().getLines(0).getPortionsList())
        .extracting(p -> p.getQuantity() + " " + p.getLocation())
        .containsExactly("2 york", "1 hull", "1 leeds");
  }

  @Test
  void an_inactive_location_takes_no_part() {
    inventory.with(location("york").setPriority(2));
    inventory.with(location("shut").setPriority(3).setActive(false)).with(backorderItem("tea"));
    inventory.adjust("tea", 1);
    put("york", 1);
    put("shut", 9);
    assertThat(locations(place("o1", 2, FEWEST))).containsExactly("leeds", "york");
  }

  @Test
  void everything_is_reserved_or_waits_where_it_is_picked_up() {
    three(backorderItem("tea"));
    put("leeds", 9);
    put("york", 2);
    room.supply("s1", "tea", 9, room.day(1));
    room.told("s2", "tea", "york", 1, room.day(3), SupplyState.CONFIRMED);
    AllocateOrderResponse placed = place("o1", 4, pickUp("york"));
    assertThat(placed.getAllocation().getLines(0).getPortionsList())
        .extracting(p -> p.getQuantity() + " " + p.getLocation() + " " + p.getStateValue())
        .containsExactly("2 york 1", "1 york 2", "1 york 2");
    assertThat(room.held("o1").getSalesContext()).isEqualTo(pickUp("york"));
  }

  @Test
  void what_is_elsewhere_is_not_there_for_who_picks_up() {
    three(inStockOnly("tea"));
    put("leeds", 9);
    put("york", 2);
    QuotedLine quote = quote(3, pickUp("york"));
    assertThat(quote.getOrderableQuantity()).isEqualTo(2);
    assertThat(place("o1", 3, pickUp("york")).hasAllocation()).isFalse();
    assertThat(place("o2", 2, pickUp("york")).hasAllocation()).isTrue();
  }

  @Test
  void a_pick_up_at_an_unknown_or_inactive_location_is_refused() {
    three(backorderItem("tea"));
    inventory.with(location("shut").setPriority(9).setActive(false));
    put("leeds", 9);
    put("shut", 9);
    for (String place : List.of("nowhere", "shut")) {
      AllocateOrderResponse refused = place("o-" + place, 1, pickUp(place));
      assertThat(refused.hasAllocation()).isFalse();
      assertThat(refused.getRefusals(0).getReason())
          .isEqualTo(RefusalReason.REFUSAL_REASON_PICK_UP_LOCATION);
      assertThat(quote(1, pickUp(place)).getOrderableQuantity()).isZero();
    }
  }

  @Test
  void quote_hold_and_order_agree() {
    three(backorderItem("tea"));
    put("leeds", 1);
    put("york", 2);
    put("hull", 3);
    for (SalesContext context :
        List.of(FEWEST, pickUp("york"), SalesContext.getDefaultInstance())) {
      List<String> quoted = split(quote(3, context).getPortionsList());
      Hold hold =
          inventory
              .holds
              .placeHold(
                  PlaceHoldRequest.newBuilder()
                      .setRequestId(request())
                      .setCartId("c1")
                      .setSalesContext(context)
                      .addLines(HoldLine.newBuilder().setSku("tea").setQuantity(3))
                      .build())
              .getHold();
      assertThat(hold.getSalesContext()).isEqualTo(context);
      Allocation placed =
          room.place(
                  orderOf("o1" + context.hashCode(), "tea", 3)
                      .setSalesContext(context)
                      .setCartId("c1"))
              .getAllocation();
      assertThat(split(placed.getLines(0).getPortionsList())).isEqualTo(quoted);
      room.cancel(placed.getOrderId());
    }
  }

  private void three(Item.Builder tea) {
    inventory.with(location("york").setPriority(2)).with(location("hull").setPriority(3)).with(tea);
  }

  private static Item.Builder inStockOnly(String sku) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    return item;
  }

  private AllocateOrderResponse place(String orderId, long quantity, SalesContext context) {
    return room.place(orderOf(orderId, "tea", quantity).setSalesContext(context));
  }

  private QuotedLine quote(long quantity, SalesContext context) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .setSalesContext(context)
                .addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(quantity))
                .build())
        .getLines(0);
  }

  private static SalesContext pickUp(String location) {
    return SalesContext.newBuilder().setPickUpLocation(location).build();
  }

  private static List<String> split(List<AllocationPortion> portions) {
    return portions.stream().map(p -> p.getQuantity() + " " + p.getLocation()).toList();
  }

  private static List<String> locations(AllocateOrderResponse placed) {
    TreeSet<String> locations = new TreeSet<>();
    placed
        .getAllocation()
        .getLinesList()
        .forEach(l -> l.getPortionsList().forEach(p -> locations.add(p.getLocation())));
    return List.copyOf(locations);
  }

  private void put(String location, long quantity) {
    put(location, "tea", quantity);
  }

  private void take(String location, long quantity) {
    put(location, "tea", -quantity);
  }

  private void put(String location, String sku, long quantity) {
    inventory.stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(location)
            .setReason("test")
            .addAdjustments(StockAdjustment.newBuilder().setSku(sku).setQuantity(quantity))
            .build());
  }
}
