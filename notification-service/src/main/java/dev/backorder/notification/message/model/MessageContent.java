package dev.backorder.notification.message.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a message says, without saying to whom: ids, quantities, dates, money. It is kept with the
 * delivery and rendered when it is sent.
 *
 * @param orderId the order
 * @param reference the order's number for people; may be empty
 * @param currencyCode ISO 4217
 * @param totalMinor value of the order in minor units
 * @param lines what the message is about
 * @param rest what is still open besides
 * @param carrier who carries the parcel; may be empty
 * @param trackingCode the carrier's code; may be empty
 * @param orderClosed true when nothing of the order is open any more
 */
public record MessageContent(
    String orderId,
    String reference,
    String currencyCode,
    long totalMinor,
    List<MessageLine> lines,
    List<MessageLine> rest,
    String carrier,
    String trackingCode,
    boolean orderClosed) {

  public MessageContent {
    lines = List.copyOf(lines);
    rest = List.copyOf(rest);
  }

  /** The latest day told in it; empty when it tells none. */
  public Optional<LocalDate> toldShipByDate() {
    return Stream.concat(lines.stream(), rest.stream())
        .flatMap(line -> line.departures().stream())
        .flatMap(departure -> departure.shipByDate().stream())
        .max(Comparator.naturalOrder());
  }

  /** Whether anything of it waits. */
  public boolean hasWaiting() {
    return lines.stream().flatMap(line -> line.departures().stream()).anyMatch(Departure::waiting);
  }

  /** A confirmation with newer dates in place of those that it had. */
  public MessageContent withNewerDates(MessageContent news) {
    Map<String, MessageLine> newer = byId(news.lines);
    return withLines(
        lines.stream()
            .map(
                line ->
                    newer.containsKey(line.lineId())
                        ? line.withNews(newer.get(line.lineId()).departures())
                        : line)
            .toList());
  }

  /**
   * A change of dates that takes over what an older one, never sent, had to tell: the customer
   * still knows the dates from before that. Lines that are back where they were are not news.
   */
  public MessageContent takingOver(MessageContent unsent) {
    Map<String, MessageLine> older = byId(unsent.lines);
    Map<String, MessageLine> newer = byId(lines);
    Stream<MessageLine> own =
        lines.stream()
            .map(
                line ->
                    older.containsKey(line.lineId())
                        ? line.toldBefore(older.get(line.lineId()).before())
                        : line);
    Stream<MessageLine> others =
        unsent.lines.stream().filter(line -> !newer.containsKey(line.lineId()));
    return withLines(Stream.concat(others, own).filter(MessageLine::isNews).toList());
  }

  /** A change of dates without the lines for which a newer date was told already. */
  public MessageContent withoutLinesOf(MessageContent told) {
    Map<String, MessageLine> newer = byId(told.lines);
    return withLines(lines.stream().filter(line -> !newer.containsKey(line.lineId())).toList());
  }

  /** Whether all lines leave earlier, all later, or some of each. */
  public DateChange change() {
    List<DateChange> changes = lines.stream().map(MessageLine::change).distinct().toList();
    if (changes.size() == 1) {
      return changes.get(0);
    }
    return changes.contains(DateChange.LATER) ? DateChange.SOME_LATER : DateChange.OTHER;
  }

  /** The one reason that all lines with a later date share; NONE when they differ. */
  public DateReason reasonForLater() {
    List<DateReason> reasons =
        lines.stream()
            .filter(line -> line.change() == DateChange.LATER)
            .flatMap(line -> line.departures().stream())
            .map(Departure::reason)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return reasons.size() == 1 ? reasons.get(0) : DateReason.NONE;
  }

  /** The same, with who carries the parcel. */
  public MessageContent carriedBy(String parcelCarrier, String parcelTrackingCode) {
    return new MessageContent(
        orderId,
        reference,
        currencyCode,
        totalMinor,
        lines,
        rest,
        parcelCarrier,
        parcelTrackingCode,
        orderClosed);
  }

  private MessageContent withLines(List<MessageLine> others) {
    return new MessageContent(
        orderId,
        reference,
        currencyCode,
        totalMinor,
        others,
        rest,
        carrier,
        trackingCode,
        orderClosed);
  }

  private static Map<String, MessageLine> byId(List<MessageLine> lines) {
    return lines.stream()
        .collect(Collectors.toMap(MessageLine::lineId, Function.identity(), (a, b) -> b));
  }
}
