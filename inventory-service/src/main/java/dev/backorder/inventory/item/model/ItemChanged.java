package dev.backorder.inventory.item.model;

/**
 * The policy of an item changed, in the present transaction. Features that keep something derived
 * from it observe this; items know none of them.
 *
 * @param sku the item
 */
public record ItemChanged(String sku) {}
