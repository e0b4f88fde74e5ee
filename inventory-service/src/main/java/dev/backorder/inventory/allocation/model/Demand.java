package dev.backorder.inventory.allocation.model;

/**
 * What one line of an order wants.
 *
 * @param sku the item
 * @param quantity units
 */
public record Demand(String sku, long quantity) {}
