package dev.backorder.notification.delivery;

import dev.backorder.notification.delivery.model.DeliveryState;
import dev.backorder.notification.message.model.MessageKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A row of the delivery table as it was read, without what the message says.
 *
 * @param roundAttemptCount attempts since a person last made it due
 * @param outcomeUnknown the last attempt ended without an answer
 */
record DeliveryRow(
    long sequence,
    UUID deliveryId,
    String factId,
    MessageKind kind,
    String channel,
    String customerId,
    String orderId,
    DeliveryState state,
    String messageId,
    Optional<LocalDate> toldShipByDate,
    String languageCode,
    String template,
    String contentSha256,
    int attemptCount,
    int roundAttemptCount,
    int possibleDuplicateCount,
    boolean outcomeUnknown,
    String providerAnswer,
    Optional<UUID> supersededBy,
    String correlationId,
    int version,
    Instant createTime,
    Optional<Instant> nextAttemptTime,
    Optional<Instant> acceptedTime) {

  /**
   * Whether an earlier attempt may have reached the customer: its process died, or nobody answered.
   */
  boolean mayHaveBeenSent() {
    return state == DeliveryState.SENDING || outcomeUnknown;
  }
}
