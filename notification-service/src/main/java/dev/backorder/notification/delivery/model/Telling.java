package dev.backorder.notification.delivery.model;

import dev.backorder.notification.message.model.MessageContent;
import java.util.List;
import java.util.UUID;

/**
 * What becomes of a message that is due, so that a customer never hears a date that is not true any
 * more.
 */
public sealed interface Telling {

  /**
   * Send it.
   *
   * @param content what it says now
   * @param replaced later messages, not sent yet, of which it tells the news
   */
  record Send(MessageContent content, List<UUID> replaced) implements Telling {
    public Send {
      replaced = List.copyOf(replaced);
    }
  }

  /**
   * A newer message, not sent yet, tells it.
   *
   * @param content what the newer message says now
   */
  record LeaveTo(UUID heir, MessageContent content) implements Telling {}

  /** Nothing is left to tell: newer messages have told it, or the date is back where it was. */
  record Drop() implements Telling {}
}
