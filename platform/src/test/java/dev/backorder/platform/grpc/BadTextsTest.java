package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.common.v1.ListEventsResponse;
import dev.backorder.platform.errors.FieldProblem;
import org.junit.jupiter.api.Test;

class BadTextsTest {

  @Test
  void every_text_that_the_database_cannot_keep_is_named_at_every_depth() {
    Event good = Event.newBuilder().setEventId("a").setKey("").build();
    Event bad = Event.newBuilder().setEventId("b\0").setKey("\0").build();
    ListEventsResponse message =
        ListEventsResponse.newBuilder().addEvents(good).addEvents(bad).setNextCursor("c").build();

    assertThat(BadTexts.in(message))
        .extracting(FieldProblem::field)
        .containsExactly("events[1].event_id", "events[1].key");
  }
}
