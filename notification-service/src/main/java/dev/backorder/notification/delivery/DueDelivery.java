package dev.backorder.notification.delivery;

import dev.backorder.notification.delivery.model.Tellable;
import dev.backorder.notification.message.model.MessageContent;

/** A delivery with what its message says: only who decides about it or sends it needs that. */
record DueDelivery(DeliveryRow row, MessageContent content) {

  Tellable tellable() {
    return new Tellable(row.deliveryId(), row.kind(), row.state(), row.mayHaveBeenSent(), content);
  }
}
