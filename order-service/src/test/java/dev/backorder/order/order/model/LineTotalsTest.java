package dev.backorder.order.order.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineTotalsTest {
  @Test
  void K03_the_shares_of_a_line_sum_to_its_total_however_it_is_parcelled() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      LineTotals.Priced line =
          new LineTotals.Priced(
              random.nextLong(100_000), random.nextLong(1, 1_001), random.nextLong(1, 500));
      long sum = 0;
      long left = 0;
      while (left < line.quantity()) {
        long now = random.nextLong(1, line.quantity() - left + 1);
        long share = LineTotals.share(line, left, now);
        assertThat(share).isNotNegative();
        sum += share;
        left += now;
      }
      assertThat(sum)
          .isEqualTo(
              LineTotals.of(line.amountMinor(), line.priceQuantity(), line.quantity()).getAsLong());
    }
  }

  @Test
  void K03_six_of_ten_at_ten_cost_sixty() {
    LineTotals.Priced line = new LineTotals.Priced(1_000, 1, 10);
    assertThat(LineTotals.share(line, 0, 6)).isEqualTo(6_000);
    assertThat(LineTotals.share(line, 6, 4)).isEqualTo(4_000);
    assertThatThrownBy(() -> LineTotals.share(line, 6, 5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void multiplies_price_and_quantity() {
    assertThat(LineTotals.of(250, 1, 3)).hasValue(750);
    assertThat(LineTotals.of(0, 1, 1_000_000_000)).hasValue(0);
  }

  @Test
  void rounds_half_up() {
    // 8.50 a kilogram.
    assertThat(LineTotals.of(850, 1_000, 1)).hasValue(1);
    assertThat(LineTotals.of(1, 2, 1)).hasValue(1);
    assertThat(LineTotals.of(1, 3, 1)).hasValue(0);
    assertThat(LineTotals.of(850, 1_000, 8_500)).hasValue(7_225);
    assertThat(LineTotals.of(5, 1_000, 499)).hasValue(2);
    assertThat(LineTotals.of(5, 1_000, 500)).hasValue(3);
  }

  @Test
  void says_when_a_number_cannot_hold_it() {
    assertThat(LineTotals.of(1_000_000_000_000L, 1, 1_000_000_000)).isEmpty();
    assertThat(LineTotals.of(1_000_000_000_000L, 1_000_000_000, 1_000_000_000))
        .hasValue(1_000_000_000_000L);
    assertThat(LineTotals.of(Long.MAX_VALUE, 1, 1)).hasValue(Long.MAX_VALUE);
    assertThat(LineTotals.of(Long.MAX_VALUE, 1, 2)).isEmpty();
  }
}
