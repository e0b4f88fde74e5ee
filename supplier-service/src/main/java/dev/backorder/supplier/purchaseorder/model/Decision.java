package dev.backorder.supplier.purchaseorder.model;

/** What a purchase order answers to a verb. */
public sealed interface Decision {
  /**
   * It changes.
   *
   * @param order as it is now
   */
  record Changed(PurchaseOrder order) implements Decision {}

  /** It was so already: nothing to write, nothing to tell. */
  record Unchanged() implements Decision {}

  /**
   * It does not.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements Decision {}
}
