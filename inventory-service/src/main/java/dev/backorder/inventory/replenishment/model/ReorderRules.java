package dev.backorder.inventory.replenishment.model;

import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.SalesMode;

/** When and how much to buy. */
public final class ReorderRules {
  private ReorderRules() {}

  /**
   * Units that have to be bought: when the position is at or below the minimum, up to the maximum;
   * otherwise none. Needs and purchases that are under way are part of the position, so the same
   * shortage is not bought twice. An item that is made to order is made for its order and never for
   * the shelf.
   */
  public static long unitsToBuy(ItemPolicy policy, StockPosition position) {
    if (policy.sales().mode() == SalesMode.MADE_TO_ORDER) {
      return 0;
    }
    return switch (policy.replenishment().method()) {
      case NONE -> 0;
      case MIN_MAX ->
          position.quantity() > policy.replenishment().minQuantity()
              ? 0
              : Math.subtractExact(policy.replenishment().maxQuantity(), position.quantity());
    };
  }
}
