package dev.backorder.inventory.quality;

import dev.backorder.inventory.v1.QualityHold;
import dev.backorder.inventory.wire.Wire;

/** Quality holds as messages. */
final class QualityMessages {
  private QualityMessages() {}

  static QualityHold render(QualityHoldRow hold) {
    QualityHold.Builder message =
        QualityHold.newBuilder()
            .setQualityHoldId(hold.id())
            .setSku(hold.key().sku())
            .setLocation(hold.key().location())
            .setQuantity(hold.quantity())
            .setHeldQuantity(hold.held())
            .setAcceptedQuantity(hold.accepted())
            .setRejectedQuantity(hold.rejected())
            .setReason(hold.reason())
            .setActor(hold.actor())
            .setReference(hold.reference())
            .setCreateTime(Wire.timestamp(hold.createTime()));
    hold.expectedDate().map(Wire::date).ifPresent(message::setExpectedDate);
    return message.build();
  }
}
