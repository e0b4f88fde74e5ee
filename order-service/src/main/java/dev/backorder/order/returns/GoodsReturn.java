package dev.backorder.order.returns;

import com.google.protobuf.ByteString;
import dev.backorder.platform.request.RequestKey;
import java.util.Map;
import java.util.UUID;

/**
 * Shipped units that came back, once that was found possible.
 *
 * @param location code of the location that took them back
 * @param units what came back, by line, in the order of the lines
 * @param done true when inventory-service has them in stock again
 */
record GoodsReturn(
    UUID returnId,
    UUID orderId,
    RequestKey key,
    ByteString fingerprint,
    String location,
    String reason,
    Map<UUID, Long> units,
    boolean done) {}
