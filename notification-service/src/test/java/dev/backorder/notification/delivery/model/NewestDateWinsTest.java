package dev.backorder.notification.delivery.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.notification.message.model.DateReason;
import dev.backorder.notification.message.model.Departure;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import dev.backorder.notification.message.model.MessageLine;
import dev.backorder.notification.message.model.RefusalReason;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class NewestDateWinsTest {
  private static final String TEA = "tea";
  private static final String RICE = "rice";

  @Test
  void a_change_is_sent_when_nothing_newer_is_known() {
    Tellable due = change(DeliveryState.PENDING, moved(TEA, day(1), day(5)));
    assertThat(NewestDateWins.decide(due, List.of()))
        .isEqualTo(new Telling.Send(due.content(), List.of()));
  }

  @Test
  void a_newer_change_that_was_not_sent_takes_over_what_the_customer_knew_before() {
    Tellable due = change(DeliveryState.PENDING, moved(TEA, day(1), day(5)));
    Tellable newer = change(DeliveryState.PENDING, moved(TEA, day(5), day(3)));
    assertThat(NewestDateWins.decide(due, List.of(newer)))
        .isEqualTo(new Telling.LeaveTo(newer.deliveryId(), content(moved(TEA, day(1), day(3)))));
  }

  @Test
  void lines_that_only_the_older_change_speaks_of_are_not_forgotten() {
    Tellable due =
        change(DeliveryState.PENDING, moved(TEA, day(1), day(5)), moved(RICE, day(1), day(9)));
    Tellable newer = change(DeliveryState.PARKED, moved(TEA, day(5), day(3)));
    assertThat(NewestDateWins.decide(due, List.of(newer)))
        .isEqualTo(
            new Telling.LeaveTo(
                newer.deliveryId(),
                content(moved(RICE, day(1), day(9)), moved(TEA, day(1), day(3)))));
  }

  @Test
  void a_date_that_is_back_where_it_was_is_no_news() {
    Tellable due = change(DeliveryState.PENDING, moved(TEA, day(1), day(5)));
    Tellable newer = change(DeliveryState.PENDING, moved(TEA, day(5), day(1)));
    assertThat(NewestDateWins.decide(due, List.of(newer)))
        .isEqualTo(new Telling.LeaveTo(newer.deliveryId(), content()));
    assertThat(NewestDateWins.decide(change(DeliveryState.PENDING), List.of()))
        .isEqualTo(new Telling.Drop());
  }

  @Test
  void a_parked_change_that_is_sent_again_tells_only_what_no_newer_one_has_told() {
    Tellable due =
        change(DeliveryState.PENDING, moved(TEA, day(1), day(5)), moved(RICE, day(1), day(9)));
    Tellable told = change(DeliveryState.ACCEPTED, moved(TEA, day(5), day(3)));
    assertThat(NewestDateWins.decide(due, List.of(told)))
        .isEqualTo(new Telling.Send(content(moved(RICE, day(1), day(9))), List.of()));
    Tellable toldAll =
        change(DeliveryState.ACCEPTED, moved(TEA, day(5), day(3)), moved(RICE, day(9), day(2)));
    assertThat(NewestDateWins.decide(due, List.of(toldAll))).isEqualTo(new Telling.Drop());
  }

  @Test
  void a_confirmation_tells_the_newest_dates_and_replaces_their_messages() {
    Tellable due = confirmation(false, ordered(TEA, day(1)));
    Tellable told = change(DeliveryState.ACCEPTED, moved(TEA, day(1), day(5)));
    Tellable untold = change(DeliveryState.PENDING, moved(TEA, day(5), day(3)));
    assertThat(NewestDateWins.decide(due, List.of(told, untold)))
        .isEqualTo(new Telling.Send(content(ordered(TEA, day(3))), List.of(untold.deliveryId())));
  }

  @Test
  void a_confirmation_that_the_customer_may_have_is_repeated_as_it_was() {
    Tellable due = confirmation(true, ordered(TEA, day(1)));
    Tellable untold = change(DeliveryState.PENDING, moved(TEA, day(1), day(3)));
    assertThat(NewestDateWins.decide(due, List.of(untold)))
        .isEqualTo(new Telling.Send(due.content(), List.of()));
  }

  @Test
  void news_about_waiting_units_leave_the_reserved_ones_as_they_were() {
    MessageLine line =
        line(TEA, List.of(units(2, false, day(1)), units(8, true, day(4))), List.of());
    MessageContent newer =
        content(line)
            .withNewerDates(content(line(TEA, List.of(units(8, true, day(9))), List.of())));
    assertThat(newer.lines().get(0).departures())
        .containsExactly(units(2, false, day(1)), units(8, true, day(9)));
  }

  private static Tellable change(DeliveryState state, MessageLine... lines) {
    return new Tellable(UUID.randomUUID(), MessageKind.DATE_CHANGED, state, false, content(lines));
  }

  private static Tellable confirmation(boolean outcomeUnknown, MessageLine... lines) {
    return new Tellable(
        UUID.randomUUID(),
        MessageKind.ORDER_BACKORDERED,
        DeliveryState.PENDING,
        outcomeUnknown,
        content(lines));
  }

  private static MessageContent content(MessageLine... lines) {
    return new MessageContent("o", "1", "EUR", 1, List.of(lines), List.of(), "", "", false);
  }

  private static MessageLine moved(String sku, LocalDate before, LocalDate now) {
    return line(sku, List.of(units(5, true, now)), List.of(units(5, true, before)));
  }

  private static MessageLine ordered(String sku, LocalDate date) {
    return line(sku, List.of(units(5, true, date)), List.of());
  }

  private static MessageLine line(String sku, List<Departure> now, List<Departure> before) {
    return new MessageLine(sku, sku, 5, 0, now, before, 0, RefusalReason.NONE);
  }

  private static Departure units(long quantity, boolean waiting, LocalDate date) {
    return new Departure(
        quantity, waiting, Optional.of(date), Optional.empty(), DateReason.SUPPLY_DATE);
  }

  private static LocalDate day(int day) {
    return LocalDate.of(2026, 3, day);
  }
}
