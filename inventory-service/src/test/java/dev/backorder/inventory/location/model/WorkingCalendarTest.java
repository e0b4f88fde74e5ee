package dev.backorder.inventory.location.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkingCalendarTest {
  private static final LocalDate FRIDAY = LocalDate.of(2026, 4, 3);
  private static final LocalDate SATURDAY = FRIDAY.plusDays(1);
  private static final LocalDate MONDAY = FRIDAY.plusDays(3);
  private static final Set<DayOfWeek> WEEK =
      Set.of(
          DayOfWeek.MONDAY,
          DayOfWeek.TUESDAY,
          DayOfWeek.WEDNESDAY,
          DayOfWeek.THURSDAY,
          DayOfWeek.FRIDAY);

  @Test
  void counts_every_day_when_it_works_every_day() {
    assertThat(WorkingCalendar.EVERY_DAY.addWorkingDays(FRIDAY, 2)).isEqualTo(FRIDAY.plusDays(2));
  }

  @Test
  void skips_the_weekend() {
    WorkingCalendar calendar = new WorkingCalendar(WEEK, Set.of());
    assertThat(calendar.addWorkingDays(FRIDAY, 1)).isEqualTo(MONDAY);
  }

  @Test
  void zero_days_from_a_closed_day_is_the_next_working_day() {
    WorkingCalendar calendar = new WorkingCalendar(WEEK, Set.of());
    assertThat(calendar.addWorkingDays(SATURDAY, 0)).isEqualTo(MONDAY);
    assertThat(calendar.addWorkingDays(FRIDAY, 0)).isEqualTo(FRIDAY);
  }

  @Test
  void skips_a_holiday_after_the_weekend() {
    WorkingCalendar calendar = new WorkingCalendar(WEEK, Set.of(MONDAY));
    assertThat(calendar.addWorkingDays(FRIDAY, 1)).isEqualTo(MONDAY.plusDays(1));
    assertThat(calendar.isWorkingDay(MONDAY)).isFalse();
  }

  @Test
  void work_that_starts_on_a_closed_day_starts_on_the_next_working_day() {
    WorkingCalendar calendar = new WorkingCalendar(WEEK, Set.of());
    assertThat(calendar.addWorkingDays(SATURDAY, 1)).isEqualTo(MONDAY.plusDays(1));
  }

  @Test
  void needs_a_working_day() {
    assertThatThrownBy(() -> new WorkingCalendar(Set.of(), Set.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_shutdown_of_a_year_is_no_calendar() {
    Set<LocalDate> mondays =
        Stream.iterate(MONDAY, day -> day.plusWeeks(1)).limit(60).collect(Collectors.toSet());
    assertThat(new WorkingCalendar(Set.of(DayOfWeek.MONDAY), mondays).worksEveryYear()).isFalse();
    assertThat(new WorkingCalendar(WEEK, mondays).worksEveryYear()).isTrue();
  }
}
