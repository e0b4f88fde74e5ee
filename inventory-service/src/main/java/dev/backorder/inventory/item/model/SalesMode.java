package dev.backorder.inventory.item.model;

/** What happens when stock does not suffice. */
public enum SalesMode {
  /** Sold only while there are units. */
  IN_STOCK_ONLY,
  /** May be ordered ahead of supply, within the backorder limit. */
  BACKORDER,
  /** Not released yet: may be ordered, leaves from the release date. */
  PREORDER,
  /** Made or bought after the order. */
  MADE_TO_ORDER;

  /** Whether units may be ordered that are not on the shelf. */
  public boolean takesOrdersAheadOfStock() {
    return this != IN_STOCK_ONLY;
  }
}
