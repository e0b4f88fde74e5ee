package dev.backorder.supplier.leadtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.supplier.catalogue.model.WorkingCalendar;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeliveryTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final WorkingCalendar WEEKDAYS =
      new WorkingCalendar(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of());

  @Test
  void counts_working_days_of_the_supplier() {
    assertThat(leadTime(MONDAY, MONDAY)).isZero();
    assertThat(leadTime(MONDAY, MONDAY.plusDays(4))).isEqualTo(4);
    assertThat(leadTime(MONDAY, MONDAY.plusDays(7))).isEqualTo(5);
  }

  @Test
  void what_comes_on_a_day_without_work_counts_as_of_the_next_working_day() {
    assertThat(leadTime(MONDAY, MONDAY.plusDays(5))).isEqualTo(5);
    assertThat(leadTime(MONDAY, MONDAY.plusDays(6))).isEqualTo(5);
  }

  @Test
  void an_order_of_a_weekend_begins_on_monday() {
    assertThat(leadTime(MONDAY.minusDays(1), MONDAY)).isZero();
    assertThat(leadTime(MONDAY.minusDays(2), MONDAY.plusDays(1))).isEqualTo(1);
  }

  @Test
  void a_shutdown_is_no_part_of_a_lead_time() {
    WorkingCalendar closed =
        new WorkingCalendar(WEEKDAYS.weekdays(), Set.of(MONDAY.plusDays(1), MONDAY.plusDays(2)));
    assertThat(new Delivery(MONDAY, MONDAY, MONDAY.plusDays(4)).leadTimeDays(closed)).isEqualTo(2);
  }

  @Test
  void goods_that_came_before_they_were_ordered_took_no_time() {
    assertThat(leadTime(MONDAY, MONDAY.minusDays(9))).isZero();
  }

  @Test
  void lateness_is_in_calendar_days_and_below_zero_when_early() {
    assertThat(new Delivery(MONDAY, MONDAY.plusDays(7), MONDAY.plusDays(10)).lateDays())
        .isEqualTo(3);
    assertThat(new Delivery(MONDAY, MONDAY.plusDays(7), MONDAY.plusDays(5)).lateDays())
        .isEqualTo(-2);
  }

  private static int leadTime(LocalDate sent, LocalDate received) {
    return new Delivery(sent, sent, received).leadTimeDays(WEEKDAYS);
  }
}
