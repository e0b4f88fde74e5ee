package dev.backorder.platform.request;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.backorder.platform.errors.DomainException;

/** The first request with its id and how it was answered. */
public record StoredResponse(RequestDraft request, ByteString response) {
  /**
   * The first answer.
   *
   * @throws DomainException PRECONDITION REQUEST_ID_REUSED when the first request was another one
   */
  public <R extends Message> R replay(RequestDraft repeated, Parser<R> parser) {
    if (!request.equals(repeated)) {
      throw repeated.reused();
    }
    try {
      return parser.parseFrom(response);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("stored response of " + request.method(), e);
    }
  }
}
