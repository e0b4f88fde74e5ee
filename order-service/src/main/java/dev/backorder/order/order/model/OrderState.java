package dev.backorder.order.order.model;

/**
 * Where an order stands: a pure function of the sums over its lines. The table is in
 * docs/order-states.md.
 */
public enum OrderState {
  PENDING,
  REJECTED,
  RESERVED,
  BACKORDERED,
  PARTLY_BACKORDERED,
  SHIPPED,
  DELIVERED,
  CANCELLED;

  /** The state of an order whose lines sum to this. */
  public static OrderState of(Quantities sums) {
    return switch (LineState.of(sums)) {
      case PENDING -> PENDING;
      case RESERVED -> RESERVED;
      // A full backorder is one of which nothing has come yet.
      case BACKORDERED -> sums.shipped() == 0 ? BACKORDERED : PARTLY_BACKORDERED;
      case PARTLY_BACKORDERED -> PARTLY_BACKORDERED;
      case SHIPPED -> SHIPPED;
      case DELIVERED -> DELIVERED;
      case CANCELLED -> CANCELLED;
      case REFUSED -> REJECTED;
    };
  }

  /** True while units may still be cancelled or shipped. */
  public boolean isOpen() {
    return switch (this) {
      case RESERVED, BACKORDERED, PARTLY_BACKORDERED -> true;
      case PENDING, REJECTED, SHIPPED, DELIVERED, CANCELLED -> false;
    };
  }
}
