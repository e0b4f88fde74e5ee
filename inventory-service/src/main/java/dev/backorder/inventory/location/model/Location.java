package dev.backorder.inventory.location.model;

/**
 * A place that holds stock: a warehouse, a shop.
 *
 * @param name its name, for people
 * @param view all that promises need to know of it
 */
public record Location(String name, LocationView view) {}
