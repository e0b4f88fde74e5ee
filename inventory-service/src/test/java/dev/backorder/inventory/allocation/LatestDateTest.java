package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.RefusalReason;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** Units that would leave after the last day on which the buyer wants them. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class LatestDateTest extends StockroomTest {

  @Test
  void D05_what_is_there_is_had_and_what_comes_too_late_is_refused() {
    inventory.with(backorderItem("tea")).adjust("tea", 10);
    room.supply("s1", "tea", 10, room.day(9));
    AllocateOrderResponse whole = room.place(by("o1", "tea", 20, 6));
    assertThat(whole.hasAllocation()).isFalse();

    AllocateOrderResponse part =
        room.place(by("o2", "tea", 20, 6).setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));

    assertThat(room.fate("o2")).isEqualTo("10+0");
    assertTooLate(part, 10);
  }

  @Test
  void a_supply_on_the_last_day_is_in_time() {
    inventory.with(backorderItem("tea"));
    room.supply("s1", "tea", 10, room.day(9));
    assertThat(room.place(by("o1", "tea", 10, 9)).getRefusalsList()).isEmpty();
    assertThat(room.fate("o1")).isEqualTo("0+10");
  }

  @Test
  void a_purchase_that_would_come_too_late_is_refused() {
    inventory.with(backorderItem("tea"));
    assertTooLate(room.place(by("o1", "tea", 3, 2)), 0);
    assertThat(room.place(by("o2", "tea", 3, 30)).hasAllocation()).isTrue();
  }

  @Test
  void even_stock_can_be_too_late() {
    Item.Builder stocked = backorderItem("jam");
    stocked
        .getSalesPolicyBuilder()
        .setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY)
        .setLeadTimeDays(0);
    inventory.with(stocked).adjust("jam", 5);
    assertTooLate(room.place(by("o1", "jam", 3, -1)), 0);
    assertThat(room.place(by("o2", "jam", 3, 5)).hasAllocation()).isTrue();
  }

  @Test
  void a_kit_is_too_late_with_its_latest_component() {
    Item.Builder set =
        backorderItem("set")
            .addComponents(KitComponent.newBuilder().setSku("tea").setQuantity(2))
            .addComponents(KitComponent.newBuilder().setSku("cup").setQuantity(1));
    set.getSalesPolicyBuilder().setLeadTimeDays(0);
    inventory.with(backorderItem("tea")).with(backorderItem("cup")).with(set);
    inventory.adjust("tea", 2).adjust("cup", 5);
    room.supply("s1", "tea", 4, room.day(9));

    AllocateOrderResponse part =
        room.place(by("o1", "set", 3, 6).setShortageRule(ShortageRule.SHORTAGE_RULE_REFUSE_UNITS));

    assertThat(part.getAllocation().getLines(0).getReservedQuantity()).isEqualTo(1);
    assertTooLate(part, 1);
    assertThat(room.place(by("o2", "set", 2, 9)).getRefusalsList()).isEmpty();
  }

  @Test
  void a_date_that_slips_afterwards_refuses_nothing() {
    inventory.with(backorderItem("tea"));
    room.supply("s1", "tea", 10, room.day(5));
    room.place(by("o1", "tea", 10, 6));
    room.supply("s1", "tea", 10, room.day(20));
    assertThat(room.fate("o1")).isEqualTo("0+10");
  }

  @Test
  void every_bad_date_is_named() {
    inventory.with(backorderItem("tea"));
    Date none = Date.newBuilder().setYear(2026).setMonth(2).setDay(30).build();
    AllocateOrderRequest.Builder order = orderOf("o1", "tea", 1);
    order.getLinesBuilder(0).setLatestShipByDate(none);
    order.addLines(
        order.getLines(0).toBuilder()
            .setLineId("2")
            .setWantedDate(Wire.date(room.day(5)))
            .setLatestShipByDate(Wire.date(room.day(4))));
    assertThat(Refusal.of(() -> room.place(order)).fields())
        .containsExactlyInAnyOrder("lines[0].latest_ship_by_date", "lines[1].latest_ship_by_date");
  }

  private AllocateOrderRequest.Builder by(String orderId, String sku, long quantity, int day) {
    AllocateOrderRequest.Builder order = orderOf(orderId, sku, quantity);
    order.getLinesBuilder(0).setLatestShipByDate(Wire.date(room.day(day)));
    return order;
  }

  private static void assertTooLate(AllocateOrderResponse response, long orderable) {
    assertThat(response.getRefusals(0).getReason())
        .isEqualTo(RefusalReason.REFUSAL_REASON_TOO_LATE);
    assertThat(response.getRefusals(0).getOrderableQuantity()).isEqualTo(orderable);
  }
}
