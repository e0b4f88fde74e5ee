package dev.backorder.inventory.promise;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.SupplierFacts.ACME;
import static dev.backorder.inventory.testing.SupplierFacts.closed;
import static dev.backorder.inventory.testing.SupplierFacts.measured;
import static dev.backorder.inventory.testing.SupplierFacts.offer;
import static dev.backorder.inventory.testing.SupplierFacts.onWeekdays;
import static dev.backorder.inventory.testing.SupplierFacts.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.testing.SupplierFacts;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dates of what is still to be bought respect the days on which the supplier works (AV4). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class SupplierCalendarTest extends StockroomTest {
  private static final String TEA = "tea";

  private SupplierFacts facts;

  @BeforeEach
  void an_item_that_may_wait() {
    inventory.with(backorderItem(TEA));
    facts = new SupplierFacts(inventory);
    facts.tell(offer(ACME, TEA).setLeadTimeDays(5));
  }

  @Test
  void a_lead_time_is_in_working_days_of_the_supplier() {
    facts.tell(onWeekdays(supplier(ACME)));
    assertThat(shipBy()).isEqualTo(workingDays(5));
    assertThat(promise().getConstraint())
        .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SUPPLIER_LEAD_TIME);
  }

  @Test
  @DisplayName(
      "AV4 a holiday shutdown of the supplier is in the date, and named as what holds it back")
  void a_shutdown_makes_the_date_later_and_is_named() {
    facts.tell(closed(supplier(ACME), room.day(3), room.day(16)));
    assertThat(shipBy()).isEqualTo(room.day(5 + 14));
    assertThat(promise().getConstraint())
        .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_WORKING_CALENDAR);
    room.order("o1", TEA, 5);
    assertThat(room.promised("o1")).isEqualTo(room.day(19));
    // It works on: that alone moves no told date.
    facts.tell(supplier(ACME));
    assertThat(room.promised("o1")).isEqualTo(room.day(19));
    assertThat(shipBy()).isEqualTo(room.day(5));
  }

  @Test
  void an_order_during_a_shutdown_goes_out_after_it() {
    facts.tell(closed(supplier(ACME), room.day(0), room.day(9)));
    assertThat(shipBy()).isEqualTo(room.day(15));
  }

  @Test
  void needs_that_are_collected_first_are_sent_later() {
    facts.tell(supplier(ACME).setSendDelayMinutes(24 * 60 + 1));
    assertThat(shipBy()).isEqualTo(room.day(7));
    facts.tell(closed(supplier(ACME).setSendDelayMinutes(24 * 60), room.day(1), room.day(3)));
    assertThat(shipBy()).isEqualTo(room.day(9));
  }

  @Test
  void a_measured_lead_time_is_in_working_days_too() {
    facts.tell(offer(ACME, TEA).setLeadTimeDays(5).setLeadTime(measured(20, 100, 7)));
    facts.tell(closed(supplier(ACME), room.day(3), room.day(4)));
    assertThat(shipBy()).isEqualTo(room.day(9));
  }

  @Test
  void an_offer_that_says_nothing_takes_the_lead_time_of_the_item_in_working_days() {
    facts.tell(offer(ACME, TEA));
    facts.tell(closed(supplier(ACME), room.day(2), room.day(2)));
    assertThat(shipBy()).isEqualTo(room.day(6));
  }

  @Test
  void what_the_supplier_says_itself_is_not_moved_by_us() {
    facts.tell(closed(supplier(ACME), room.day(3), room.day(16)));
    room.supply("s1", TEA, 10, room.day(7));
    assertThat(shipBy()).isEqualTo(room.day(7));
  }

  @Test
  void making_takes_its_own_time() {
    inventory.with(
        backorderItem("cake")
            .setSalesPolicy(
                backorderItem("cake").getSalesPolicy().toBuilder()
                    .setSalesMode(SalesMode.SALES_MODE_MADE_TO_ORDER)));
    facts.tell(offer(ACME, "cake").setLeadTimeDays(30));
    facts.tell(supplier(ACME));
    assertThat(Wire.day(room.quote("cake", 1).getPortions(0).getPromise().getShipByDate()))
        .isEqualTo(room.day(5));
  }

  private LocalDate workingDays(int days) {
    LocalDate day = room.today();
    if (day.getDayOfWeek().getValue() > 5) {
      day = day.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
    }
    for (int i = 0; i < days; i++) {
      day = day.plusDays(day.getDayOfWeek() == DayOfWeek.FRIDAY ? 3 : 1);
    }
    return day;
  }

  private Promise promise() {
    return room.quote(TEA, 5).getPortions(0).getPromise();
  }

  private LocalDate shipBy() {
    return Wire.day(promise().getShipByDate());
  }
}
