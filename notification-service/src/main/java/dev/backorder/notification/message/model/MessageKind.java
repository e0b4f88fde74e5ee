package dev.backorder.notification.message.model;

/** The kinds of messages. The name of its template is the name in lower case with hyphens. */
public enum MessageKind {
  ORDER_CONFIRMED,
  ORDER_BACKORDERED,
  DATE_CHANGED,
  SHIPPED,
  CANCELLED,
  ORDER_REJECTED;

  /**
   * Whether it tells when the whole order leaves, so that a newer date can be told in it instead.
   */
  public boolean confirmsOrder() {
    return this == ORDER_CONFIRMED || this == ORDER_BACKORDERED;
  }
}
