package dev.backorder.notification.delivery;

import dev.backorder.notification.contact.ContactDetails;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import java.util.UUID;

/**
 * A message that this process is about to send, and to whom.
 *
 * @param attemptCount number of this attempt; only who holds it may record the outcome
 * @param roundAttemptCount number of this attempt since a person last made it due
 */
record Claim(
    UUID deliveryId,
    MessageKind kind,
    String messageId,
    MessageContent content,
    int attemptCount,
    int roundAttemptCount,
    ContactDetails contact) {}
