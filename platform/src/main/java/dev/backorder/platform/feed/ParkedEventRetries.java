package dev.backorder.platform.feed;

import dev.backorder.platform.work.DueWork;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tries events that were set aside again, key by key, each key in its order. */
@ApplicationScoped
class ParkedEventRetries implements DueWork {
  private static final int KEYS = 50;

  private final List<FeedConsumer> consumers;
  private final ParkedEvents parked;
  private final Consumption consumption;

  ParkedEventRetries(
      @All List<FeedConsumer> consumers, ParkedEvents parked, Consumption consumption) {
    this.consumers = consumers;
    this.parked = parked;
    this.consumption = consumption;
  }

  @Override
  public String name() {
    return "parked-event-retries";
  }

  @Override
  public Optional<Instant> nextDue() {
    return parked.nextDue();
  }

  @Override
  public int run(Instant now) {
    int handled = 0;
    for (ParkedEvents.Key key : parked.due(now, KEYS)) {
      handled += retry(key);
    }
    return handled;
  }

  private int retry(ParkedEvents.Key key) {
    Optional<FeedConsumer> consumer =
        consumers.stream().filter(c -> c.name().equals(key.consumer())).findFirst();
    int handled = 0;
    while (consumer.isPresent() && consumption.retryFirst(consumer.get(), key)) {
      handled++;
    }
    return handled;
  }
}
