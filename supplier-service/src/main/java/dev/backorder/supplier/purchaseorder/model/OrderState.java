package dev.backorder.supplier.purchaseorder.model;

import java.util.Collection;
import java.util.EnumSet;

/** Where a purchase order stands; see docs/purchase-order-states.md. */
public enum OrderState {
  /** Collecting needs. */
  DRAFT,
  /** Sent; the supplier has not answered. */
  SENT,
  /** At least one line is accepted. */
  ACKNOWLEDGED,
  /** Some of it has arrived. */
  PARTLY_RECEIVED,
  /** All of it has arrived, within tolerance. */
  RECEIVED,
  /** Closed short: the rest does not come. */
  CLOSED,
  /** The supplier accepted no line. */
  REJECTED,
  /** We cancelled it. */
  CANCELLED;

  /** True while units may still come. */
  public boolean isAlive() {
    return switch (this) {
      case DRAFT, SENT, ACKNOWLEDGED, PARTLY_RECEIVED -> true;
      case RECEIVED, CLOSED, REJECTED, CANCELLED -> false;
    };
  }

  /**
   * The state that the lines make.
   *
   * @param sent whether the order was sent
   * @param lines at least one
   */
  static OrderState of(boolean sent, Collection<OrderLine> lines) {
    EnumSet<LineState> states = EnumSet.noneOf(LineState.class);
    lines.forEach(line -> states.add(line.state()));
    boolean alive = states.stream().anyMatch(LineState::isAlive);
    boolean arrived = lines.stream().anyMatch(line -> line.received() > 0);
    if (alive) {
      return ofAlive(sent, arrived, states);
    }
    if (states.contains(LineState.CLOSED)) {
      return CLOSED;
    }
    if (states.contains(LineState.RECEIVED)) {
      return states.contains(LineState.CANCELLED) ? CLOSED : RECEIVED;
    }
    return states.contains(LineState.CANCELLED) ? CANCELLED : REJECTED;
  }

  private static OrderState ofAlive(boolean sent, boolean arrived, EnumSet<LineState> states) {
    if (!sent) {
      return DRAFT;
    }
    if (arrived) {
      return PARTLY_RECEIVED;
    }
    return states.contains(LineState.ACCEPTED) ? ACKNOWLEDGED : SENT;
  }
}
