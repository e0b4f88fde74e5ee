package dev.backorder.platform.feed;

import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.StreamEventsResponse;
import dev.backorder.platform.background.Background;
import dev.backorder.platform.background.Loop;
import dev.backorder.platform.grpc.ErrorStatuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends the feed to everyone who follows it, from one thread of the process. Readers at the same
 * place share one read, also when one comes there a little later; a slow reader is not sent to
 * until its connection takes more, so it costs no memory. An idle stream holds no thread.
 */
@ApplicationScoped
class FeedTail {
  /** The sequencer of this process wakes us; this is for what another replica numbered. */
  private static final Duration POLL = Duration.ofMillis(50);

  /** Pages that are kept for readers a little behind; a page has about a megabyte at most. */
  private static final int PAGES_KEPT = 4;

  private final FeedReader reader;
  private final Sequencer sequencer;
  private final ErrorStatuses statuses;
  private final FeedConfig config;
  private final Background background;
  private final Set<Follower> followers = ConcurrentHashMap.newKeySet();

  /** The pages that were read last, by the place before them. Of the loop's thread only. */
  private final Map<Cursor, List<Event>> pages = new LinkedHashMap<>();

  private Loop loop;
  private boolean stopped;

  FeedTail(
      FeedReader reader,
      Sequencer sequencer,
      ErrorStatuses statuses,
      FeedConfig config,
      Background background) {
    this.reader = reader;
    this.sequencer = sequencer;
    this.statuses = statuses;
    this.config = config;
    this.background = background;
  }

  private static final class Follower {
    private final ServerCallStreamObserver<StreamEventsResponse> observer;
    private Cursor place;
    private long lastSentNanos = System.nanoTime();

    Follower(ServerCallStreamObserver<StreamEventsResponse> observer, Cursor place) {
      this.observer = observer;
      this.place = place;
    }
  }

  /** Follows from a place until the caller cancels. Returns at once. */
  synchronized void follow(Cursor place, ServerCallStreamObserver<StreamEventsResponse> observer) {
    if (stopped) {
      throw statuses.unavailable();
    }
    if (loop == null) {
      loop = Loop.start("feed-tail", this::step);
      sequencer.onNumbered(loop::wake);
    }
    followers.add(new Follower(observer, place));
    loop.wake();
  }

  /** More may be sent somewhere, or someone has gone. */
  void wake() {
    Loop running = loop;
    if (running != null) {
      running.wake();
    }
  }

  /** Streams end before calls in flight are waited for; their readers go on at another replica. */
  void stop(@Observes @Priority(20) ShutdownEvent event) {
    Loop running;
    synchronized (this) {
      stopped = true;
      running = loop;
    }
    if (running != null) {
      running.close();
    }
    for (Follower follower : followers) {
      if (!follower.observer.isCancelled()) {
        follower.observer.onError(statuses.unavailable());
      }
    }
  }

  private Duration step() {
    if (background.isSimulated()) {
      sequencer.numberAll();
    }
    boolean sent = false;
    Map<Cursor, List<Event>> reads = new HashMap<>();
    followers.removeIf(follower -> follower.observer.isCancelled());
    for (Follower follower : followers) {
      if (follower.observer.isReady()) {
        sent |= send(follower, reads.computeIfAbsent(follower.place, this::read));
      }
    }
    return sent ? Duration.ZERO : POLL;
  }

  private List<Event> read(Cursor place) {
    List<Event> known = pages.get(place);
    if (known != null) {
      return known;
    }
    List<Event> page = reader.after(place, config.batch());
    if (!page.isEmpty()) {
      pages.put(place, page);
      if (pages.size() > PAGES_KEPT) {
        pages.remove(pages.keySet().iterator().next());
      }
    }
    return page;
  }

  private boolean send(Follower follower, List<Event> events) {
    long now = System.nanoTime();
    if (events.isEmpty() && now - follower.lastSentNanos < config.heartbeat().toNanos()) {
      return false;
    }
    if (!events.isEmpty()) {
      follower.place = Cursor.decode("cursor", events.get(events.size() - 1).getCursor());
    }
    follower.lastSentNanos = now;
    follower.observer.onNext(
        StreamEventsResponse.newBuilder()
            .addAllEvents(events)
            .setNextCursor(follower.place.encode())
            .build());
    return !events.isEmpty();
  }
}
