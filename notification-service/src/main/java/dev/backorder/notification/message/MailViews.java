package dev.backorder.notification.message;

import dev.backorder.notification.message.MailView.Brand;
import dev.backorder.notification.message.MailView.Group;
import dev.backorder.notification.message.MailView.More;
import dev.backorder.notification.message.MailView.Row;
import dev.backorder.notification.message.MailView.Told;
import dev.backorder.notification.message.model.Departure;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageLine;
import dev.backorder.notification.message.model.RefusalReason;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * Makes what a template shows out of what a message says: formatted, grouped by day, and of a
 * bearable length.
 */
final class MailViews {
  /** So many lines are listed; the rest is counted. */
  static final int MOST_ROWS = 50;

  /** Of these, kept for what leaves from stock when more than the rest waits. */
  private static final int READY_ROWS = 10;

  private static final int SHORT_ID = 8;

  private final MailFormats formats;
  private final Brand brand;

  MailViews(MailFormats formats, Brand brand) {
    this.formats = formats;
    this.brand = brand;
  }

  /** The view of a message to a customer of this name. */
  MailView view(MessageContent content, String displayName) {
    List<MessageLine> lines = content.lines();
    List<MessageLine> refused = lines.stream().filter(l -> l.refusedQuantity() > 0).toList();
    Listing groups = groups(lines, content.currencyCode());
    Listing rest = groups(content.rest(), content.currencyCode());
    return new MailView(
        brand,
        MailFormats.name(displayName),
        orderNumber(content),
        formats.money(content.totalMinor(), content.currencyCode()),
        groups.groups(),
        groups.more(),
        lines.stream().limit(MOST_ROWS).map(this::changedRow).toList(),
        more(lines, MessageLine::quantity),
        rest.groups(),
        rest.more(),
        refused.stream().limit(MOST_ROWS).map(this::refusedRow).toList(),
        more(refused, MessageLine::refusedQuantity),
        content.change().name(),
        content.reasonForLater().name(),
        MailFormats.clean(content.carrier()),
        MailFormats.clean(content.trackingCode()),
        any(lines, false),
        any(lines, true),
        content.orderClosed(),
        content.toldShipByDate().map(formats::date).orElse(""));
  }

  private String orderNumber(MessageContent content) {
    String reference = MailFormats.clean(content.reference());
    if (!reference.isEmpty()) {
      return reference;
    }
    // The end of a UUIDv7 is its random part: two orders of one moment differ there.
    String id = content.orderId();
    return id.substring(Math.max(0, id.length() - SHORT_ID));
  }

  private Row changedRow(MessageLine line) {
    return new Row(
        MailFormats.clean(line.sku()),
        formats.number(line.quantity()),
        "",
        told(line.departures()),
        told(line.before()),
        line.change().name(),
        RefusalReason.NONE.name());
  }

  private Row refusedRow(MessageLine line) {
    return new Row(
        MailFormats.clean(line.sku()),
        formats.number(line.refusedQuantity()),
        "",
        List.of(),
        List.of(),
        "",
        line.refusalReason().name());
  }

  private List<Told> told(List<Departure> departures) {
    Map<Optional<LocalDate>, Long> units = new LinkedHashMap<>();
    departures.forEach(d -> units.merge(d.shipByDate(), d.quantity(), Math::addExact));
    return units.entrySet().stream()
        .map(
            e ->
                new Told(
                    units.size() == 1 ? "" : formats.number(e.getValue()),
                    e.getKey().map(formats::date).orElse("")))
        .toList();
  }

  private static More none() {
    return More.NONE;
  }

  private More more(List<MessageLine> lines, ToLongFunction<MessageLine> units) {
    List<MessageLine> hidden = lines.stream().skip(MOST_ROWS).toList();
    return hidden.isEmpty()
        ? none()
        : new More(
            true,
            formats.number(hidden.size()),
            formats.number(hidden.stream().mapToLong(units).sum()),
            "");
  }

  private static boolean any(List<MessageLine> lines, boolean waiting) {
    return lines.stream()
        .flatMap(line -> line.departures().stream())
        .anyMatch(departure -> departure.waiting() == waiting);
  }

