package dev.backorder.order.order.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTotalsTest {
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
