package dev.backorder.inventory.keeping.model;

/**
 * Units of one item that belong to nobody.
 *
 * @param location where they are, or where they come
 * @param free units
 * @param onShelf true on hand, false for a supply that is coming
 */
public record Pool(String location, long free, boolean onShelf) {}
