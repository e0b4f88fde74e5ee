package dev.backorder.notification.delivery.model;

import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import java.util.UUID;

/**
 * A message of an order, as far as it matters for who tells which date.
 *
 * @param outcomeUnknown an earlier attempt may have reached the customer
 */
public record Tellable(
    UUID deliveryId,
    MessageKind kind,
    DeliveryState state,
    boolean outcomeUnknown,
    MessageContent content) {}
