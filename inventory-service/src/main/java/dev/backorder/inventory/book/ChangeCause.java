package dev.backorder.inventory.book;

/** Why an allocation changed. When there are several reasons, the first one listed is told. */
public enum ChangeCause {
  /** The order was allocated. */
  ALLOCATED,
  /** More lines were allocated for the order. */
  EXTENDED,
  /** Units were given back. */
  RELEASED,
  /** Units left. */
  SHIPPED,
  /** Units came back. */
  RETURNED,
  /** Another location serves it. */
  MOVED,
  /** Reserved units are gone. */
  SHRINKAGE,
  /** Waiting units got stock. */
  FILLED,
  /** The release of its item moved, or its preorder ended. */
  RELEASE_MOVED,
  /** Its promise passed and was made anew. */
  OVERDUE,
  /** Its supply moved, appeared or went. */
  SUPPLY_CHANGED
}
