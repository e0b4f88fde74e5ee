package dev.backorder.order.amend;

import com.google.protobuf.ByteString;
import dev.backorder.platform.request.RequestKey;
import java.util.Map;
import java.util.UUID;

/**
 * What a customer wants changed in an order, once it was found possible. The lines to add stand in
 * their own table.
 *
 * @param shortageRule name of inventory's value without its prefix
 * @param fewer units to give up, by line
 */
record Amendment(
    UUID amendmentId,
    UUID orderId,
    RequestKey key,
    ByteString fingerprint,
    String reason,
    String shortageRule,
    Map<UUID, Long> fewer,
    State state) {

  /** How far it is. */
  enum State {
    /** inventory-service is asked. */
    OPEN,
    /** The order is as it was wanted. */
    DONE,
    /** What was to be added could not be had: the order is as before. */
    REFUSED
  }

  boolean isOpen() {
    return state == State.OPEN;
  }
}
