package dev.backorder.platform.clock;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.util.Timestamps;
import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.ClockServiceGrpc;
import dev.backorder.common.v1.FeedServiceGrpc;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.feed.OwnFeedProfile;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import dev.backorder.platform.testing.SimulatedTime;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@TestProfile(OwnFeedProfile.Simulated.class)
class SimulatedClockTest {
  @Inject Clock clock;
  @Inject EventLog log;
  @Inject TestTimers timers;
  @Inject Transactions transactions;
  @Inject Sql sql;

  private SimulatedTime time;

  @BeforeEach
  void settle() {
    time = new SimulatedTime(GrpcTestChannel.channel());
    sql.update("delete from timer");
    time.settle();
  }

  @Test
  void time_stands_still_and_only_moves_forward() {
    Instant start = clock.instant();
    assertThat(start).isAfterOrEqualTo(Instant.parse("2010-12-01T00:00:00Z"));
    assertThat(clock.instant()).isEqualTo(start);

    time.advance(Duration.ofHours(5));
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(5)));
    time.advanceTo(start);
    assertThat(clock.instant()).isEqualTo(start.plus(Duration.ofHours(5)));
    assertThat(
            ClockServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                .getClock(GetClockRequest.getDefaultInstance())
                .getSimulated())
        .isTrue();
  }

  @Test
  void timers_run_when_their_time_has_come_and_the_next_one_is_told() {
    Instant now = clock.instant();
    timers.set("soon", now.plus(Duration.ofMinutes(5)));
    timers.set("later", now.plus(Duration.ofHours(5)));

    AdvanceClockResponse first = time.advance(Duration.ofMinutes(4));
    assertThat(first.getWorkCount()).isZero();
    assertThat(Timestamps.toMillis(first.getNextDueTime()))
        .isEqualTo(now.plus(Duration.ofMinutes(5)).toEpochMilli());

    AdvanceClockResponse second = time.advance(Duration.ofMinutes(1));
    assertThat(second.getWorkCount()).isEqualTo(1);
    AdvanceClockResponse third = time.advance(Duration.ofDays(1));
    assertThat(third.getWorkCount()).isEqualTo(1);
    assertThat(third.hasNextDueTime()).as("upkeep is not told").isFalse();
  }

  @Test
  void work_that_makes_other_work_due_is_finished_in_one_advance() {
    timers.set("chain", clock.instant());
    assertThat(time.settle().getWorkCount()).isEqualTo(5);
    assertThat(time.settle().getWorkCount()).isZero();
  }

  @Test
  void events_are_numbered_and_handled_only_when_time_is_advanced() {
    transactions.runInNew(() -> log.append("simulated", 1, StringValue.of("1")));
    assertThat(effects("simulated")).isZero();
    assertThat(sql.number("select count(*) from event_pending")).isEqualTo(1);

    assertThat(time.settle().getEventCount()).isEqualTo(1);
    assertThat(effects("simulated")).isEqualTo(1);
    assertThat(time.settle().getEventCount()).isZero();
  }

  @Test
  void a_reader_of_the_feed_sees_what_is_committed() {
    transactions.runInNew(() -> log.append("read", 1, StringValue.of("1")));
    assertThat(
            FeedServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
                .listEvents(ListEventsRequest.newBuilder().setLimit(1000).build())
                .getEventsList())
        .anySatisfy(
            e -> {
              assertThat(e.getKey()).isEqualTo("read");
              assertThat(Timestamps.toMillis(e.getOccurredTime()))
                  .isEqualTo(clock.instant().toEpochMilli());
            });
  }

  @Test
  void advances_that_come_at_once_do_everything_once() {
    for (int i = 0; i < 30; i++) {
      timers.set("t" + i, clock.instant());
    }
    long done =
        Stampede.run(4, () -> time.settle().getWorkCount()).stream()
            .mapToLong(Long::longValue)
            .sum();
    assertThat(done).isEqualTo(30);
    assertThat(sql.number("select max(run_count) from timer")).isEqualTo(1);
  }

  private long effects(String key) {
    return sql.number("select count(*) from effect where key = ?", key);
  }
}
