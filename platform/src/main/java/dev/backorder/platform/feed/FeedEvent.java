package dev.backorder.platform.feed;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.grpc.Calls;
import java.time.Instant;
import java.util.UUID;

/** An event as consumers see it. */
public record FeedEvent(Event envelope) {
  public UUID id() {
    return UUID.fromString(envelope.getEventId());
  }

  public String key() {
    return envelope.getKey();
  }

  public long keyVersion() {
    return envelope.getKeyVersion();
  }

  /** When it happened, on the producer's clock. */
  public Instant occurredTime() {
    Timestamp time = envelope.getOccurredTime();
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  public String correlationId() {
    return envelope.getCorrelationId();
  }

  /** The causal chain of what the event causes. */
  public Calls.Chain chain() {
    return new Calls.Chain(correlationId(), envelope.getEventId());
  }

  /** Runs work as what the event caused: the ids of its causal chain go on from here. */
  public void asCause(String consumer, Runnable work) {
    Calls.with(
        consumer,
        correlationId(),
        envelope.getEventId(),
        () -> {
          work.run();
          return true;
        });
  }

  /** The new state that the event tells. */
  public <M extends Message> M payload(Parser<M> parser) {
    try {
      return parser.parseFrom(envelope.getPayload().getValue());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("payload of event " + envelope.getEventId(), e);
    }
  }
}
