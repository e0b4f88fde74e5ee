package dev.backorder.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.StringValue;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.background.Loop;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.FakeFeed;
import dev.backorder.platform.testing.FakePeer;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class FeedConsumptionTest {
  @Inject EffectConsumer consumer;
  @Inject Consumption consumption;
  @Inject ParkedEvents parked;
  @Inject ParkedEventRetries retries;
  @Inject NoEventIsStuck check;
  @Inject Transactions transactions;
  @Inject FeedConfig config;
  @Inject Sql sql;
  @Inject Clock clock;

  private final FakeFeed feed = new FakeFeed();
  private FakePeer peer;

  @BeforeEach
  void start() {
    peer = FakePeer.start(feed);
    consumer.forgetEverything();
  }

  @AfterEach
  void stop() {
    peer.close();
    consumer.forgetEverything();
  }

  @Test
  void effects_follow_the_feed_and_the_producer_hears_how_far() {
    publish("a", 3);
    publish("b", 2);

    assertThat(follower().drain()).isEqualTo(5);

    assertThat(consumer.effects()).containsExactly("a/1", "a/2", "a/3", "b/1", "b/2");
    assertThat(consumer.lastCorrelationId).isNotEmpty();
    assertThat(feed.checkpointOf(EffectConsumer.NAME)).isEqualTo(feed.head());
    assertThat(follower().drain()).isZero();
  }

  @Test
  void a_bounded_reader_stops_at_its_position_and_goes_on_from_there() {
    publish("a", 3);
    publish("b", 2);

    assertThat(follower().drain(0)).isZero();
    assertThat(follower().drain(4)).isEqualTo(4);
    assertThat(consumer.effects()).containsExactly("a/1", "a/2", "a/3", "b/1");
    assertThat(follower().drain(4)).as("another replica, the same bound").isZero();
    publish("b", 1);

    assertThat(follower().drain()).isEqualTo(2);
    assertThat(consumer.effects()).containsExactly("a/1", "a/2", "a/3", "b/1", "b/2", "b/3");
  }

  @Test
  void a_connection_that_dies_between_effect_and_commit_leaves_exactly_one_effect() {
    publish("a", 5);
    AtomicInteger kills = new AtomicInteger(3);
    consumer.beforeCommit =
        () -> {
          if (kills.getAndDecrement() > 0) {
            sql.update("select pg_terminate_backend(pg_backend_pid())");
          }
        };
    try (Loop loop = realTime()) {
      await().until(() -> consumer.effects().size() == 5);
      assertThat(loop.isStopping()).isFalse();
    }
    assertThat(consumer.effects()).containsExactly("a/1", "a/2", "a/3", "a/4", "a/5");
    assertThat(parkedKeys()).as("a passing failure sets nothing aside").isZero();
  }

  @Test
  void a_consumer_that_stops_halfway_is_taken_over_where_it_stopped() {
    publish("a", 40);
    AtomicInteger handled = new AtomicInteger();
    FeedFollower dying = follower();
    consumer.beforeCommit =
        () -> {
          if (handled.incrementAndGet() == 7) {
            throw new OutOfMemoryError("the process dies here");
          }
        };
    assertThatThrownBy(dying::drain).hasRootCauseInstanceOf(OutOfMemoryError.class);
    assertThat(consumer.effects()).isEmpty();

    consumer.beforeCommit = () -> {};
    publish("a", 10);
    // The dead one has not released its lease: the other waits until it expires.
    try (Loop loop = realTime()) {
      await().until(() -> consumer.effects().size() == 50);
      assertThat(loop.isStopping()).isFalse();
    }
  }

  @Test
  void many_replicas_that_read_the_same_events_apply_each_once() {
    publish("a", 150);
    publish("b", 150);
    List<FeedFollower> replicas = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      replicas.add(follower());
    }
    List<Long> handled = Stampede.run(4, i -> replicas.get(i)::drain);

    assertThat(handled.stream().mapToLong(Long::longValue).sum()).isEqualTo(300);
    assertThat(consumer.effects()).hasSize(300);
  }

  @Test
  void two_replicas_in_real_time_share_one_consumer_and_one_takes_over() {
    List<FeedFollower> replicas = List.of(follower(), follower());
    Loop first = Loop.start("first", () -> replicas.get(0).step());
    Loop second = Loop.start("second", () -> replicas.get(1).step());
    publish("a", 20);
    await().until(() -> consumer.effects().size() == 20);
    first.close();
    publish("a", 20);
    await().until(() -> consumer.effects().size() == 40);
    second.close();
    assertThat(consumer.effects()).hasSize(40);
  }

  @Test
  void a_poison_event_holds_up_its_own_key_only_and_is_made_up_for_in_order() {
    consumer.poison.add("bad/2");
    publish("bad", 2);
    publish("good", 2);
    publish("bad", 1);

    assertThat(follower().drain()).isEqualTo(5);
    assertThat(consumer.effects()).containsExactly("bad/1", "good/1", "good/2");
    publish("bad", 1);
    publish("good", 1);
    assertThat(follower().drain()).isEqualTo(2);

    assertThat(consumer.effects()).containsExactly("bad/1", "good/1", "good/2", "good/3");
    assertThat(check.run(10)).hasSize(3);
    var listed = parked.page(2, "");
    assertThat(listed.getParkedEventsList())
        .extracting(e -> e.getKey())
        .containsExactly("bad", "bad");
    assertThat(listed.getParkedEvents(0).getLastError())
        .isEqualTo(IllegalStateException.class.getName());
    assertThat(parked.page(2, listed.getNextPageToken()).getParkedEventsCount()).isEqualTo(1);

    assertThat(parked.makeDue(EffectConsumer.NAME, "bad")).isEqualTo(3);
    assertThat(retries.run(clock.instant())).as("still poison").isZero();
    assertThat(parked.page(1, "").getParkedEvents(0).getAttemptCount()).isEqualTo(2);

    consumer.poison.clear();
    parked.makeDue(EffectConsumer.NAME, "bad");
    assertThat(retries.run(clock.instant())).isEqualTo(3);
    assertThat(consumer.effects())
        .containsExactly("bad/1", "good/1", "good/2", "good/3", "bad/2", "bad/3", "bad/4");
    assertThat(check.run(10)).isEmpty();

    publish("bad", 1);
    assertThat(follower().drain()).isEqualTo(1);
    assertThat(consumer.effects()).endsWith("bad/5");
  }

  @Test
  void retries_on_two_replicas_while_events_arrive_keep_the_order_of_the_key() {
    consumer.poison.add("bad/1");
    publish("bad", 30);
    follower().drain();
    consumer.poison.clear();
    parked.makeDue(EffectConsumer.NAME, "bad");
    publish("bad", 30);

    Stampede.run(
        3,
        i ->
            () -> {
              if (i == 0) {
                return follower().drain();
              }
              parked.makeDue(EffectConsumer.NAME, "bad");
              return (long) retries.run(clock.instant());
            });
    parked.makeDue(EffectConsumer.NAME, "bad");
    retries.run(clock.instant());

    List<String> expected = new ArrayList<>();
    for (int version = 1; version <= 60; version++) {
      expected.add("bad/" + version);
    }
    assertThat(consumer.effects()).isEqualTo(expected);
    assertThat(parkedKeys()).isZero();
  }

  @Test
  void what_does_not_concern_a_consumer_is_passed_over_and_counted() {
    consumer.concerns = event -> event.key().equals("a");
    publish("b", 3);
    assertThat(follower().drain()).isEqualTo(3);
    assertThat(consumer.effects()).isEmpty();
    assertThat(feed.checkpointOf(EffectConsumer.NAME)).isEqualTo(feed.head());
    assertThat(follower().drain()).as("another replica goes on behind them").isZero();

    publish("a", 1);
    publish("b", 1);
    publish("a", 1);
    publish("b", 1);
    assertThat(follower().drain()).isEqualTo(4);
    assertThat(consumer.effects()).containsExactly("a/1", "a/2");
    assertThat(sql.number("select handled_count from consumer_checkpoint")).isEqualTo(7);
    assertThat(follower().drain()).isZero();
  }

  @Test
  void behind_a_poison_event_what_does_not_concern_the_consumer_is_passed_over_too() {
    consumer.concerns = event -> !event.key().equals("b");
    consumer.poison.add("bad/1");
    publish("b", 1);
    publish("bad", 1);
    publish("b", 1);
    publish("a", 1);
    publish("b", 1);
    assertThat(follower().drain()).isEqualTo(5);
    assertThat(consumer.effects()).containsExactly("a/1");
    assertThat(parkedKeys()).isEqualTo(1);
    assertThat(sql.number("select handled_count from consumer_checkpoint")).isEqualTo(5);
    assertThat(follower().drain()).isZero();
  }

  @Test
  void an_event_of_which_nobody_can_tell_whether_it_concerns_the_consumer_is_handed_over() {
    consumer.concerns =
        event -> {
          throw new IllegalStateException("cannot read " + event.key());
        };
    publish("a", 1);
    assertThat(follower().drain()).isEqualTo(1);
    assertThat(consumer.effects()).containsExactly("a/1");
  }

  @Test
  void in_real_time_the_place_behind_what_does_not_concern_is_stored_now_and_then() {
    consumer.concerns = event -> false;
    publish("b", 20);
    try (Loop loop = realTime()) {
      await().until(() -> feed.head().equals(feed.checkpointOf(EffectConsumer.NAME)));
      assertThat(loop.isStopping()).isFalse();
    }
    assertThat(consumer.effects()).isEmpty();
    assertThat(sql.number("select handled_count from consumer_checkpoint")).isEqualTo(20);
  }

  @Test
  void a_reset_feed_is_read_again_from_its_beginning() {
    publish("a", 2);
    follower().drain();
    sql.update("delete from effect");
    feed.reset();

    assertThat(follower().drain()).isEqualTo(2);
    assertThat(consumer.effects()).containsExactly("a/1", "a/2");

    sql.update("delete from effect");
    try (Loop loop = realTime()) {
      await()
          .until(
              () ->
                  loop.isStopping() || feed.checkpointOf(EffectConsumer.NAME).equals(feed.head()));
      feed.reset();
      await().until(() -> consumer.effects().size() == 2);
    }
  }

  private Loop realTime() {
    FeedFollower follower = follower();
    return Loop.start("consumer-under-test", follower::step);
  }

  private FeedFollower follower() {
    return new FeedFollower(
        consumer, () -> GrpcTestChannel.channel(peer.port()), consumption, config);
  }

  private Event publish(String key, int events) {
    Event last = Event.getDefaultInstance();
    for (int i = 0; i < events; i++) {
      last = feed.publish(key, StringValue.of(key));
    }
    return last;
  }

  private long parkedKeys() {
    return sql.number("select count(*) from parked_key");
  }
}
