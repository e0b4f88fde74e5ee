package dev.backorder.supplier.purchaseorder.model;

/** Where a line of a purchase order stands; see docs/purchase-order-states.md. */
public enum LineState {
  /** The supplier has not answered. */
  OPEN,
  /** The supplier will deliver. */
  ACCEPTED,
  /** The supplier delivers nothing. */
  REJECTED,
  /** All that was expected has arrived, within tolerance. */
  RECEIVED,
  /** We expect no more, though less has arrived. */
  CLOSED,
  /** We withdrew it before anything arrived. */
  CANCELLED;

  /** True while units may still come. */
  public boolean isAlive() {
    return switch (this) {
      case OPEN, ACCEPTED -> true;
      case REJECTED, RECEIVED, CLOSED, CANCELLED -> false;
    };
  }
}
