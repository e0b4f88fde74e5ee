package dev.backorder.notification.delivery;

import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;

/**
 * A message that a customer is to get.
 *
 * @param factId stable id of what is told; one message per fact, customer and channel
 * @param correlationId causal chain of the fact
 */
public record DeliveryDraft(
    String factId,
    MessageKind kind,
    String customerId,
    MessageContent content,
    String correlationId) {}
