package dev.backorder.inventory.item.model;

/**
 * The policy of an item changed, in the present transaction. Features that keep something derived
 * from it observe this; items know none of them.
 *
 * @param sku the item
 * @param releaseMoved whether on some channel its release is another one, or it is no preorder any
 *     more
 */
public record ItemChanged(String sku, boolean releaseMoved) {}
