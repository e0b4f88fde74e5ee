package dev.backorder.inventory.item.model;

/**
 * All that decides how one item is sold and bought, for one sales channel.
 *
 * @param sku the item
 * @param sales how it is sold on the channel that was asked for
 * @param itemLimit how many units may wait on all channels together
 * @param lowStockThreshold available at or below this is low stock; 0 switches it off
 * @param protectedQuantity units that ordinary channels may not take
 * @param replenishment when and how much to buy
 */
public record ItemPolicy(
    String sku,
    SalesPolicy sales,
    BackorderLimit itemLimit,
    long lowStockThreshold,
    long protectedQuantity,
    ReplenishmentPolicy replenishment) {}
