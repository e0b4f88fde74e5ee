package dev.backorder.order.cancel;

import com.google.protobuf.ByteString;
import dev.backorder.platform.request.RequestKey;
import java.util.Map;
import java.util.UUID;

/**
 * A customer's wish to give units up, once it was found possible.
 *
 * @param units what to cancel, by line, in the order of the lines
 * @param done true when inventory-service has taken the units back
 */
record Cancellation(
    UUID cancellationId,
    UUID orderId,
    RequestKey key,
    ByteString fingerprint,
    String reason,
    Map<UUID, Long> units,
    boolean done) {}
