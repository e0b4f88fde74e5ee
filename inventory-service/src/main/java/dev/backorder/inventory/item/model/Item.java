package dev.backorder.inventory.item.model;

import java.util.Map;

/**
 * Something that is sold, and how.
 *
 * @param sku the merchant's own code
 * @param description what it is, for people
 * @param sales how it is sold where no channel says otherwise
 * @param channels channels that sell it in another way, by code
 * @param lowStockThreshold available at or below this is low stock; 0 switches it off
 * @param protectedQuantity units that ordinary channels may not take
 * @param replenishment when and how much to buy
 */
public record Item(
    String sku,
    String description,
    SalesPolicy sales,
    Map<String, SalesPolicy> channels,
    long lowStockThreshold,
    long protectedQuantity,
    ReplenishmentPolicy replenishment) {

  /** Copies the channels. */
  public Item {
    channels = Map.copyOf(channels);
  }

  /** Whether units may be ordered on any channel that are not on the shelf. */
  public boolean takesOrdersAheadOfStock() {
    return sales.mode().takesOrdersAheadOfStock()
        || channels.values().stream().anyMatch(policy -> policy.mode().takesOrdersAheadOfStock());
  }
}
