package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.FollowBound;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one clock of a replay. Services do what is due, and follow each other's feeds, only when they
 * are told the time; they are visited in a fixed order, again and again, until none of them has
 * anything left to do. Two services are visited side by side when neither follows the other: then
 * neither can notice what the other does, so the outcome is that of one after the other. For the
 * same reason a service that nobody follows may lag behind the others, by so many visits.
 */
final class SimulatedTime implements AutoCloseable {

  private static final List<ServiceKind> ORDER =
      List.of(
          ServiceKind.INVENTORY, ServiceKind.SUPPLIER, ServiceKind.ORDER, ServiceKind.NOTIFICATION);
  private static final int MAX_VISITS = 4000;
  // Visits that a service which nobody follows may be behind: some days.
  private static final int MOST_BEHIND = 50;

  private final Cluster cluster;
  private final Map<ServiceKind, Instant> nextDue = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceKind, Long> positions = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceKind, Set<String>> followed = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceKind, Deque<CompletableFuture<AdvanceClockResponse>>> catchingUp =
      new EnumMap<>(ServiceKind.class);
  private final ExecutorService visitors =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "clock-visit");
            thread.setDaemon(true);
            return thread;
          });
  private Instant now;

  SimulatedTime(Cluster cluster, Instant start) {
    this.cluster = cluster;
    this.now = start;
  }

  Instant now() {
    return now;
  }

  /**
   * Moves time to {@code to} and returns when everything that is due has been done. A service that
   * was asked is asked again only if one whose feed it follows has published something since, or if
   * one that may call it ran a timer.
   */
  void settle(Instant to) {
    now = to;
    Set<ServiceKind> unsure = EnumSet.allOf(ServiceKind.class);
    Set<ServiceKind> lagging = lagging();
    unsure.removeAll(lagging);
    int visits = 0;
    while (!unsure.isEmpty()) {
      List<ServiceKind> together = next(unsure);
      visits += together.size();
      if (visits > MAX_VISITS) {
        throw CommandFailure.environment(
            "The services do not come to rest at "
                + now
                + " (simulated): "
                + together.get(0).module()
                + " still reports work; look into the logs.");
      }
      visit(together, unsure);
      unsure.removeAll(lagging);
    }
    follow(lagging);
  }

  /**
   * Services whose feeds nobody follows: what they do is noticed by nobody, so they may do it while
   * the others go on.
   */
  private Set<ServiceKind> lagging() {
    Set<ServiceKind> lagging = EnumSet.noneOf(ServiceKind.class);
    if (followed.size() == ORDER.size()) {
      for (ServiceKind kind : ORDER) {
        if (followed.values().stream().noneMatch(names -> names.contains(kind.shortName()))) {
          lagging.add(kind);
        }
      }
    }
    return lagging;
  }

  /**
   * Lets services that lag catch up with the present, in the background. They follow the others'
   * feeds no further than these have come now, so it does not matter how far they get meanwhile.
   */
  private void follow(Set<ServiceKind> lagging) {
    AdvanceClockRequest.Builder request =
        AdvanceClockRequest.newBuilder().setToTime(Dates.timestamp(now));
    positions.forEach(
        (kind, position) ->
            request.addFollowBounds(
                FollowBound.newBuilder().setService(kind.shortName()).setFeedPosition(position)));
    for (ServiceKind kind : lagging) {
      nextDue.remove(kind);
      Deque<CompletableFuture<AdvanceClockResponse>> visits =
          catchingUp.computeIfAbsent(kind, k -> new ArrayDeque<>());
      visits.add(
          Optional.ofNullable(visits.peekLast())
              .orElse(CompletableFuture.completedFuture(AdvanceClockResponse.getDefaultInstance()))
              .thenApplyAsync(previous -> cluster.advanceClock(kind, request.build()), visitors));
      while (visits.size() > MOST_BEHIND) {
        await(visits.remove());
      }
    }
  }

  /** Waits for everything that goes on in the background; nobody has anything left to do then. */
  void finish() {
    catchingUp.values().forEach(visits -> visits.forEach(SimulatedTime::await));
    catchingUp.clear();
    for (ServiceKind kind : lagging()) {
      AdvanceClockRequest request =
          AdvanceClockRequest.newBuilder().setToTime(Dates.timestamp(now)).build();
      if (cluster.advanceClock(kind, request).getEventCount() > 0) {
        throw new IllegalStateException(kind.module() + " was told too early that all was over");
      }
    }
  }

  /**
   * Whom to visit now: the first who is not sure, and whoever has nothing to do with those before
   * it and hears from nobody who is still to be visited.
   */
  private List<ServiceKind> next(Set<ServiceKind> unsure) {
    List<ServiceKind> together = new ArrayList<>();
    for (ServiceKind kind : ORDER) {
      if (unsure.contains(kind)
          && (together.isEmpty()
              || (unsure.stream().noneMatch(other -> follows(kind, other))
                  && together.stream().noneMatch(other -> follows(other, kind))))) {
        together.add(kind);
      }
    }
    return together;
  }

  /** Of a service that never answered nobody knows whom it follows. */
  private boolean follows(ServiceKind kind, ServiceKind other) {
    Set<String> known = followed.get(kind);
    return known == null || known.contains(other.shortName());
  }

  private void visit(List<ServiceKind> together, Set<ServiceKind> unsure) {
    AdvanceClockRequest request =
        AdvanceClockRequest.newBuilder().setToTime(Dates.timestamp(now)).build();
    List<CompletableFuture<AdvanceClockResponse>> others =
        together.stream()
            .skip(1)
            .map(
                kind ->
                    CompletableFuture.supplyAsync(
                        () -> cluster.advanceClock(kind, request), visitors))
            .toList();
    List<AdvanceClockResponse> responses = new ArrayList<>();
    responses.add(cluster.advanceClock(together.get(0), request));
    others.forEach(other -> responses.add(await(other)));
    unsure.removeAll(together);
    for (int i = 0; i < together.size(); i++) {
      heard(together.get(i), responses.get(i), unsure);
    }
  }

  private static AdvanceClockResponse await(CompletableFuture<AdvanceClockResponse> visit) {
    try {
      return visit.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private void heard(ServiceKind kind, AdvanceClockResponse response, Set<ServiceKind> unsure) {
    if (response.hasNextDueTime()) {
      nextDue.put(kind, Dates.instant(response.getNextDueTime()));
    } else {
      nextDue.remove(kind);
    }
    followed.put(kind, Set.copyOf(response.getFollowedServicesList()));
    long before = Optional.ofNullable(positions.put(kind, response.getFeedPosition())).orElse(0L);
    for (ServiceKind other : ORDER) {
      boolean hears = followed.getOrDefault(other, Set.of()).contains(kind.shortName());
      boolean mayBeCalled = followed.get(kind).contains(other.shortName());
      if ((hears && response.getFeedPosition() != before)
          || (mayBeCalled && response.getWorkCount() > 0)) {
        unsure.add(other);
      }
    }
  }

  /**
   * The earliest time at which a service has something to do, as of the last {@link #settle}. One
   * that lags is not asked: it does what is due at the times at which the others stop anyway.
   */
  Optional<Instant> nextDue() {
    return nextDue.values().stream().min(Instant::compareTo);
  }

  @Override
  public void close() {
    visitors.shutdownNow();
  }
}
