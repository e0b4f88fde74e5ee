package dev.backorder.platform.feed;

import dev.backorder.common.v1.StreamEventsRequest;
import dev.backorder.common.v1.StreamEventsResponse;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * An open stream of a feed. Holds at most two messages: more are asked for only as they are taken.
 */
final class FeedStream
    implements ClientResponseObserver<StreamEventsRequest, StreamEventsResponse>, AutoCloseable {
  /** Three heartbeats: a silent stream is a dead one. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(35);

  private static final int AHEAD = 2;

  private final BlockingQueue<StreamEventsResponse> messages = new LinkedBlockingQueue<>();
  private volatile ClientCallStreamObserver<StreamEventsRequest> call;
  private volatile Throwable end;
  private volatile long lastNanos = System.nanoTime();

  /** The next message; empty when none came in time. Throws what ended the stream. */
  Optional<StreamEventsResponse> poll(Duration wait) throws InterruptedException {
    StreamEventsResponse message = messages.poll(wait.toMillis(), TimeUnit.MILLISECONDS);
    if (message != null) {
      call.request(1);
      return Optional.of(message);
    }
    if (end != null) {
      throw Status.fromThrowable(end).asRuntimeException(Status.trailersFromThrowable(end));
    }
    if (System.nanoTime() - lastNanos > LONGEST_SILENCE.toNanos()) {
      throw Status.UNAVAILABLE.withDescription("the feed is silent").asRuntimeException();
    }
    return Optional.empty();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<StreamEventsRequest> stream) {
    call = stream;
    stream.disableAutoRequestWithInitial(AHEAD);
  }

  @Override
  public void onNext(StreamEventsResponse message) {
    lastNanos = System.nanoTime();
    messages.add(message);
  }

  @Override
  public void onError(Throwable failure) {
    end = failure;
  }

  @Override
  public void onCompleted() {
    end = Status.UNAVAILABLE.withDescription("the feed ended").asRuntimeException();
  }

  @Override
  public void close() {
    call.cancel("the consumer stops", null);
  }
}
