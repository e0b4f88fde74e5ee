package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.platform.errors.FieldProblem;
import org.junit.jupiter.api.Test;

class BadTimesTest {
  private static final Timestamp GOOD = Timestamp.newBuilder().setSeconds(1).setNanos(5).build();
  private static final Timestamp TOO_LATE =
      Timestamp.newBuilder().setSeconds(Long.MAX_VALUE).build();
  private static final Timestamp NEGATIVE_NANOS = Timestamp.newBuilder().setNanos(-1).build();

  @Test
  void a_message_with_good_times_stays_as_it_is() {
    AdvanceClockRequest request = AdvanceClockRequest.newBuilder().setToTime(GOOD).build();

    BadTimes.Found found = BadTimes.in(request);

    assertThat(found.problems()).isEmpty();
    assertThat(found.rest()).isSameAs(request);
  }

  @Test
  void every_bad_time_is_named_at_every_depth_and_the_rest_is_kept() {
    Event good = Event.newBuilder().setEventId("a").setOccurredTime(GOOD).build();
    Event bad =
        Event.newBuilder()
            .setEventId("b")
            .setOccurredTime(TOO_LATE)
            .setRecordedTime(NEGATIVE_NANOS)
            .build();
    ListEventsResponse message =
        ListEventsResponse.newBuilder().addEvents(good).addEvents(bad).setNextCursor("c").build();

    BadTimes.Found found = BadTimes.in(message);

    assertThat(found.problems())
        .extracting(FieldProblem::field)
        .containsExactly("events[1].occurred_time", "events[1].recorded_time");
    ListEventsResponse rest = (ListEventsResponse) found.rest();
    assertThat(rest.getEvents(0)).isEqualTo(good);
    assertThat(rest.getEvents(1).getEventId()).isEqualTo("b");
    assertThat(rest.getNextCursor()).isEqualTo("c");
  }
}
