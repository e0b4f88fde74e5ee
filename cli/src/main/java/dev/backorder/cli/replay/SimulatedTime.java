package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.AdvanceClockResponse;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one clock of a replay. Services do what is due, and follow each other's feeds, only when they
 * are told the time; they are visited in a fixed order, again and again, until none of them has
 * anything left to do.
 */
final class SimulatedTime {

  private static final List<ServiceKind> ORDER =
      List.of(
          ServiceKind.INVENTORY, ServiceKind.SUPPLIER, ServiceKind.ORDER, ServiceKind.NOTIFICATION);
  private static final int MAX_VISITS = 4000;

  private final Cluster cluster;
  private final Map<ServiceKind, Instant> nextDue = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceKind, Long> positions = new EnumMap<>(ServiceKind.class);
  private final Map<ServiceKind, Set<String>> followed = new EnumMap<>(ServiceKind.class);
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
    int visits = 0;
    while (!unsure.isEmpty()) {
      for (ServiceKind kind : ORDER) {
        if (unsure.contains(kind)) {
          if (++visits > MAX_VISITS) {
            throw CommandFailure.environment(
                "The services do not come to rest at "
                    + now
                    + " (simulated): "
                    + kind.module()
                    + " still reports work; look into the logs.");
          }
          visit(kind, unsure);
        }
      }
    }
  }

  private void visit(ServiceKind kind, Set<ServiceKind> unsure) {
    AdvanceClockResponse response =
        cluster.advanceClock(
            kind, AdvanceClockRequest.newBuilder().setToTime(Dates.timestamp(now)).build());
    if (response.hasNextDueTime()) {
      nextDue.put(kind, Dates.instant(response.getNextDueTime()));
    } else {
      nextDue.remove(kind);
    }
    unsure.remove(kind);
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

  /** The earliest time at which a service has something to do, as of the last {@link #settle}. */
  Optional<Instant> nextDue() {
    return nextDue.values().stream().min(Instant::compareTo);
  }
}
