package dev.backorder.inventory.promise;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.SupplierFacts.ACME;
import static dev.backorder.inventory.testing.SupplierFacts.measured;
import static dev.backorder.inventory.testing.SupplierFacts.offer;
import static dev.backorder.inventory.testing.SupplierFacts.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListParkedEventsRequest;
import dev.backorder.common.v1.ParkedEvent;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.supply.SupplyUpdate;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.testing.SupplierFacts;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Dates rest on how long suppliers really take, when enough is known of it (AV4). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class MeasuredLeadTimeTest extends StockroomTest {
  private static final String TEA = "tea";

  private SupplierFacts facts;

  @BeforeEach
  void an_item_that_may_wait() {
    inventory.with(backorderItem(TEA));
    facts = new SupplierFacts(inventory);
  }

  @Test
  @DisplayName("AV4 a supply is promised as late as its supplier is in the wanted share of cases")
  void lateness_of_enough_lines_moves_the_date() {
    room.supply("s1", TEA, 10, room.day(7));
    late(19, 3);
    assertThat(quoted(5)).isEqualTo(room.day(7));
    late(20, 3);
    assertThat(quoted(5)).isEqualTo(room.day(10));
    Promise promise = room.quote(TEA, 5).getPortions(0).getPromise();
    assertThat(promise.getPercentile()).isEqualTo(80);
    assertThat(promise.getBasis()).isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);
    assertThat(promise.getConstraint()).isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_DATE);
    room.order("o1", TEA, 5);
    assertThat(room.promised("o1")).isEqualTo(room.day(10));
  }

  @Test
  void an_early_supplier_has_promised_no_earlier_day() {
    room.supply("s1", TEA, 10, room.day(7));
    late(50, -4);
    assertThat(quoted(5)).isEqualTo(room.day(7));
  }

  @Test
  void without_enough_lines_of_the_item_all_that_the_supplier_sells_counts() {
    room.supply("s1", TEA, 10, room.day(7));
    facts.tell(supplier(ACME).setLateness(measured(20, 100, 4)));
    assertThat(quoted(5)).isEqualTo(room.day(11));
    late(19, 1);
    assertThat(quoted(5)).isEqualTo(room.day(11));
    late(20, 1);
    assertThat(quoted(5)).isEqualTo(room.day(8));
  }

  @Test
  void no_date_is_in_the_past() {
    room.supply("s1", TEA, 10, room.day(0));
    late(20, 1);
    inventory.time.advance(Duration.ofDays(3));
    assertThat(quoted(5)).isEqualTo(room.today());
  }

  @Test
  @DisplayName("AV4 a changed measurement leaves told dates alone until their supply moves")
  void told_dates_stay_until_their_supply_moves() {
    room.supply("s1", TEA, 10, room.day(7));
    room.order("o1", TEA, 5);
    late(20, 3);
    assertThat(room.promised("o1")).isEqualTo(room.day(7));
    room.redate("s1", room.day(8));
    assertThat(room.promised("o1")).isEqualTo(room.day(11));
  }

  @Test
  void a_supply_that_is_overdue_is_expected_no_earlier_than_before() {
    room.supply("s1", TEA, 10, room.day(1));
    late(20, 20);
    room.order("o1", TEA, 5);
    LocalDate told = room.day(21);
    assertThat(room.promised("o1")).isEqualTo(told);
    inventory.time.advance(Duration.ofDays(6));
    assertThat(room.promised("o1")).isEqualTo(told);
    assertThat(room.portion("o1").getPromise().getConstraint())
        .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_OVERDUE);
  }

  @Test
  @DisplayName("AV4 a purchase not made yet takes the supplier's measured lead time")
  void a_purchase_takes_the_measured_lead_time() {
    facts.tell(supplier(ACME));
    assertThat(quoted(5)).isEqualTo(room.day(5));
    facts.tell(offer(ACME, TEA).setLeadTimeDays(9));
    assertThat(quoted(5)).isEqualTo(room.day(9));
    facts.tell(offer(ACME, TEA).setLeadTimeDays(9).setLeadTime(measured(19, 80, 14, 100, 30)));
    assertThat(quoted(5)).isEqualTo(room.day(9));
    facts.tell(offer(ACME, TEA).setLeadTimeDays(9).setLeadTime(measured(20, 80, 14, 100, 30)));
    assertThat(quoted(5)).isEqualTo(room.day(14));
    Promise promise = room.quote(TEA, 5).getPortions(0).getPromise();
    assertThat(promise.getBasis()).isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(promise.getConstraint())
        .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SUPPLIER_LEAD_TIME);
    room.order("o1", TEA, 5);
    assertThat(room.promised("o1")).isEqualTo(room.day(14));
  }

  @Test
  void what_other_items_took_makes_no_lead_time_shorter() {
    facts.tell(supplier(ACME).setLeadTime(measured(40, 100, 3)));
    facts.tell(offer(ACME, TEA).setLeadTimeDays(9));
    assertThat(quoted(5)).isEqualTo(room.day(9));
    facts.tell(supplier(ACME).setLeadTime(measured(40, 100, 12)));
    assertThat(quoted(5)).isEqualTo(room.day(12));
  }

  @Test
  void it_is_bought_from_the_active_supplier_of_the_best_rank() {
    facts.tell(offer(ACME, TEA).setLeadTimeDays(9).setPriority(1)).tell(supplier(ACME));
    facts.tell(offer("bolt", TEA).setLeadTimeDays(2).setPriority(2)).tell(supplier("bolt"));
    facts.tell(offer("aldi", TEA).setLeadTimeDays(1));
    assertThat(quoted(5)).isEqualTo(room.day(9));
    facts.tell(supplier(ACME).setActive(false));
    assertThat(quoted(5)).isEqualTo(room.day(2));
  }

  @Test
  @DisplayName(
      "AV4 a wait that is longer than allowed at the percentile is out of stock, not a lie")
  void a_wait_that_is_too_long_at_the_percentile_is_refused() {
    inventory.with(
        backorderItem("jam")
            .setSalesPolicy(backorderItem("jam").getSalesPolicy().toBuilder().setMaxWaitDays(9)));
    room.supply("s1", "jam", 10, room.day(7));
    facts.tell(offer(ACME, "jam").setLateness(measured(20, 79, 0, 100, 3)));
    QuotedLine quote = room.quote("jam", 5);
    assertThat(quote.getPortionsCount()).isZero();
    assertThat(room.orderWhatThereIs("o1", "jam", 5).getAllocation().getLinesList()).isEmpty();
    facts.tell(offer(ACME, "jam").setLateness(measured(20, 80, 2, 100, 3)));
    assertThat(room.quote("jam", 5).getPortionsCount()).isEqualTo(1);
  }

  @Test
  @DisplayName("AV5 ATP by day and a quote of the same context agree")
  void what_can_be_promised_by_day_agrees_with_the_quote() {
    inventory.adjust(TEA, 5);
    room.supply("s1", TEA, 10, room.day(7));
    late(20, 3);
    assertThat(promisable(9)).isEqualTo(5);
    assertThat(promisable(10)).isEqualTo(15);
    assertThat(Wire.day(room.quote(TEA, 15).getPortions(1).getPromise().getShipByDate()))
        .isEqualTo(room.day(10));
  }

  @Test
  void a_promise_told_before_its_supplier_was_known_to_be_late_takes_nothing_from_others() {
    inventory.adjust(TEA, 5);
    room.supply("s1", TEA, 10, room.day(7));
    // Wanted on the day of the supply: what is on the shelf is left to others.
    assertThat(
            room.place(
                    Stockroom.orderOf("o1", TEA, 8)
                        .setLines(
                            0,
                            Stockroom.line("1", TEA, 8).toBuilder()
                                .setWantedDate(Wire.date(room.day(7)))))
                .getAllocation()
                .getLines(0)
                .getWaitingQuantity())
        .isEqualTo(8);
    assertThat(promisable(0)).isEqualTo(5);
    late(20, 9);
    assertThat(room.promised("o1")).isEqualTo(room.day(7));
    assertThat(promisable(0)).isEqualTo(5);
    assertThat(promisable(15)).isEqualTo(5);
    assertThat(promisable(16)).isEqualTo(7);
    assertThat(room.quote(TEA, 4).getPortions(0).getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_STOCK);
  }

  @Test
  void who_waits_moves_to_the_supply_that_is_likely_there_first_and_never_to_a_later_date() {
    facts.tell(supplier("slow").setLateness(measured(20, 100, 20)));
    slowSupply("late", 10, room.day(5));
    room.order("o1", TEA, 10);
    assertThat(room.promised("o1")).isEqualTo(room.day(25));
    // Later by its date, and yet sooner.
    room.supply("s1", TEA, 4, room.day(8));
    assertThat(room.line("o1").getPortionsList())
        .extracting(portion -> portion.getPromise().getSupplyId() + " " + portion.getQuantity())
        .containsExactlyInAnyOrder("s1 4", "late 6");
    // What o1 left of the slow supply goes to who has none, and nobody goes back to it.
    room.order("o2", TEA, 4);
    room.redate("s1", room.day(9));
    assertThat(room.portion("o2").getPromise().getSupplyId()).isEqualTo("late");
    assertThat(room.line("o1").getPortionsList())
        .extracting(portion -> portion.getPromise().getSupplyId())
        .contains("s1");
  }

  @Test
  void a_supply_that_is_no_gain_for_the_first_goes_to_those_behind_who_have_none() {
    room.supply("s1", TEA, 5, room.day(10));
    room.order("first", TEA, 5);
    assertThat(room.promised("first")).isEqualTo(room.day(10));
    room.order("second", TEA, 5);
    late(20, 8);
    // Better than s1 would be now, and worse than what the first was told of it.
    room.supply("s2", TEA, 5, room.day(6));
    assertThat(room.promised("first")).isEqualTo(room.day(10));
    assertThat(room.portion("second").getPromise().getSupplyId()).isEqualTo("s2");
    assertThat(room.promised("second")).isEqualTo(room.day(14));
  }

  @Test
  void of_a_key_only_the_newest_fact_counts_in_whatever_order_they_come() {
    room.supply("s1", TEA, 10, room.day(7));
    facts.tell(offer(ACME, TEA).setLateness(measured(20, 100, 3)), 5);
    facts.tell(offer(ACME, TEA).setLateness(measured(20, 100, 9)), 4);
    facts.tell(supplier(ACME).setLateness(measured(20, 100, 7)), 5);
    facts.tell(supplier(ACME).setLateness(measured(20, 100, 8)), 4);
    assertThat(quoted(5)).isEqualTo(room.day(10));
    facts.tell(offer(ACME, TEA).setLateness(measured(1, 100, 3)), 6);
    assertThat(quoted(5)).isEqualTo(room.day(14));
  }

  @Test
  void facts_that_make_no_sense_are_set_aside_and_others_go_on() {
    room.supply("s1", TEA, 10, room.day(7));
    facts.tell(offer(ACME, TEA).setLateness(measured(20, 90, 3)));
    facts.tell(supplier("bolt").addWorkingWeekdays(9));
    facts.tell(supplier(ACME).setLateness(measured(20, 100, 2)));
    assertThat(quoted(5)).isEqualTo(room.day(9));
    assertThat(
            FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                .listParkedEvents(ListParkedEventsRequest.getDefaultInstance())
                .getParkedEventsList())
        .extracting(ParkedEvent::getKey)
        .contains("supplier/acme/tea", "supplier/bolt");
    // A person looked at them.
    assertThat(Database.update("delete from parked_event")).isEqualTo(2);
  }

  private void late(long lines, int days) {
    facts.tell(offer(ACME, TEA).setLeadTimeDays(5).setLateness(measured(lines, 80, days, 100, 30)));
  }

  private void slowSupply(String supplyId, long quantity, LocalDate day) {
    SupplyUpdate update =
        new SupplyUpdate(
            supplyId,
            "po-" + supplyId,
            "slow",
            TEA,
            Inventory.LEEDS,
            quantity,
            day,
            SupplyState.CONFIRMED,
            5,
            1);
    assertThat(Stockroom.apply(update)).isEqualTo(1);
  }

  private LocalDate quoted(long quantity) {
    QuotedLine quote = room.quote(TEA, quantity);
    assertThat(quote.getPortionsCount()).isEqualTo(1);
    return Wire.day(quote.getPortions(0).getPromise().getShipByDate());
  }

  private long promisable(int day) {
    List<PromisableDay> days =
        inventory
            .availability
            .getAvailableToPromise(GetAvailableToPromiseRequest.newBuilder().setSku(TEA).build())
            .getDaysList();
    return days.get(day).getAvailableToPromiseQuantity();
  }
}
