package dev.backorder.platform.feed;

import dev.backorder.platform.background.Background;
import dev.backorder.platform.background.Loop;
import dev.backorder.platform.grpc.Peers;
import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Runs the consumers of this service: each on its own thread in real time, else when asked. */
@ApplicationScoped
public class FeedConsumers implements StartupCheck {
  private final List<FeedConsumer> consumers;
  private final Peers peers;
  private final Consumption consumption;
  private final FeedConfig config;
  private final Background background;
  private final Map<String, Loop> loops = new HashMap<>();
  private final Map<String, FeedFollower> followers = new ConcurrentHashMap<>();

  FeedConsumers(
      @All List<FeedConsumer> consumers,
      Peers peers,
      Consumption consumption,
      FeedConfig config,
      Background background) {
    this.consumers =
        consumers.stream()
            .sorted(Comparator.comparing(FeedConsumer::producer).thenComparing(FeedConsumer::name))
            .toList();
    this.peers = peers;
    this.consumption = consumption;
    this.config = config;
    this.background = background;
  }

  @Override
  public List<ConfigProblem> problems() {
    if (LaunchMode.current() != LaunchMode.NORMAL) {
      return List.of();
    }
    return consumers.stream()
        .filter(consumer -> !peers.isConfigured(consumer.producer()))
        .map(
            consumer ->
                new ConfigProblem(
                    "backorder.peers." + consumer.producer(),
                    "must be set, " + consumer.name() + " follows its feed"))
        .toList();
  }

  void start(@Observes @Priority(3_000) StartupEvent event) {
    if (background.isOn()) {
      consumers.forEach(this::startOne);
    }
  }

  void stop(@Observes @Priority(50) ShutdownEvent event) {
    loops.values().forEach(Loop::close);
    followers.values().forEach(FeedFollower::close);
  }

  /** Names of the services whose feeds are followed. */
  public List<String> producers() {
    return consumers.stream().map(FeedConsumer::producer).distinct().sorted().toList();
  }

  /**
   * Lets every consumer read to the end of its feed, in a fixed order.
   *
   * @param bounds positions after which nothing is read, by producing service; others have none
   * @return how many events were handled
   */
  public long drainAll(Map<String, Long> bounds) {
    long handled = 0;
    for (FeedConsumer consumer : consumers) {
      long last = bounds.getOrDefault(consumer.producer(), Long.MAX_VALUE);
      handled += follower(consumer).drain(last);
    }
    return handled;
  }

  private void startOne(FeedConsumer consumer) {
    FeedFollower follower = follower(consumer);
    loops.put(consumer.name(), Loop.start("feed-" + consumer.name(), () -> step(follower)));
  }

  private static Duration step(FeedFollower follower) throws InterruptedException {
    return follower.step();
  }

  private FeedFollower follower(FeedConsumer consumer) {
    return followers.computeIfAbsent(
        consumer.name(),
        name ->
            new FeedFollower(
                consumer, () -> peers.channel(consumer.producer()), consumption, config));
  }
}
