package dev.backorder.inventory.item.model;

/**
 * What a kit is put together from.
 *
 * @param sku the component
 * @param quantity units of it in one kit
 */
public record KitComponent(String sku, long quantity) {}
