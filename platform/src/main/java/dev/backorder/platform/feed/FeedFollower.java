package dev.backorder.platform.feed;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.StreamEventsRequest;
import dev.backorder.common.v1.StreamEventsResponse;
import io.grpc.Channel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** One consumer in one process: reads outside any transaction, applies in {@link Consumption}. */
final class FeedFollower implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(FeedFollower.class);
  private static final Duration WAIT = Duration.ofMillis(250);
  private static final Duration STANDBY = Duration.ofMillis(500);
  private static final long REPORT_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

  private final FeedConsumer consumer;
  private final Supplier<Channel> producer;
  private final Consumption consumption;
  private final FeedConfig config;
  private final String holder = UUID.randomUUID().toString();

  private FeedStream stream;

  /** The place that is stored. */
  private String cursor = "";

  /** The place up to which we have read: what lies between does not concern the consumer. */
  private String place = "";

  private int passed;
  private String reported = "";
  private long reportedNanos = System.nanoTime() - REPORT_EVERY_NANOS;
  private long heldNanos = Long.MIN_VALUE;

  FeedFollower(
      FeedConsumer consumer,
      Supplier<Channel> producer,
      Consumption consumption,
      FeedConfig config) {
    this.consumer = consumer;
    this.producer = producer;
    this.consumption = consumption;
    this.config = config;
  }

  /**
   * One step in real time: the replica that holds the lease follows the stream, the others stand
   * by.
   */
  Duration step() throws InterruptedException {
    try {
      if (!hold()) {
        closeStream();
        return STANDBY;
      }
      if (stream == null) {
        open();
      }
      Optional<StreamEventsResponse> message = stream.poll(WAIT);
      if (message.isPresent()
          && !apply(message.get().getEventsList(), message.get().getNextCursor())) {
        // Someone else has moved the cursor: read on from there.
        closeStream();
      }
      report();
      return Duration.ZERO;
    } catch (RuntimeException failure) {
      closeStream();
      if (isReset(failure)) {
        consumption.restart(consumer.name(), cursor);
        return Duration.ZERO;
      }
      throw failure;
    }
  }

  /** Reads and applies everything that the producer has; returns how many events. */
  long drain() {
    return drain(Long.MAX_VALUE);
  }

  /**
   * Reads and applies everything that the producer has up to a position; returns how many events.
   * For simulated time.
   */
  long drain(long last) {
    if (last == 0) {
      return 0;
    }
    hold();
    long handled = 0;
    rewind(consumption.cursor(consumer.name()));
    while (true) {
      ListEventsResponse page;
      try {
        page = list(last);
      } catch (StatusRuntimeException failure) {
        if (!isReset(failure)) {
          throw failure;
        }
        consumption.restart(consumer.name(), cursor);
        rewind(consumption.cursor(consumer.name()));
        continue;
      }
      boolean applied = apply(page.getEventsList(), page.getNextCursor());
      handled += applied ? page.getEventsCount() : 0;
      boolean atEnd = page.getEventsCount() == 0 || !page.getHasMore();
      if (!applied || (atEnd && !storePlace())) {
        rewind(consumption.cursor(consumer.name()));
      } else if (atEnd) {
        report();
        return handled;
      }
    }
  }

  /** Stops following and lets another replica take over. */
  @Override
  public void close() {
    closeStream();
    consumption.release(consumer.name(), holder);
  }

  private boolean hold() {
    long third = config.consumerLease().toNanos() / 3;
    long now = System.nanoTime();
    if (heldNanos != Long.MIN_VALUE && now - heldNanos < third) {
      return true;
    }
    boolean held = consumption.hold(consumer.name(), holder, config.consumerLease());
    heldNanos = held ? now : Long.MIN_VALUE;
    return held;
  }

  private void open() {
    rewind(consumption.cursor(consumer.name()));
    FeedStream opened = new FeedStream();
    FeedServiceGrpc.newStub(producer.get())
        .streamEvents(
            StreamEventsRequest.newBuilder()
                .setAfterCursor(cursor)
                .setConsumer(consumer.name())
                .build(),
            opened);
    stream = opened;
  }

  /** Applies what was read after {@link #place}; false when someone else has moved the cursor. */
  private boolean apply(List<Event> events, String next) {
    if (events.isEmpty()) {
      return true;
    }
    List<Event> concerning = events.stream().filter(this::concerns).toList();
    passed += events.size();
    place = next;
    if (concerning.isEmpty()) {
      return true;
    }
    boolean applied =
        consumption.apply(consumer, cursor, new Consumption.Page(concerning, passed, next));
    if (applied) {
      rewind(next);
    }
    return applied;
  }

  /** An event that cannot be read concerns the consumer: it is to be set aside. */
  private boolean concerns(Event event) {
    try {
      return consumer.concerns(new FeedEvent(event));
    } catch (RuntimeException unreadable) {
      return true;
    }
  }

  /** Stores how far we have read; false when someone else has moved the cursor. */
  private boolean storePlace() {
    if (place.equals(cursor)) {
      return true;
    }
    boolean stored = consumption.skip(consumer.name(), cursor, place, passed);
    if (stored) {
      rewind(place);
    }
    return stored;
  }

  /** Goes on from a place that is stored. */
  private void rewind(String stored) {
    cursor = stored;
    place = stored;
    passed = 0;
  }

  private ListEventsResponse list(long last) {
    return FeedServiceGrpc.newBlockingStub(producer.get())
        .listEvents(
            ListEventsRequest.newBuilder()
                .setAfterCursor(place)
                .setLimit(config.batch())
                .setLastPosition(last == Long.MAX_VALUE ? 0 : last)
                .build());
  }

  /** Pruning at the producer waits for this; a report that fails is made up for by the next. */
  private void report() {
    if (place.isEmpty()
        || place.equals(reported)
        || System.nanoTime() - reportedNanos < REPORT_EVERY_NANOS) {
      return;
    }
    if (!storePlace()) {
      closeStream();
      return;
    }
    try {
      FeedServiceGrpc.newBlockingStub(producer.get())
          .reportCheckpoint(
              ReportCheckpointRequest.newBuilder()
                  .setConsumer(consumer.name())
                  .setCursor(cursor)
                  .build());
      reported = cursor;
    } catch (StatusRuntimeException e) {
      LOG.debugf("%s could not report its checkpoint: %s", consumer.name(), e.getStatus());
    }
    reportedNanos = System.nanoTime();
  }

  private void closeStream() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
  }

  private static boolean isReset(RuntimeException failure) {
    com.google.rpc.Status status = StatusProto.fromThrowable(failure);
    if (status == null) {
      return false;
    }
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)
            && detail.unpack(ErrorInfo.class).getReason().equals("FEED_RESET")) {
          return true;
        }
      } catch (InvalidProtocolBufferException e) {
        return false;
      }
    }
    return false;
  }
}
