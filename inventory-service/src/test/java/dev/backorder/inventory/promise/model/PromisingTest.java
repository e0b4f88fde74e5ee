package dev.backorder.inventory.promise.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.location.model.WorkingCalendar;
import dev.backorder.inventory.promise.model.Quantiles.Step;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PromisingTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
  private static final LocalDate SATURDAY = LocalDate.of(2026, 3, 7);
  private static final LocalDate NEXT_MONDAY = LocalDate.of(2026, 3, 9);
  private static final LocalDate NEXT_TUESDAY = LocalDate.of(2026, 3, 10);
  private static final Terms NO_TERMS =
      new Terms(Optional.empty(), Optional.empty(), OptionalInt.empty());
  private static final WorkingCalendar WEEKDAYS =
      new WorkingCalendar(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of());

  @Test
  void stock_leaves_after_the_handling_days() {
    Promise promise = on(MONDAY, 2, 0).fromStock(NO_TERMS);
    assertThat(promise.shipBy()).isEqualTo(LocalDate.of(2026, 3, 4));
    assertThat(promise.basis()).isEqualTo(Basis.STOCK);
    assertThat(promise.constraint()).isEqualTo(Constraint.HANDLING);
    assertThat(promise.percentile()).isEqualTo(80);
  }

  @Test
  void nothing_leaves_on_a_day_off_and_the_calendar_is_named_as_the_reason() {
    Promise promise = on(SATURDAY, 0, 0).fromStock(NO_TERMS);
    assertThat(promise.shipBy()).isEqualTo(NEXT_MONDAY);
    assertThat(promise.constraint()).isEqualTo(Constraint.WORKING_CALENDAR);
  }

  @Test
  void a_single_closed_day_moves_the_date() {
    WorkingCalendar holiday = new WorkingCalendar(WEEKDAYS.weekdays(), Set.of(NEXT_MONDAY));
    assertThat(at(FRIDAY, 1, 0, holiday).fromStock(NO_TERMS).shipBy()).isEqualTo(NEXT_TUESDAY);
  }

  @Test
  void a_supply_is_inspected_and_handled_on_working_days() {
    Promise promise = on(MONDAY, 1, 1).fromSupply(FRIDAY, false, NO_TERMS);
    assertThat(promise.shipBy()).isEqualTo(NEXT_TUESDAY);
    assertThat(promise.basis()).isEqualTo(Basis.SUPPLY);
    assertThat(promise.constraint()).isEqualTo(Constraint.SUPPLY_DATE);
  }

  @Test
  void a_supply_whose_day_has_passed_counts_from_today() {
    assertThat(on(FRIDAY, 0, 0).fromSupply(MONDAY, false, NO_TERMS).shipBy()).isEqualTo(FRIDAY);
    assertThat(on(FRIDAY, 0, 0).fromSupply(NEXT_MONDAY, true, NO_TERMS).constraint())
        .isEqualTo(Constraint.SUPPLY_OVERDUE);
  }

  @Test
  void a_purchase_takes_its_lead_time_and_what_is_made_to_order_is_not_inspected() {
    assertThat(on(MONDAY, 0, 1).fromPurchase(7, NO_TERMS).shipBy()).isEqualTo(NEXT_TUESDAY);
    assertThat(on(MONDAY, 0, 1).madeToOrder(7, NO_TERMS).shipBy()).isEqualTo(NEXT_MONDAY);
  }

  @Test
  void arrived_goods_leave_after_inspection() {
    Promise inspected = on(MONDAY, 0, 2).fromArrival(NO_TERMS);
    assertThat(inspected.shipBy()).isEqualTo(LocalDate.of(2026, 3, 4));
    assertThat(inspected.constraint()).isEqualTo(Constraint.INSPECTION);
    assertThat(on(MONDAY, 0, 0).fromArrival(NO_TERMS).constraint()).isEqualTo(Constraint.HANDLING);
  }

  @Test
  void a_preorder_never_leaves_before_its_release() {
    Promising today = on(MONDAY, 0, 0);
    Terms released = new Terms(Optional.of(NEXT_MONDAY), Optional.empty(), OptionalInt.empty());
    Promise fromStock = today.fromStock(released);
    assertThat(fromStock.shipBy()).isEqualTo(NEXT_MONDAY);
    assertThat(fromStock.basis()).isEqualTo(Basis.RELEASE);
    assertThat(today.fromSupply(NEXT_TUESDAY, false, released).shipBy()).isEqualTo(NEXT_TUESDAY);
    assertThat(today.firstDayOfRelease(SATURDAY)).isEqualTo(NEXT_MONDAY);
  }

  @Test
  void the_delivery_day_is_told_when_the_transit_time_is_known() {
    Terms threeDays = new Terms(Optional.empty(), Optional.empty(), OptionalInt.of(3));
    assertThat(on(MONDAY, 0, 0).fromStock(threeDays).deliverBy()).contains(MONDAY.plusDays(3));
    assertThat(on(MONDAY, 0, 0).fromStock(NO_TERMS).deliverBy()).isEmpty();
  }

  @Test
  void without_a_lead_time_no_date_can_be_told() {
    assertThat(
            StillToBuy.promise(
                sales(SalesMode.BACKORDER, 0), on(MONDAY, 0, 0), Optional.empty(), NO_TERMS))
        .isEmpty();
    assertThat(
            StillToBuy.promise(
                sales(SalesMode.BACKORDER, 4), on(MONDAY, 0, 0), Optional.empty(), NO_TERMS))
        .map(Promise::shipBy)
        .contains(FRIDAY);
  }

  private static SalesPolicy sales(SalesMode mode, int leadTimeDays) {
    return new SalesPolicy(
        mode, BackorderLimit.NONE, Optional.empty(), Optional.empty(), leadTimeDays, 0);
  }

  private static Promising on(LocalDate today, int handlingDays, int inspectionDays) {
    return at(today, handlingDays, inspectionDays, WEEKDAYS);
  }

  private static Promising at(
      LocalDate today, int handlingDays, int inspectionDays, WorkingCalendar calendar) {
    return new Promising(
        new LocationView(
            "leeds",
            true,
            ZoneId.of("Europe/London"),
            0,
            handlingDays,
            inspectionDays,
            Map.of(),
            calendar),
        today,
        80);
  }

  @Test
  void a_shutdown_over_christmas_is_in_the_date_and_named() {
    LocalDate before = LocalDate.of(2026, 12, 21);
    WorkingCalendar shut =
        new WorkingCalendar(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            LocalDate.of(2026, 12, 24)
                .datesUntil(LocalDate.of(2027, 1, 4))
                .collect(Collectors.toSet()));
    SupplierOffer offer = new SupplierOffer(shut, 0, 5, Quantiles.NONE, false);
    // Tuesday and Wednesday, and after the shutdown Monday to Wednesday.
    Promise promise = on(before, 0, 0).fromPurchase(9, Optional.of(offer), NO_TERMS);
    assertThat(promise.shipBy()).isEqualTo(LocalDate.of(2027, 1, 6));
    assertThat(promise.constraint()).isEqualTo(Constraint.WORKING_CALENDAR);
    // After it nothing is held back.
    assertThat(
            on(LocalDate.of(2027, 1, 4), 0, 0)
                .fromPurchase(9, Optional.of(offer), NO_TERMS)
                .constraint())
        .isEqualTo(Constraint.SUPPLIER_LEAD_TIME);
  }

  @Test
  void a_supply_comes_as_late_as_the_percentile_says_and_no_earlier_than_its_day() {
    Quantiles lateness =
        new Quantiles(List.of(new Step(50, -3), new Step(95, 2), new Step(100, 9)));
    Arrival arrival = new Arrival(MONDAY, MONDAY, false, lateness);
    assertThat(arrival.day(50)).isEqualTo(MONDAY);
    assertThat(arrival.day(51)).isEqualTo(MONDAY.plusDays(2));
    assertThat(arrival.day(96)).isEqualTo(MONDAY.plusDays(9));
    assertThat(new Arrival(MONDAY, MONDAY.plusDays(5), true, lateness).day(80))
        .isEqualTo(MONDAY.plusDays(5));
    assertThat(new Arrival(MONDAY, MONDAY.plusDays(5), true, lateness).day(99))
        .isEqualTo(MONDAY.plusDays(9));
  }

  @Test
  void a_channel_with_a_late_limit_has_at_least_the_rest() {
    assertThat(Percentiles.keeping(80, 4)).isEqualTo(96);
    assertThat(Percentiles.keeping(80, 40)).isEqualTo(80);
    Percentiles percentiles = new Percentiles(80, Map.of("strict", 96));
    assertThat(percentiles.of("strict")).isEqualTo(96);
    assertThat(percentiles.of("")).isEqualTo(80);
    assertThat(percentiles.highest()).isEqualTo(96);
  }
}
