package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.line;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static dev.backorder.inventory.testing.Stockroom.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.GetItemResponse;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.QueueEntry;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Lines that may not leave before a day. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class WantedDateTest extends StockroomTest {

  @Test
  void A02_supply_that_comes_raises_what_can_be_promised_from_its_day_on() {
    inventory.with(backorderItem("tea")).adjust("tea", 20);
    room.order("o1", "tea", 3);
    room.supply("s1", "tea", 10, room.day(2));
    assertThat(promisable()).containsExactly(17L, 17L, 27L, 27L, 27L, 27L, 27L);
  }

  @Test
  void A03_a_promise_today_cannot_break_the_demand_of_a_later_day() {
    inventory.with(backorderItem("tea")).adjust("tea", 20);
    room.order("o1", "tea", 3);
    room.supply("s1", "tea", 10, room.day(2));
    later("o2", 15, 3);
    room.supply("s2", "tea", 1, room.day(4)).supply("s3", "tea", 3, room.day(5));
    assertThat(days(PromisableDay::getProjectedQuantity))
        .containsExactly(17L, 17L, 27L, 12L, 13L, 16L, 16L);
    assertThat(promisable()).containsExactly(12L, 12L, 12L, 12L, 13L, 16L, 16L);
    // What the days say can be had.
    assertThat(room.order("o3", "tea", 12).getAllocation().getLines(0).getReservedQuantity())
        .isEqualTo(12);
  }

  @Test
  void C17_units_go_by_the_day_on_which_they_are_wanted_and_not_by_entry() {
    inventory.with(backorderItem("tea"));
    later("first", 1, 10);
    later("last", 1, 13);
    later("second", 1, 11);
    assertThat(room.queue("tea"))
        .extracting(QueueEntry::getOrderId)
        .containsExactly("first", "second", "last");
    inventory.adjust("tea", 2);
    assertThat(room.fate("first")).isEqualTo("1+0");
    assertThat(room.fate("second")).isEqualTo("1+0");
    assertThat(room.fate("last")).isEqualTo("0+1");
  }

  @Test
  void priority_goes_before_the_wanted_day() {
    inventory.with(backorderItem("tea"));
    later("soon", 1, 10);
    room.place(laterOf("trade", 1, 13).setSalesContext(SalesContext.newBuilder().setPriority(5)));
    inventory.adjust("tea", 1);
    assertThat(room.fate("trade")).isEqualTo("1+0");
    assertThat(room.fate("soon")).isEqualTo("0+1");
  }

  @Test
  void a_line_that_wants_units_at_once_goes_before_one_that_wants_them_later() {
    inventory.with(backorderItem("tea"));
    later("o1", 1, 10);
    room.order("o2", "tea", 1);
    inventory.adjust("tea", 1);
    assertThat(room.fate("o2")).isEqualTo("1+0");
    assertThat(room.fate("o1")).isEqualTo("0+1");
  }

  @Test
  void the_latest_supply_in_time_comes_first_then_stock_then_later_supply() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("early", "tea", 2, room.day(3));
    room.supply("late", "tea", 2, room.day(8));
    room.supply("tooLate", "tea", 2, room.day(12));
    AllocateOrderResponse placed = later("o1", 7, 9);
    assertThat(placed.getAllocation().getLines(0).getPortionsList())
        .extracting(this::said)
        .containsExactlyInAnyOrder(
            "2 late WANTED_DATE 9",
            "2 early WANTED_DATE 9",
            "2 stock WANTED_DATE 9",
            "1 tooLate SUPPLY_DATE 12");
    assertThat(Wire.day(placed.getAllocation().getLines(0).getWantedDate())).isEqualTo(room.day(9));
  }

  @Test
  void a_quote_says_what_the_order_gets() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("s1", "tea", 2, room.day(3)).supply("s2", "tea", 3, room.day(12));
    List<AllocationPortion> quoted =
        inventory
            .availability
            .quoteAvailability(
                QuoteAvailabilityRequest.newBuilder()
                    .addLines(
                        QuoteLine.newBuilder()
                            .setSku("tea")
                            .setQuantity(6)
                            .setWantedDate(Wire.date(room.day(5))))
                    .build())
            .getLines(0)
            .getPortionsList();
    assertThat(quoted).hasSize(3);
    assertThat(later("o1", 6, 5).getAllocation().getLines(0).getPortionsList())
        .containsExactlyInAnyOrderElementsOf(quoted);
  }

  @Test
  void units_on_the_shelf_are_for_others_while_supply_comes_in_time() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.supply("s1", "tea", 4, room.day(3));
    later("o1", 4, 5);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(4);
    inventory.adjust("tea", 1);
    assertThat(room.fate("o1")).isEqualTo("0+4");
    assertThat(room.order("o2", "tea", 5).getAllocation().getLines(0).getReservedQuantity())
        .isEqualTo(5);
    room.receive("s1", 4);
    assertThat(room.fate("o1")).isEqualTo("4+0");
    assertThat(room.promised("o1")).isEqualTo(room.day(5));
  }

  @Test
  void earlier_supply_is_left_to_who_gains_by_it() {
    inventory.with(backorderItem("tea"));
    room.supply("s2", "tea", 3, room.day(8));
    later("o1", 3, 9);
    room.order("o2", "tea", 2);
    room.supply("s1", "tea", 3, room.day(2));
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("s2");
    assertThat(room.promised("o2")).isEqualTo(room.day(2));
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(2);
  }

  @Test
  void a_line_that_lost_its_supply_takes_the_latest_other_one_in_time() {
    inventory.with(backorderItem("tea"));
    room.supply("mine", "tea", 3, room.day(8));
    later("o1", 3, 9);
    room.supply("s1", "tea", 3, room.day(2)).supply("s2", "tea", 3, room.day(4));
    room.cancelSupply("mine");
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("s2");
    assertThat(room.promised("o1")).isEqualTo(room.day(9));
    // Nobody else needs it: an earlier one is better than none.
    room.cancelSupply("s2");
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("s1");
  }

  @Test
  void what_does_not_come_in_time_any_more_is_replaced_from_the_shelf() {
    inventory.with(backorderItem("tea").setProtectedQuantity(1)).adjust("tea", 3);
    room.supply("s1", "tea", 4, room.day(3));
    later("o1", 4, 5);
    room.redate("s1", room.day(9));
    assertThat(room.fate("o1")).isEqualTo("2+2");
    assertThat(room.line("o1").getPortionsList())
        .extracting(this::said)
        .containsExactlyInAnyOrder("2 stock WANTED_DATE 5", "2 s1 SUPPLY_DATE 9");
  }

  @Test
  void units_that_are_protected_elsewhere_do_not_lie_idle_here() {
    inventory
        .with(location("york").setPriority(3))
        .with(backorderItem("tea").setProtectedQuantity(1))
        .adjust("tea", 3);
    room.told("s0", "tea", "york", 1, room.today(), SupplyState.CONFIRMED).receive("s0", 1);
    room.supply("s1", "tea", 4, room.day(3));
    later("o1", 4, 5);
    assertThat(room.fate("o1")).isEqualTo("0+4");
    room.redate("s1", room.day(9));
    assertThat(room.fate("o1")).isEqualTo("3+1");
  }

  @Test
  void a_line_that_came_late_gains_by_supply_in_time() {
    inventory.with(backorderItem("tea"));
    room.supply("s1", "tea", 4, room.day(9));
    later("o1", 4, 5);
    assertThat(room.promised("o1")).isEqualTo(room.day(9));
    room.supply("s2", "tea", 4, room.day(4));
    assertThat(room.promised("o1")).isEqualTo(room.day(5));
    assertThat(room.supply("s1").getPeggedQuantity()).isZero();
  }

  @Test
  void a_release_that_moves_leaves_the_wanted_date_as_it_is() {
    Item.Builder preorder = preorder(6);
    inventory.with(preorder);
    later("o1", 1, 9);
    later("o2", 1, 3);
    assertThat(room.promised("o1")).isEqualTo(room.day(9));
    assertThat(constraint("o1")).isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_WANTED_DATE);
    assertThat(room.promised("o2")).isEqualTo(room.day(6));
    assertThat(constraint("o2")).isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_RELEASE_DATE);
    update(preorder(12));
    assertThat(room.promised("o1")).isEqualTo(room.day(12));
    update(preorder(2));
    assertThat(room.promised("o1")).isEqualTo(room.day(9));
    assertThat(room.promised("o2")).isEqualTo(room.day(3));
  }

  @Test
  void a_moved_line_keeps_its_wanted_date_and_its_turn() {
    inventory.with(location("york").setPriority(2)).with(backorderItem("tea"));
    later("o1", 1, 9);
    inventory.allocations.moveAllocation(
        MoveAllocationRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("o1")
            .setFromLocation("leeds")
            .setToLocation("york")
            .addLines(quantity("1", 1))
            .build());
    assertThat(room.portion("o1").getLocation()).isEqualTo("york");
    assertThat(room.promised("o1")).isEqualTo(room.day(9));
  }

  @Test
  void a_day_that_is_not_after_today_means_at_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 1);
    room.supply("s1", "tea", 1, room.today());
    later("o1", 1, 0);
    assertThat(room.fate("o1")).isEqualTo("1+0");
    assertThat(constraint("o1")).isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_HANDLING);
  }

  @Test
  void lines_that_wait_by_wish_count_within_the_limit() {
    Item.Builder tea = backorderItem("tea");
    tea.getSalesPolicyBuilder()
        .getBackorderLimitBuilder()
        .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
        .setQuantity(2);
    inventory.with(tea).adjust("tea", 1);
    room.supply("s1", "tea", 5, room.day(3));
    assertThat(later("o1", 4, 5).hasAllocation()).isFalse();
    assertThat(later("o2", 3, 5).hasAllocation()).isTrue();
    assertThat(room.fate("o2")).isEqualTo("1+2");
  }

  @Test
  void the_longest_wait_begins_on_the_wanted_day() {
    Item.Builder tea = backorderItem("tea");
    tea.getSalesPolicyBuilder().setMaxWaitDays(3);
    inventory.with(tea);
    room.supply("s1", "tea", 5, room.day(10));
    assertThat(later("o1", 1, 6).hasAllocation()).isFalse();
    assertThat(later("o2", 1, 7).hasAllocation()).isTrue();
  }

  @Test
  void an_overdue_supply_gives_its_lines_to_the_shelf() {
    inventory.with(backorderItem("tea")).adjust("tea", 5);
    room.supply("s1", "tea", 5, room.day(1));
    later("o1", 5, 20);
    assertThat(room.fate("o1")).isEqualTo("0+5");
    inventory.time.advance(Duration.ofDays(19));
    room.checkBooks();
    inventory.time.advance(Duration.ofDays(10));
    assertThat(room.fate("o1")).isEqualTo("5+0");
  }

  @Test
  void every_bad_date_is_named() {
    inventory.with(backorderItem("tea"));
    Date none = Date.newBuilder().setYear(2026).setMonth(2).setDay(30).build();
    Date far = Date.newBuilder().setYear(2200).setMonth(1).setDay(1).build();
    AllocateOrderRequest.Builder order = orderOf("o1", "tea", 1);
    order.getLinesBuilder(0).setWantedDate(none);
    order.addLines(line("2", "tea", 1).toBuilder().setWantedDate(far));
    assertThat(Refusal.of(() -> room.place(order)).fields())
        .containsExactlyInAnyOrder("lines[0].wanted_date", "lines[1].wanted_date");
    assertThat(
            Refusal.of(
                    () ->
                        inventory.availability.quoteAvailability(
                            QuoteAvailabilityRequest.newBuilder()
                                .addLines(
                                    QuoteLine.newBuilder()
                                        .setSku("tea")
                                        .setQuantity(1)
                                        .setWantedDate(none))
                                .build()))
                .fields())
        .containsExactly("lines[0].wanted_date");
  }

  private AllocateOrderResponse later(String orderId, long quantity, int day) {
    return room.place(laterOf(orderId, quantity, day));
  }

  private AllocateOrderRequest.Builder laterOf(String orderId, long quantity, int day) {
    AllocateOrderRequest.Builder order = orderOf(orderId, "tea", quantity);
    order.getLinesBuilder(0).setWantedDate(Wire.date(room.day(day)));
    return order;
  }

  /** Units, where from, why not earlier, and in how many days, as {@code 2 stock HANDLING 0}. */
  private String said(AllocationPortion portion) {
    boolean reserved = portion.getState() == PortionState.PORTION_STATE_RESERVED;
    LocalDate day = Wire.day(portion.getPromise().getShipByDate());
    return "%d %s %s %d"
        .formatted(
            portion.getQuantity(),
            reserved ? "stock" : portion.getPromise().getSupplyId(),
            portion.getPromise().getConstraint().name().replace("PROMISE_CONSTRAINT_", ""),
            ChronoUnit.DAYS.between(room.today(), day));
  }

  private PromiseConstraint constraint(String orderId) {
    return room.portion(orderId).getPromise().getConstraint();
  }

  private Item.Builder preorder(int releaseIn) {
    Item.Builder item = backorderItem("tea");
    item.getSalesPolicyBuilder()
        .setSalesMode(SalesMode.SALES_MODE_PREORDER)
        .setReleaseDate(Wire.date(room.day(releaseIn)));
    return item;
  }

  private void update(Item.Builder item) {
    GetItemResponse known =
        inventory.items.getItem(GetItemRequest.newBuilder().setSku(item.getSku()).build());
    inventory.items.updateItem(
        UpdateItemRequest.newBuilder()
            .setRequestId(request())
            .setItem(item.setEtag(known.getItem().getEtag()))
            .build());
  }

  private List<Long> promisable() {
    return days(PromisableDay::getAvailableToPromiseQuantity);
  }

  private List<Long> days(ToLongFunction<PromisableDay> number) {
    return inventory
        .availability
        .getAvailableToPromise(
            GetAvailableToPromiseRequest.newBuilder().setSku("tea").setHorizonDays(7).build())
        .getDaysList()
        .stream()
        .map(number::applyAsLong)
        .toList();
  }
}
