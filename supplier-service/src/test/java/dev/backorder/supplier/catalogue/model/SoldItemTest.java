package dev.backorder.supplier.catalogue.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SoldItemTest {
  @Test
  void the_lowest_priority_number_is_preferred() {
    assertThat(chosen(offer("a", 20), offer("b", 10), offer("c", 30))).isEqualTo("b");
  }

  @Test
  void a_tie_goes_to_the_first_code_whatever_the_order_of_the_offers() {
    assertThat(chosen(offer("b", 10), offer("a", 10))).isEqualTo("a");
    assertThat(chosen(offer("a", 10), offer("b", 10))).isEqualTo("a");
    assertThat(chosen(offer("a", 10), offer("B", 10))).as("by bytes").isEqualTo("B");
  }

  private static String chosen(SoldItem... offers) {
    return SoldItem.preferred(List.of(offers)).get("hat").supplier();
  }

  private static SoldItem offer(String supplier, int priority) {
    return new SoldItem(supplier, "hat", "", Optional.empty(), new BuyingTerms(1, 1), 5, priority);
  }
}
