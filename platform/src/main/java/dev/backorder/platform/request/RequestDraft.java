package dev.backorder.platform.request;

import com.google.protobuf.ByteString;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import java.util.Map;

/**
 * A request as the log knows it, made on the caller's thread by {@link RequestLog#draft}.
 *
 * @param method full name of the request message
 * @param fingerprint SHA-256 of the request
 */
public record RequestDraft(RequestKey key, String method, ByteString fingerprint) {
  /**
   * Refuses a request whose id came before with other content.
   *
   * @param first fingerprint of the request that came first
   * @throws DomainException PRECONDITION REQUEST_ID_REUSED
   */
  public void requireSame(ByteString first) {
    if (!fingerprint.equals(first)) {
      throw reused();
    }
  }

  DomainException reused() {
    return DomainException.precondition(
        ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
        "This request_id was used before with other content.",
        Map.of("request_id", key.requestId().toString()));
  }
}
