package dev.backorder.platform.feed;

import java.util.List;

/**
 * Follows the feed of another service. Implement it as a bean; the platform does the rest. Effects
 * happen exactly once: they commit together with the place in the feed.
 */
public interface FeedConsumer {
  /**
   * Name of the consumer, stable for ever and unique among all services, for example {@code
   * order-service}.
   */
  String name();

  /** Name of the producing service as in {@code backorder.peers.<name>}. */
  String producer();

  /**
   * Applies one event. Runs inside a transaction that may hold other events of the batch. Must
   * ignore a key version that it already has, because a feed may start again. No remote calls:
   * write down what to do. An exception sets the event and all later ones of its key aside, to be
   * tried again; other keys go on.
   */
  void handle(FeedEvent event);

  /**
   * Applies events that were read together, in their order; by default each by itself. A consumer
   * whose effects can be summed up (only the newest state of a key counts, say) overrides this and
   * calls {@link FeedEvent#asCause} for what it does. One failure undoes all of them; they are then
   * handed over one at a time, so that the one that fails is found.
   */
  default void handleAll(List<FeedEvent> events) {
    events.forEach(event -> event.asCause(name(), () -> handle(event)));
  }
}
