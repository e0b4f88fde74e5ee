package dev.backorder.supplier.catalogue.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.platform.testing.SeededRandom;
import org.junit.jupiter.api.Test;

class BuyingTermsTest {
  @Test
  void without_terms_we_order_what_we_want() {
    assertThat(new BuyingTerms(1, 1).orderQuantity(7)).isEqualTo(7);
  }

  @Test
  void the_minimum_lifts_small_quantities() {
    assertThat(new BuyingTerms(100, 1).orderQuantity(7)).isEqualTo(100);
    assertThat(new BuyingTerms(100, 1).orderQuantity(101)).isEqualTo(101);
  }

  @Test
  void quantities_are_rounded_up_to_the_multiple() {
    assertThat(new BuyingTerms(1, 12).orderQuantity(1)).isEqualTo(12);
    assertThat(new BuyingTerms(1, 12).orderQuantity(12)).isEqualTo(12);
    assertThat(new BuyingTerms(1, 12).orderQuantity(13)).isEqualTo(24);
  }

  @Test
  void a_minimum_that_is_no_multiple_is_rounded_up_too() {
    assertThat(new BuyingTerms(50, 12).orderQuantity(3)).isEqualTo(60);
  }

  @Test
  void the_limit_is_never_passed() {
    assertThat(new BuyingTerms(1, 7).orderQuantity(BuyingTerms.MOST_UNITS)).isEqualTo(999_999_994);
  }

  @Test
  void terms_that_no_quantity_meets_are_refused() {
    assertThat(BuyingTerms.canBeMet(1_000_000_000, 7)).isFalse();
    assertThat(BuyingTerms.canBeMet(0, 1)).isFalse();
    assertThat(BuyingTerms.canBeMet(1, 0)).isFalse();
    assertThat(BuyingTerms.canBeMet(999_999_994, 7)).isTrue();
    assertThatThrownBy(() -> new BuyingTerms(1_000_000_000, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void it_is_the_least_quantity_that_is_sold_and_enough() {
    SeededRandom.rounds(
        500,
        random -> {
          long minimum = random.nextLong(1, 60);
          long multiple = random.nextLong(1, 30);
          long wanted = random.nextLong(1, 100);
          long naive = 1;
          while (naive < wanted || naive < minimum || naive % multiple != 0) {
            naive++;
          }
          assertThat(new BuyingTerms(minimum, multiple).orderQuantity(wanted)).isEqualTo(naive);
        });
  }
}
