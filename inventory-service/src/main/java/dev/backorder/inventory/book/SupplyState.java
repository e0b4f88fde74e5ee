package dev.backorder.inventory.book;

/** Where a supply stands. */
public enum SupplyState {
  /** Ordered, not confirmed by the supplier: the date is our estimate. */
  PLANNED,
  /** Confirmed by the supplier, or set aside or in transit for a transfer. */
  CONFIRMED,
  /** Nothing more comes: received, or closed short. */
  CLOSED,
  /** Cancelled or rejected. */
  CANCELLED;

  /** Whether more is to come. */
  public boolean isOpen() {
    return this == PLANNED || this == CONFIRMED;
  }
}
