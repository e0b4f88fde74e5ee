package dev.backorder.inventory.availability;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.v1.ItemAvailability;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.WatchAvailabilityRequest;
import dev.backorder.inventory.v1.WatchAvailabilityResponse;
import dev.backorder.platform.background.Loop;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.ErrorStatuses;
import io.grpc.stub.ServerCallStreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells everyone who watches items how they stand (AV8), from one thread of the process. Readers
 * with the same sales context share each decision. The books are asked which items changed, so it
 * does not matter which replica changed them, and nothing is missed or kept for anybody.
 */
@ApplicationScoped
class AvailabilityWatch {
  private final Quotes quotes;
  private final WatchMarks marks;
  private final ErrorStatuses statuses;
  private final AvailabilityConfig config;
  private final Clock clock;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  /** How watched items stand, by context. Only the loop's thread touches these three. */
  private final Map<SalesContext, Map<String, ItemAvailability>> states = new HashMap<>();

  private final Map<String, Long> lastMarks = new HashMap<>();
  private long lastRenewalNanos = System.nanoTime();

  private Loop loop;
  private boolean stopped;

  AvailabilityWatch(
      Quotes quotes,
      WatchMarks marks,
      ErrorStatuses statuses,
      AvailabilityConfig config,
      Clock clock) {
    this.quotes = quotes;
    this.marks = marks;
    this.statuses = statuses;
    this.config = config;
    this.clock = clock;
  }

  /** Watches until the caller cancels. Returns at once. */
  synchronized void watch(
      WatchAvailabilityRequest request,
      ServerCallStreamObserver<WatchAvailabilityResponse> observer) {
    refuseRepeated(request);
    if (stopped) {
      throw statuses.unavailable();
    }
    if (watchers.size() >= config.mostWatchers()) {
      throw DomainException.exhausted(
          ErrorReason.ERROR_REASON_OVERLOADED,
          "This replica has as many readers of availability as it takes.",
          Duration.ofSeconds(1));
    }
    if (loop == null) {
      loop = Loop.start("availability-watch", this::step);
    }
    watchers.add(new Watcher(request, observer));
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
    watchers.forEach(watcher -> watcher.end(statuses.unavailable()));
  }

  private Duration step() {
    watchers.removeIf(Watcher::isGone);
    Map<SalesContext, Set<String>> watched = new HashMap<>();
    for (Watcher watcher : watchers) {
      watched.computeIfAbsent(watcher.context(), c -> new HashSet<>()).addAll(watcher.skus());
    }
    forgetOthers(watched);
    if (watched.isEmpty()) {
      return config.watchInterval();
    }
    Set<SalesContext> moved = decide(watched, changed(watched));
    for (Watcher watcher : watchers) {
      if (moved.contains(watcher.context())) {
        watcher.mayBeBehind();
      }
      Map<String, ItemAvailability> known = states.get(watcher.context());
      // A reader that came during this step is told in the next one.
      if (known != null) {
        watcher.tell(known, clock.instant(), config.watchHeartbeat());
      }
    }
    return config.watchInterval();
  }

  private void forgetOthers(Map<SalesContext, Set<String>> watched) {
    states.keySet().retainAll(watched.keySet());
    Set<String> all = new HashSet<>();
    watched.forEach(
        (context, skus) -> {
          all.addAll(skus);
          if (states.containsKey(context)) {
            states.get(context).keySet().retainAll(skus);
          }
        });
    lastMarks.keySet().retainAll(all);
  }

  /** Items whose books changed since the last step; from time to time all of them. */
  private Set<String> changed(Map<SalesContext, Set<String>> watched) {
    Set<String> all = new HashSet<>();
    watched.values().forEach(all::addAll);
    // Before the decisions: what changes after this read is found by the next step.
    Map<String, Long> now = marks.read(all);
    Set<String> changed = new HashSet<>();
    for (String sku : all) {
      if (!Objects.equals(now.get(sku), lastMarks.put(sku, now.get(sku)))) {
        changed.add(sku);
      }
    }
    if (System.nanoTime() - lastRenewalNanos >= config.watchRenewal().toNanos()) {
      lastRenewalNanos = System.nanoTime();
      return all;
    }
    return changed;
  }

  /** Decides anew what changed and what nobody watched before; tells in which contexts. */
  private Set<SalesContext> decide(Map<SalesContext, Set<String>> watched, Set<String> changed) {
    Set<SalesContext> moved = new HashSet<>();
    watched.forEach(
        (context, skus) -> {
          Map<String, ItemAvailability> known =
              states.computeIfAbsent(context, c -> new HashMap<>());
          Set<String> due = new HashSet<>(skus);
          due.removeIf(sku -> known.containsKey(sku) && !changed.contains(sku));
          if (!due.isEmpty()) {
            known.putAll(quotes.look(context, due));
            moved.add(context);
          }
        });
    return moved;
  }

  private static void refuseRepeated(WatchAvailabilityRequest request) {
    FieldProblems problems = new FieldProblems();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < request.getItemsCount(); i++) {
      problems.check(
          seen.add(request.getItems(i).getSku()),
          "items[%d].sku".formatted(i),
          "must not be named twice");
    }
    problems.throwIfAny();
  }
}
