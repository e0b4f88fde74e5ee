package dev.backorder.inventory.allocation.model;

/**
 * Units of a line that cannot be had.
 *
 * @param line position of the line in the order
 * @param quantity units
 */
public record Shortage(int line, long quantity, Reason reason) {

  /** Why units cannot be had. */
  public enum Reason {
    /** No item has this sku. */
    UNKNOWN_ITEM,
    /** Sold from stock only, and there is not enough. */
    OUT_OF_STOCK,
    /** The backorder limit is reached. */
    BACKORDER_LIMIT,
    /** It would take longer than the longest wait allowed. */
    WAIT_TOO_LONG,
    /** No date can be told: nothing is coming and no lead time is known. */
    NO_REPLENISHMENT,
    /** No active location can serve it. */
    NO_LOCATION,
    /** It can no longer be preordered, and is not released yet. */
    PREORDER_ENDED,
    /** The location where it shall be picked up is unknown or inactive. */
    PICK_UP_LOCATION,
    /** It would leave after the last day on which the buyer wants it. */
    TOO_LATE
  }
}
