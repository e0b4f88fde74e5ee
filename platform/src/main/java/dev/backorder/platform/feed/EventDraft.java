package dev.backorder.platform.feed;

import com.google.protobuf.Message;
import dev.backorder.platform.grpc.Calls;

/**
 * A fact that is about to be recorded.
 *
 * @param key what it is about; facts of one key keep their order
 * @param keyVersion version of the key's state after the fact, growing
 * @param payload the service's event message: the full new state, no personal data
 * @param correlationId causal chain; empty starts a new one
 * @param causationId event or request that caused it; may be empty
 */
public record EventDraft(
    String key, long keyVersion, Message payload, String correlationId, String causationId) {
  /** A fact caused by the call or event that this thread works for. */
  public static EventDraft of(String key, long keyVersion, Message payload) {
    return new EventDraft(key, keyVersion, payload, Calls.correlationId(), Calls.causationId());
  }
}
