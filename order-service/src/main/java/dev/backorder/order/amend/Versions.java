package dev.backorder.order.amend;

import dev.backorder.order.order.LineUnits;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;

/** When an order may be changed at all. */
final class Versions {
  private Versions() {}

  /**
   * Refuses what is based on an order that is another by now, and orders of which nothing is open.
   *
   * @param expected the version that the caller has seen; 0 for any
   * @throws DomainException ABORTED ORDER_VERSION; PRECONDITION ORDER_STATE
   */
  static void require(OrderChange change, long expected) {
    if (expected != 0 && change.order().version() != expected) {
      throw DomainException.aborted(
          ErrorReason.ERROR_REASON_ORDER_VERSION,
          "The order is at version %d by now; read it again and decide anew."
              .formatted(change.order().version()));
    }
    if (!change.order().state().isOpen()) {
      throw LineUnits.wrongState(
          change, OrderState.RESERVED, OrderState.BACKORDERED, OrderState.PARTLY_BACKORDERED);
    }
  }
}
