package dev.backorder.inventory.book;

/** What a supply is, and so what its source is. */
public enum SupplyKind {
  /** A line of a purchase order. */
  PURCHASE,
  /** Units in the building that are under inspection; supply and source have the same id. */
  QUALITY_HOLD,
  /** A line of a transfer from another location. */
  TRANSFER
}
