package dev.backorder.supplier.leadtime.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.supplier.leadtime.model.DayDistribution.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DayDistributionTest {
  private static final UUID LINE = UUID.randomUUID();

  @Test
  void of_nothing_there_is_nothing_to_say() {
    assertThat(of(List.of())).isEqualTo(DayDistribution.NONE);
    assertThat(DayDistribution.NONE.quantile(80)).isEmpty();
  }

  @Test
  void a_quantile_is_the_smallest_observed_day_that_enough_do_not_exceed() {
    DayDistribution five = lines(1, 2, 3, 4, 10);
    assertThat(five.lines()).isEqualTo(5);
    assertThat(five.quantile(20)).hasValue(1);
    assertThat(five.quantile(21)).hasValue(2);
    assertThat(five.quantile(80)).hasValue(4);
    assertThat(five.quantile(81)).hasValue(10);
    assertThat(five.quantile(100)).hasValue(10);
  }

  @Test
  void the_mean_is_rounded_up_also_below_zero() {
    assertThat(lines(1, 2).meanDays()).isEqualTo(2);
    assertThat(lines(-1, -2).meanDays()).isEqualTo(-1);
    assertThat(lines(4, 4).meanDays()).isEqualTo(4);
  }

  @Test
  void steps_merge_equal_neighbours_and_end_at_all() {
    assertThat(lines(5, 5, 5, 7).steps()).containsExactly(new Step(75, 5), new Step(100, 7));
  }

  @Test
  void a_line_counts_once_however_many_receipts_it_came_in() {
    List<Observation> observed = new ArrayList<>();
    for (int part = 1; part <= 10; part++) {
      observed.add(new Observation(LINE, 1, part, 10, 30, 0));
    }
    observed.add(line(1));
    observed.add(line(2));
    observed.add(line(3));
    DayDistribution measured = of(observed);
    assertThat(measured.lines()).isEqualTo(4);
    assertThat(measured.quantile(75)).hasValue(3);
    assertThat(measured.quantile(76)).hasValue(30);
  }

  @Test
  void the_first_units_of_a_line_do_not_speak_for_those_that_have_not_come() {
    List<Observation> observed =
        List.of(new Observation(LINE, 1, 1, 100, 1, 0), line(9), line(9), line(9));
    assertThat(of(observed).quantile(1)).hasValue(9);
  }

  @Test
  void more_than_was_expected_is_the_whole_line() {
    List<Observation> observed =
        List.of(
            new Observation(LINE, 10, 10, 10, 2, 0),
            new Observation(LINE, 10, 20, 10, 4, 0),
            line(9));
    assertThat(of(observed).quantile(25)).hasValue(2);
    assertThat(of(observed).quantile(50)).hasValue(4);
    assertThat(of(observed).quantile(51)).hasValue(9);
  }

  @Test
  void lines_of_very_many_units_do_not_overflow() {
    long many = Long.MAX_VALUE / 2;
    List<Observation> observed =
        List.of(
            new Observation(LINE, many, many, many, 2, 0),
            new Observation(LINE, many, 2 * many, many, 4, 0),
            line(9));
    assertThat(of(observed).quantile(50)).hasValue(4);
    assertThat(of(observed).quantile(51)).hasValue(9);
  }

  @Test
  void agrees_with_counting_one_by_one() {
    Random random = new Random(21);
    for (int round = 0; round < 300; round++) {
      int[] days =
          IntStream.range(0, 1 + random.nextInt(40)).map(i -> random.nextInt(30) - 9).toArray();
      DayDistribution measured = lines(days);
      List<Integer> sorted = new ArrayList<>(IntStream.of(days).boxed().toList());
      Collections.sort(sorted);
      for (int percent = 1; percent <= 100; percent++) {
        int rank = (sorted.size() * percent + 99) / 100;
        assertThat(measured.quantile(percent)).hasValue(sorted.get(rank - 1));
      }
    }
  }

  private static DayDistribution lines(int... days) {
    return of(IntStream.of(days).mapToObj(DayDistributionTest::line).toList());
  }

  private static Observation line(int days) {
    return new Observation(UUID.randomUUID(), 5, 5, 5, days, 0);
  }

  private static DayDistribution of(List<Observation> observed) {
    return DayDistribution.of(observed, Observation::leadTimeDays);
  }
}