  /** What leaves together. */
  private record Day(boolean waiting, Optional<LocalDate> date, Optional<LocalDate> arrivalDate) {
    static final Comparator<Day> EARLIEST_FIRST =
        Comparator.comparing((Day d) -> d.date().orElse(LocalDate.MAX))
            .thenComparing(Day::waiting)
            .thenComparing(d -> d.arrivalDate().orElse(LocalDate.MAX));
  }

  private record Part(String sku, long quantity, String amount) {}

  private record Listing(List<Group> groups, More more) {}

  private Listing groups(List<MessageLine> lines, String currencyCode) {
    Map<Day, List<Part>> days = byDay(lines, currencyCode);
    int waiting = size(days, true);
    int ready = size(days, false);
    int readyLeft = Math.max(Math.min(READY_ROWS, ready), MOST_ROWS - waiting);
    int waitingLeft = MOST_ROWS - Math.min(readyLeft, ready);

    List<Group> shown = new ArrayList<>();
    List<Part> hidden = new ArrayList<>();
    Optional<LocalDate> until = Optional.empty();
    for (Map.Entry<Day, List<Part>> entry : days.entrySet()) {
      Day day = entry.getKey();
      int rows = Math.min(day.waiting() ? waitingLeft : readyLeft, entry.getValue().size());
      if (rows == 0) {
        hidden.addAll(entry.getValue());
        until = day.date();
        continue;
      }
      shown.add(group(day, entry.getValue(), rows));
      if (day.waiting()) {
        waitingLeft -= rows;
      } else {
        readyLeft -= rows;
      }
    }
    return new Listing(shown, more(hidden, until));
  }

  private Map<Day, List<Part>> byDay(List<MessageLine> lines, String currencyCode) {
    Map<Day, List<Part>> found = new LinkedHashMap<>();
    for (MessageLine line : lines) {
      long before = 0;
      for (Departure d : line.departures()) {
        Day day = new Day(d.waiting(), d.shipByDate(), d.deliverByDate());
        long amount = share(line, before + d.quantity()) - share(line, before);
        before += d.quantity();
        found
            .computeIfAbsent(day, key -> new ArrayList<>())
            .add(
                new Part(
                    MailFormats.clean(line.sku()),
                    d.quantity(),
                    amount > 0 ? formats.money(amount, currencyCode) : ""));
      }
    }
    Map<Day, List<Part>> sorted = new LinkedHashMap<>();
    found.keySet().stream()
        .sorted(Day.EARLIEST_FIRST)
        .forEach(day -> sorted.put(day, found.get(day)));
    return sorted;
  }

  /** Price of the first units of a line: so the parts always add up to the price of the line. */
  private static long share(MessageLine line, long units) {
    return line.quantity() == 0
        ? 0
        : Math.multiplyExact(line.amountMinor(), units) / line.quantity();
  }

  private Group group(Day day, List<Part> parts, int rows) {
    return new Group(
        day.date().map(formats::date).orElse(""),
        day.arrivalDate().map(formats::date).orElse(""),
        day.waiting(),
        parts.stream().limit(rows).map(this::row).toList(),
        more(parts.subList(rows, parts.size()), Optional.empty()));
  }

  private Row row(Part part) {
    return new Row(
        part.sku(),
        formats.number(part.quantity()),
        part.amount(),
        List.of(),
        List.of(),
        "",
        RefusalReason.NONE.name());
  }

  private More more(Collection<Part> hidden, Optional<LocalDate> until) {
    return hidden.isEmpty()
        ? none()
        : new More(
            true,
            formats.number(hidden.size()),
            formats.number(hidden.stream().mapToLong(Part::quantity).sum()),
            until.map(formats::date).orElse(""));
  }

  private static int size(Map<Day, List<Part>> days, boolean waiting) {
    return days.entrySet().stream()
        .filter(e -> e.getKey().waiting() == waiting)
        .mapToInt(e -> e.getValue().size())
        .sum();
  }
}
