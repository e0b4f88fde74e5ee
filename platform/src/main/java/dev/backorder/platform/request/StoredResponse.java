package dev.backorder.platform.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import java.util.Map;

/** The first request with its id and how it was answered. */
public record StoredResponse(RequestDraft request, ByteString response) {
  /**
   * The first answer.
   *
   * @throws DomainException PRECONDITION REQUEST_ID_REUSED when the first request was another one
   */
  public <R extends Message> R replay(RequestDraft repeated, Parser<R> parser) {
    if (!request.equals(repeated)) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_REQUEST_ID_REUSED,
          "This request_id was used before with other content.",
          Map.of("request_id", repeated.key().requestId().toString()));
    }
    try {
      return parser.parseFrom(response);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("stored response of " + request.method(), e);
    }
  }
}
