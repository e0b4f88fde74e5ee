package dev.backorder.inventory.availability;

import dev.backorder.inventory.v1.ItemAvailability;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.WatchAvailabilityRequest;
import dev.backorder.inventory.v1.WatchAvailabilityResponse;
import dev.backorder.inventory.v1.WatchedItem;
import dev.backorder.inventory.wire.Wire;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One reader of a stream of availability. It remembers what it was told of each item, and nothing
 * that it has not been told: a slow one costs no more than a fast one.
 */
final class Watcher {
  private final SalesContext context;
  private final Map<String, String> toldEtags = new LinkedHashMap<>();
  private final ServerCallStreamObserver<WatchAvailabilityResponse> observer;
  private boolean behind = true;
  private long lastSentNanos = System.nanoTime();

  Watcher(
      WatchAvailabilityRequest request,
      ServerCallStreamObserver<WatchAvailabilityResponse> observer) {
    // Who stands where in a queue makes no difference to what is shown.
    this.context = request.getSalesContext().toBuilder().clearPriority().build();
    for (WatchedItem item : request.getItemsList()) {
      toldEtags.put(item.getSku(), item.getKnownEtag());
    }
    this.observer = observer;
  }

  SalesContext context() {
    return context;
  }

  Set<String> skus() {
    return toldEtags.keySet();
  }

  boolean isGone() {
    return observer.isCancelled();
  }

  /** Something that it watches may be different now. */
  void mayBeBehind() {
    behind = true;
  }

  /** Sends what differs from what it was told, when its connection takes it. */
  void tell(Map<String, ItemAvailability> states, Instant asOf, Duration heartbeat) {
    if (!observer.isReady()) {
      return;
    }
    WatchAvailabilityResponse.Builder news = WatchAvailabilityResponse.newBuilder();
    if (behind) {
      // What is not decided yet comes with the next step.
      behind = !states.keySet().containsAll(toldEtags.keySet());
      for (Map.Entry<String, String> told : toldEtags.entrySet()) {
        ItemAvailability state = states.get(told.getKey());
        if (state != null && !state.getEtag().equals(told.getValue())) {
          news.addItems(state);
          told.setValue(state.getEtag());
        }
      }
    }
    long now = System.nanoTime();
    if (news.getItemsCount() > 0 || now - lastSentNanos >= heartbeat.toNanos()) {
      lastSentNanos = now;
      observer.onNext(news.setAsOfTime(Wire.timestamp(asOf)).build());
    }
  }

  void end(RuntimeException reason) {
    if (!observer.isCancelled()) {
      observer.onError(reason);
    }
  }
}
