package dev.backorder.notification.message.model;

/** Why units could not be had, as far as a customer is told. */
public enum RefusalReason {
  NONE,
  UNKNOWN_ITEM,
  OUT_OF_STOCK,
  LIMIT,
  WAIT_TOO_LONG
}
