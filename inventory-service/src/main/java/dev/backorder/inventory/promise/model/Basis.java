package dev.backorder.inventory.promise.model;

/** What a promise rests on. */
public enum Basis {
  /** Units that are on hand now. */
  STOCK,
  /** A dated supply that is coming. */
  SUPPLY,
  /** A purchase that is not made yet. */
  PURCHASE,
  /** The release date of a preorder. */
  RELEASE,
  /** Made or bought after the order. */
  MADE_TO_ORDER
}
