package dev.backorder.notification.message.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a message says about one line of an order.
 *
 * @param quantity units that the message is about: ordered, shipped now, cancelled now
 * @param amountMinor price of the ordered units in minor units of the currency
 * @param departures when they leave now
 * @param before when they left as told before; empty unless a date changed
 * @param refusedQuantity units that could not be had
 * @param refusalReason why
 */
public record MessageLine(
    String lineId,
    String sku,
    long quantity,
    long amountMinor,
    List<Departure> departures,
    List<Departure> before,
    long refusedQuantity,
    RefusalReason refusalReason) {

  public MessageLine {
    departures = departures.stream().sorted(Departure.BY_DATE).toList();
    before = before.stream().sorted(Departure.BY_DATE).toList();
  }

  /** A line of which only the departures are told. */
  public static MessageLine of(
      String lineId, String sku, long quantity, List<Departure> departures) {
    return new MessageLine(lineId, sku, quantity, 0, departures, List.of(), 0, RefusalReason.NONE);
  }

  /** The same line, told to leave at other times; what was told before stays. */
  MessageLine leaving(List<Departure> later) {
    return new MessageLine(
        lineId, sku, quantity, amountMinor, later, before, refusedQuantity, refusalReason);
  }

  /** The same line with other dates told before. */
  MessageLine toldBefore(List<Departure> earlier) {
    return new MessageLine(
        lineId, sku, quantity, amountMinor, departures, earlier, refusedQuantity, refusalReason);
  }

  /** The day on which its last unit has left; empty when not known. */
  public Optional<LocalDate> lastDate() {
    return Departure.last(departures);
  }

  /** Whether a customer hears anything new. */
  boolean isNews() {
    return !Departure.sameDates(departures, before);
  }

  /** Whether the last unit leaves earlier, later or on the same day as told before. */
  public DateChange change() {
    LocalDate was = Departure.last(before).orElse(LocalDate.MAX);
    LocalDate is = lastDate().orElse(LocalDate.MAX);
    if (is.equals(was)) {
      return DateChange.OTHER;
    }
    return is.isBefore(was) ? DateChange.EARLIER : DateChange.LATER;
  }

  /**
   * The line with news about its waiting units: all units when the news covers them all, else
   * reserved units keep what was told for them.
   */
  MessageLine withNews(List<Departure> news) {
    long told = news.stream().mapToLong(Departure::quantity).sum();
    long open = departures.stream().mapToLong(Departure::quantity).sum();
    if (told >= open) {
      return leaving(news);
    }
    List<Departure> all = new ArrayList<>(news);
    departures.stream().filter(d -> !d.waiting()).forEach(all::add);
    return leaving(all);
  }
}
