package dev.backorder.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AgendaTest {

  private static final Instant NINE = Instant.parse("2010-12-01T09:00:00Z");
  private static final Instant TEN = Instant.parse("2010-12-01T10:00:00Z");

  private final Agenda agenda = new Agenda();

  @Test
  void hands_out_what_is_due_by_time_and_then_in_the_order_in_which_it_was_planned() {
    Agenda.Delivery late = new Agenda.Delivery("late");
    Agenda.Delivery first = new Agenda.Delivery("first");
    Agenda.Arrival second = new Agenda.Arrival("po", "supply", "A", 3, 1);
    agenda.add(TEN, late);
    agenda.add(NINE, first);
    agenda.add(NINE, second);

    assertThat(agenda.next()).contains(NINE);
    assertThat(agenda.deliveriesToCome()).isEqualTo(2);
    assertThat(agenda.takeUntil(NINE)).containsExactly(first, second);
    assertThat(agenda.deliveriesToCome()).isEqualTo(1);
    assertThat(agenda.takeUntil(NINE)).isEmpty();
    assertThat(agenda.takeUntil(TEN.plusSeconds(60))).containsExactly(late);
    assertThat(agenda.next()).isEmpty();
  }
}
