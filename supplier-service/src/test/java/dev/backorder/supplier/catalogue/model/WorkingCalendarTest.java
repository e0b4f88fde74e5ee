package dev.backorder.supplier.catalogue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkingCalendarTest {
  private static final LocalDate MONDAY = LocalDate.of(2026, 3, 2);
  private static final WorkingCalendar EVERY_DAY = new WorkingCalendar(Set.of(), Set.of());
  private static final WorkingCalendar WEEKDAYS =
      new WorkingCalendar(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), Set.of());

  @Test
  void no_weekdays_means_all_seven() {
    assertThat(EVERY_DAY.after(MONDAY, 10)).isEqualTo(MONDAY.plusDays(10));
  }

  @Test
  void weekends_do_not_count() {
    assertThat(WEEKDAYS.after(MONDAY, 4)).isEqualTo(MONDAY.plusDays(4));
    assertThat(WEEKDAYS.after(MONDAY, 5)).isEqualTo(MONDAY.plusDays(7));
    assertThat(WEEKDAYS.after(MONDAY, 10)).isEqualTo(MONDAY.plusDays(14));
  }

  @Test
  void counting_from_a_weekend_starts_on_monday() {
    LocalDate saturday = MONDAY.plusDays(5);
    assertThat(WEEKDAYS.after(saturday, 1)).isEqualTo(MONDAY.plusDays(7));
  }

  @Test
  void zero_days_is_the_day_itself_or_the_next_working_day() {
    assertThat(WEEKDAYS.after(MONDAY, 0)).isEqualTo(MONDAY);
    assertThat(WEEKDAYS.after(MONDAY.plusDays(5), 0)).isEqualTo(MONDAY.plusDays(7));
  }

  @Test
  void closed_days_do_not_count() {
    WorkingCalendar shutdown =
        new WorkingCalendar(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY),
            Set.of(MONDAY.plusDays(1), MONDAY.plusDays(2)));
    assertThat(shutdown.after(MONDAY, 1)).isEqualTo(MONDAY.plusDays(3));
    assertThat(shutdown.after(MONDAY.plusDays(1), 0)).isEqualTo(MONDAY.plusDays(3));
  }
}
