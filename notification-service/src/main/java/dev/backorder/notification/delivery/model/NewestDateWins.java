package dev.backorder.notification.delivery.model;

import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import java.util.List;

/** The rule by which messages of one order that tell dates give way to each other. */
public final class NewestDateWins {
  private NewestDateWins() {}

  /**
   * Decides about a message that is due.
   *
   * @param due the message
   * @param later all later changes of dates of the same order, oldest first
   */
  public static Telling decide(Tellable due, List<Tellable> later) {
    if (due.kind().confirmsOrder()) {
      return confirmation(due, later);
    }
    if (due.kind() == MessageKind.DATE_CHANGED) {
      return change(due, later);
    }
    return new Telling.Send(due.content(), List.of());
  }

  /**
   * A confirmation is always sent, with the newest dates; changes that it tells need no message of
   * their own.
   */
  private static Telling confirmation(Tellable due, List<Tellable> later) {
    if (due.outcomeUnknown()) {
      // The customer may have it: then this is a repetition that mail programs may hide, so it must
      // bring no news.
      return new Telling.Send(due.content(), List.of());
    }
    MessageContent content = due.content();
    for (Tellable change : later) {
      content = content.withNewerDates(change.content());
    }
    return new Telling.Send(
        content,
        later.stream().filter(t -> t.state().isUntold()).map(Tellable::deliveryId).toList());
  }

  private static Telling change(Tellable due, List<Tellable> later) {
    MessageContent content = due.content();
    for (Tellable change : later) {
      if (change.state().isUntold()) {
        return content.lines().isEmpty()
            ? new Telling.Drop()
            : new Telling.LeaveTo(change.deliveryId(), change.content().takingOver(content));
      }
      content = content.withoutLinesOf(change.content());
    }
    return content.lines().isEmpty() ? new Telling.Drop() : new Telling.Send(content, List.of());
  }
}
