package dev.backorder.platform.testing;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.rpc.ErrorInfo;
import dev.backorder.common.v1.Checkpoint;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.ReportCheckpointResponse;
import dev.backorder.common.v1.StreamEventsRequest;
import dev.backorder.common.v1.StreamEventsResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The feed of another service, by its contract: publish events, and a consumer under test gets
 * them. Start it with {@link FakePeer#start}; set {@code backorder.peers.<name>} to the target.
 */
public final class FakeFeed extends FeedServiceGrpc.FeedServiceImplBase {
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<ServerCallStreamObserver<StreamEventsResponse>, Integer> followers =
      new HashMap<>();
  private final Map<String, String> checkpoints = new HashMap<>();
  private String epoch = UUID.randomUUID().toString();

  /** Publishes the next version of a key. */
  public synchronized Event publish(String key, Message payload) {
    return publish(key, versions.getOrDefault(key, 0L) + 1, payload, Instant.now());
  }

  /** Publishes an event with a version and a time of the test's choice. */
  public synchronized Event publish(String key, long keyVersion, Message payload, Instant time) {
    versions.put(key, keyVersion);
    Timestamp timestamp =
        Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()).build();
    Event event =
        Event.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setKey(key)
            .setKeyVersion(keyVersion)
            .setSchemaVersion(1)
            .setOccurredTime(timestamp)
            .setRecordedTime(timestamp)
            .setCorrelationId(UUID.randomUUID().toString())
            .setPayload(Any.pack(payload))
            .setCursor(cursor(events.size() + 1))
            .build();
    events.add(event);
    followers.keySet().forEach(this::send);
    return event;
  }

  /**
   * Starts a new life: all cursors that consumers hold are void, and events published so far are
   * told again.
   */
  public synchronized void reset() {
    epoch = UUID.randomUUID().toString();
    for (int i = 0; i < events.size(); i++) {
      events.set(i, events.get(i).toBuilder().setCursor(cursor(i + 1)).build());
    }
    List.copyOf(followers.keySet()).forEach(f -> f.onError(Status.UNAVAILABLE.asException()));
    followers.clear();
  }

  /** Forgets everything and starts a new life, for the next test. */
  public synchronized void clear() {
    events.clear();
    versions.clear();
    checkpoints.clear();
    reset();
  }

  /** The cursor after the newest event. */
  public synchronized String head() {
    return cursor(events.size());
  }

  /** The checkpoint that a consumer reported last; empty when it never did. */
  public synchronized String checkpointOf(String consumer) {
    return checkpoints.getOrDefault(consumer, "");
  }

  @Override
  public synchronized void listEvents(
      ListEventsRequest request, StreamObserver<ListEventsResponse> observer) {
    int from;
    try {
      from = place(request.getAfterCursor());
    } catch (StatusRuntimeException e) {
      observer.onError(e);
      return;
    }
    int limit = request.getLimit() == 0 ? 100 : request.getLimit();
    int last =
        request.getLastPosition() == 0
            ? events.size()
            : (int) Math.min(events.size(), request.getLastPosition());
    int to = Math.max(from, Math.min(last, from + limit));
    observer.onNext(
        ListEventsResponse.newBuilder()
            .addAllEvents(events.subList(from, to))
            .setNextCursor(cursor(to))
            .setHasMore(to < last)
            .build());
    observer.onCompleted();
  }

  @Override
  public synchronized void streamEvents(
      StreamEventsRequest request, StreamObserver<StreamEventsResponse> observer) {
    ServerCallStreamObserver<StreamEventsResponse> follower =
        (ServerCallStreamObserver<StreamEventsResponse>) observer;
    try {
      followers.put(follower, place(request.getAfterCursor()));
    } catch (StatusRuntimeException e) {
      observer.onError(e);
      return;
    }
    follower.setOnCancelHandler(() -> forget(follower));
    send(follower);
  }

  @Override
  public synchronized void reportCheckpoint(
      ReportCheckpointRequest request, StreamObserver<ReportCheckpointResponse> observer) {
    checkpoints.put(request.getConsumer(), request.getCursor());
    observer.onNext(
        ReportCheckpointResponse.newBuilder()
            .setCheckpoint(
                Checkpoint.newBuilder()
                    .setConsumer(request.getConsumer())
                    .setCursor(request.getCursor()))
            .build());
    observer.onCompleted();
  }

  private synchronized void forget(ServerCallStreamObserver<StreamEventsResponse> follower) {
    followers.remove(follower);
  }

  private void send(ServerCallStreamObserver<StreamEventsResponse> follower) {
    int from = followers.get(follower);
    if (from < events.size() && !follower.isCancelled()) {
      followers.put(follower, events.size());
      follower.onNext(
          StreamEventsResponse.newBuilder()
              .addAllEvents(events.subList(from, events.size()))
              .setNextCursor(cursor(events.size()))
              .build());
    }
  }

  private String cursor(int position) {
    return epoch + "/" + position;
  }

  private int place(String cursor) {
    if (cursor.isEmpty()) {
      return 0;
    }
    int slash = cursor.indexOf('/');
    if (!cursor.substring(0, slash).equals(epoch)) {
      throw StatusProto.toStatusRuntimeException(
          com.google.rpc.Status.newBuilder()
              .setCode(Status.Code.FAILED_PRECONDITION.value())
              .addDetails(
                  Any.pack(
                      ErrorInfo.newBuilder()
                          .setReason("FEED_RESET")
                          .setDomain("fake.backorder")
                          .build()))
              .build());
    }
    return Integer.parseInt(cursor.substring(slash + 1));
  }
}
