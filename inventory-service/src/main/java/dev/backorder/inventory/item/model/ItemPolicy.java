package dev.backorder.inventory.item.model;

import java.util.List;

/**
 * All that decides how one item is sold and bought, for one sales channel.
 *
 * @param sku the item
 * @param sales how it is sold on the channel that was asked for
 * @param itemLimit how many units may wait on all channels together
 * @param lowStockThreshold available at or below this is low stock; 0 switches it off
 * @param protectedQuantity units that ordinary channels may not take
 * @param substitutes items that may be offered in its place, the best first
 * @param replenishment when and how much to buy
 * @param components what it is put together from; empty for an item that is no kit
 */
public record ItemPolicy(
    String sku,
    SalesPolicy sales,
    BackorderLimit itemLimit,
    long lowStockThreshold,
    long protectedQuantity,
    List<String> substitutes,
    ReplenishmentPolicy replenishment,
    List<KitComponent> components) {

  /** Copies the lists. */
  public ItemPolicy {
    substitutes = List.copyOf(substitutes);
    components = List.copyOf(components);
  }

  /** Whether it is put together from others when it leaves, and has no stock of its own. */
  public boolean isKit() {
    return !components.isEmpty();
  }
}
