package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.supplier.purchaseorder.model.Decision;
import dev.backorder.supplier.purchaseorder.model.PurchaseOrder;
import dev.backorder.supplier.purchaseorder.model.Refusal;
import dev.backorder.supplier.v1.ErrorReason;
import java.util.Map;
import java.util.Optional;

/** What the caller hears when a purchase order refuses. */
final class Refusals {
  private Refusals() {}

  /**
   * The order after a decision; empty when nothing changed.
   *
   * @throws DomainException when it was refused
   */
  static Optional<PurchaseOrder> changed(Decision decision) {
    if (decision instanceof Decision.Refused refused) {
      throw toException(refused.refusal());
    }
    return decision instanceof Decision.Changed changed
        ? Optional.of(changed.order())
        : Optional.empty();
  }

  private static DomainException toException(Refusal refusal) {
    Map<String, String> facts = refusal.facts();
    return switch (refusal.kind()) {
      case STATE ->
          DomainException.precondition(
              ErrorReason.ERROR_REASON_PURCHASE_ORDER_STATE,
              "The purchase order is in a state that does not allow this.",
              facts);
      case LINE_UNKNOWN ->
          DomainException.notFound(
              ErrorReason.ERROR_REASON_LINE_NOT_FOUND,
              "purchase order line",
              facts.getOrDefault("line_id", ""));
      case TOO_LARGE ->
          DomainException.precondition(
              ErrorReason.ERROR_REASON_QUANTITY_TOO_LARGE, "That is more than was ordered.", facts);
      case TOO_SMALL ->
          DomainException.precondition(
              ErrorReason.ERROR_REASON_QUANTITY_TOO_SMALL, "That is less than has arrived.", facts);
    };
  }
}
