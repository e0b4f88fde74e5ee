package dev.backorder.inventory.replenishment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.ReplenishmentPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReorderRulesTest {

  @Test
  void buys_up_to_the_maximum_when_the_position_is_at_the_minimum() {
    assertThat(ReorderRules.unitsToBuy(minMax(100, 150), onHand(100))).isEqualTo(50);
  }

  @Test
  void buys_nothing_one_unit_above_the_minimum() {
    assertThat(ReorderRules.unitsToBuy(minMax(100, 150), onHand(101))).isZero();
  }

  @Test
  void buys_the_whole_deficiency_below_the_minimum() {
    assertThat(ReorderRules.unitsToBuy(minMax(100, 150), onHand(20))).isEqualTo(130);
  }

  @Test
  void what_waits_is_bought_too() {
    assertThat(ReorderRules.unitsToBuy(minMax(0, 10), new StockPosition(0, 0, 7, 0, 0)))
        .isEqualTo(17);
  }

  @Test
  void what_is_reserved_is_not_there_any_more() {
    assertThat(ReorderRules.unitsToBuy(minMax(5, 10), new StockPosition(12, 8, 0, 0, 0)))
        .isEqualTo(6);
  }

  @Test
  void purchases_and_needs_under_way_are_not_bought_again() {
    assertThat(ReorderRules.unitsToBuy(minMax(5, 10), new StockPosition(0, 0, 4, 14, 0))).isZero();
    assertThat(ReorderRules.unitsToBuy(minMax(5, 10), new StockPosition(0, 0, 4, 0, 14))).isZero();
  }

  @Test
  void an_item_without_a_method_is_never_bought() {
    assertThat(
            ReorderRules.unitsToBuy(
                policy(SalesMode.BACKORDER, ReplenishmentPolicy.NONE),
                new StockPosition(0, 0, 50, 0, 0)))
        .isZero();
  }

  @Test
  void what_is_made_to_order_is_not_made_for_the_shelf() {
    assertThat(
            ReorderRules.unitsToBuy(
                policy(
                    SalesMode.MADE_TO_ORDER,
                    new ReplenishmentPolicy(ReplenishmentPolicy.Method.MIN_MAX, 5, 10)),
                new StockPosition(0, 0, 3, 0, 0)))
        .isZero();
  }

  @Test
  void a_minimum_above_the_maximum_is_no_policy() {
    assertThatThrownBy(() -> new ReplenishmentPolicy(ReplenishmentPolicy.Method.MIN_MAX, 2, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void waiting_units_that_something_on_the_way_will_serve_are_covered() {
    assertThat(new StockPosition(0, 0, 9, 4, 2).uncoveredWaiting()).isEqualTo(3);
    assertThat(new StockPosition(0, 0, 9, 20, 0).uncoveredWaiting()).isZero();
  }

  private static StockPosition onHand(long units) {
    return new StockPosition(units, 0, 0, 0, 0);
  }

  private static ItemPolicy minMax(long min, long max) {
    return policy(
        SalesMode.BACKORDER, new ReplenishmentPolicy(ReplenishmentPolicy.Method.MIN_MAX, min, max));
  }

  private static ItemPolicy policy(SalesMode mode, ReplenishmentPolicy replenishment) {
    return new ItemPolicy(
        "sku",
        new SalesPolicy(mode, BackorderLimit.NONE, Optional.empty(), Optional.empty(), 5, 0),
        BackorderLimit.NONE,
        0,
        0,
        List.of(),
        replenishment,
        List.of());
  }
}
