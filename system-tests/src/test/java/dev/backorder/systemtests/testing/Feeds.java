package dev.backorder.systemtests.testing;

import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListEventsResponse;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The services' feeds, read from their beginning as any follower can. */
public final class Feeds {

  private final Map<ServiceKind, FeedServiceGrpc.FeedServiceBlockingStub> feeds =
      new EnumMap<>(ServiceKind.class);

  /** Feeds of this system. */
  public Feeds(BackorderSystem system) {
    for (ServiceKind kind : ServiceKind.values()) {
      Channel channel = system.channel(kind);
      feeds.put(kind, FeedServiceGrpc.newBlockingStub(channel));
    }
  }

  /** Every fact that a service has published. */
  public List<Event> of(ServiceKind kind) {
    List<Event> events = new ArrayList<>();
    String cursor = "";
    boolean more = true;
    while (more) {
      ListEventsResponse page =
          feeds
              .get(kind)
              .withDeadlineAfter(10, TimeUnit.SECONDS)
              .listEvents(
                  ListEventsRequest.newBuilder().setAfterCursor(cursor).setLimit(1000).build());
      events.addAll(page.getEventsList());
      cursor = page.getNextCursor();
      more = page.getHasMore();
    }
    return events;
  }

  /** The facts that somebody's call brought about, directly or through other services. */
  public List<Event> of(ServiceKind kind, String correlationId) {
    return of(kind).stream()
        .filter(event -> event.getCorrelationId().equals(correlationId))
        .toList();
  }
}
