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
   * Whether this consumer does anything about an event. Those that do not concern it cost no
   * transaction: the place in the feed moves past them now and then.
   *
   * @return false only when {@link #handle} would ignore it, whatever is in the database
   */
  default boolean concerns(FeedEvent event) {
    return true;
  }

  /**
   * Applies events that one read of the feed brought and that concern it, in their order, inside
   * one transaction. Each carries the whole new state of its key, so effects may be summed up: only
   * the newest state of a key, or one write for all. What is done for an event runs in {@link
   * FeedEvent#asCause}, so that its causal chain goes on. Must ignore a key version that it already
   * has, because a feed may start again. No remote calls: write down what to do.
   *
   * <p>An exception undoes everything; the events are then handed over one at a time, and the one
   * that fails is set aside with all later ones of its key, to be tried again; other keys go on.
   */
  void handle(List<FeedEvent> events);
}
