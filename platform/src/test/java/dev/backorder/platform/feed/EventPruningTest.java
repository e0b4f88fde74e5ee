package dev.backorder.platform.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.work.Housekeeping;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class EventPruningTest {
  private static final Duration PAST_RETENTION = Duration.ofDays(31);
  private static final Duration PAST_ALL_PATIENCE = Duration.ofDays(91);

  @Inject EventPruning pruning;
  @Inject EventLog log;
  @Inject Sequencer sequencer;
  @Inject FeedReader reader;
  @Inject Checkpoints checkpoints;
  @Inject Housekeeping housekeeping;
  @Inject Transactions transactions;
  @Inject Sql sql;
  @Inject Clock clock;

  @BeforeEach
  @AfterEach
  void empty() {
    sql.update("delete from feed_checkpoint");
    sql.update("delete from event_pending");
    sql.update("delete from event_position");
    sql.update("delete from event");
  }

  @Test
  void keeps_the_newest_event_of_each_key_so_that_a_newcomer_gets_a_whole_snapshot() {
    append("a", 1);
    append("b", 1);
    append("a", 2);
    append("a", 3);

    assertThat(pruning.run(clock.instant())).as("all are young").isZero();
    assertThat(pruning.run(in(PAST_RETENTION))).isEqualTo(2);

    assertThat(all())
        .extracting(e -> e.getKey() + "/" + e.getKeyVersion())
        .containsExactly("b/1", "a/3");
    assertThat(sql.number("select count(*) from event")).isEqualTo(2);
  }

  @Test
  void waits_for_the_slowest_consumer_but_not_for_ever() {
    append("a", 1);
    append("a", 2);
    append("a", 3);
    List<Event> events = all();
    checkpoints.report("fast", Cursor.decode("cursor", events.get(2).getCursor()), false);
    checkpoints.report("slow", Cursor.decode("cursor", events.get(0).getCursor()), false);

    assertThat(pruning.run(in(PAST_RETENTION))).isEqualTo(1);
    assertThat(all()).extracting(Event::getKeyVersion).containsExactly(2L, 3L);
    assertThat(pruning.run(in(PAST_ALL_PATIENCE))).isEqualTo(1);
    assertThat(all()).extracting(Event::getKeyVersion).containsExactly(3L);
  }

  @Test
  void is_due_once_a_day_and_is_not_told_as_due_work() {
    Instant now = clock.instant();
    pruning.run(now);
    assertThat(housekeeping.nextDue(pruning.name())).hasValue(now.plus(Duration.ofDays(1)));
    assertThat(pruning.isHousekeeping()).isTrue();
  }

  @Test
  void checkpoints_move_forward_unless_told_to_rewind() {
    append("a", 1);
    append("a", 2);
    List<Event> events = all();
    Cursor first = Cursor.decode("cursor", events.get(0).getCursor());
    Cursor second = Cursor.decode("cursor", events.get(1).getCursor());

    assertThat(checkpoints.report("c", second, false).getLagCount()).isZero();
    assertThat(checkpoints.report("c", first, false).getCursor()).isEqualTo(second.encode());
    assertThat(checkpoints.report("c", first, true).getCursor()).isEqualTo(first.encode());
    assertThat(checkpoints.page("", 10))
        .singleElement()
        .extracting(c -> c.getLagCount())
        .isEqualTo(1L);
  }

  @Test
  void cursors_of_another_life_or_of_a_lost_future_are_refused() {
    Cursor head = reader.head();
    for (Cursor stranger :
        List.of(new Cursor("another", 0), new Cursor(head.epoch(), head.position() + 1))) {
      assertThatThrownBy(() -> reader.place("after_cursor", stranger.encode()))
          .isInstanceOfSatisfying(
              DomainException.class, e -> assertThat(e.reason()).isEqualTo("FEED_RESET"));
    }
    for (String nonsense : List.of("%%%", "abc", "OjE", "eDotMQ")) {
      assertThatThrownBy(() -> reader.place("after_cursor", nonsense))
          .isInstanceOfSatisfying(
              DomainException.class,
              e -> assertThat(e.kind()).isEqualTo(DomainException.Kind.INVALID));
    }
  }

  private List<Event> all() {
    return reader.after(new Cursor(reader.head().epoch(), 0), 100);
  }

  private Instant in(Duration duration) {
    return clock.instant().plus(duration);
  }

  private void append(String key, long version) {
    transactions.runInNew(() -> log.append(key, version, StringValue.of(key)));
    sequencer.numberAll();
  }
}
