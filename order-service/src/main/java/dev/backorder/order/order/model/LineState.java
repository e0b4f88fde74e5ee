package dev.backorder.order.order.model;

/** Where a line stands: a pure function of its quantities. The table is in docs/order-states.md. */
public enum LineState {
  PENDING,
  RESERVED,
  BACKORDERED,
  PARTLY_BACKORDERED,
  SHIPPED,
  DELIVERED,
  CANCELLED,
  REFUSED;

  /** The state of a line with these quantities. */
  public static LineState of(Quantities line) {
    if (!line.isDecided()) {
      return PENDING;
    }
    if (line.open() > 0) {
      return ofOpen(line);
    }
    if (line.shipped() > 0) {
      return line.delivered() < line.shipped() ? SHIPPED : DELIVERED;
    }
    return line.cancelled() > 0 ? CANCELLED : REFUSED;
  }

  private static LineState ofOpen(Quantities line) {
    if (line.waiting() == 0) {
      return RESERVED;
    }
    return line.reserved() == 0 ? BACKORDERED : PARTLY_BACKORDERED;
  }
}
