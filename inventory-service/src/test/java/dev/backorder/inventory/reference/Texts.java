package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How answers and books are written down, so that two of them can be compared line by line. */
final class Texts {
  static final String DONE = "done";

  private Texts() {}

  static String refused(String reason) {
    return "refused: " + reason;
  }

  static String answer(boolean taken, List<String> refusals) {
    return (taken ? "allocated " : "nothing allocated ") + refusals;
  }

  static String refusal(String lineId, long requested, long orderable, String reason) {
    return "%s: %d of %d, %s".formatted(lineId, orderable, requested, reason);
  }

  static List<String> refusals(Order order, Buying buying) {
    return order.lines.stream()
        .filter(line -> buying.refusals.containsKey(line.number))
        .map(
            line ->
                refusal(
                    line.id,
                    line.ordered,
                    line.ordered - buying.refusals.get(line.number).units(),
                    buying.refusals.get(line.number).reason()))
        .toList();
  }

  static String quoted(String sku, String kind, long orderable, String parts) {
    return "%s %s, orderable %d: %s".formatted(sku, kind, orderable, parts);
  }

  /** Units that share a fate, whatever parts they are in. */
  static String part(boolean reserved, String site, String supply, String told) {
    return (reserved ? "reserved" : "waiting") + " at " + site + " " + told + " " + supply;
  }

  static String parts(OrderLine line) {
    Map<String, Long> units = new TreeMap<>();
    for (Part part : line.parts) {
      units.merge(text(part), part.units, Long::sum);
    }
    return units.toString();
  }

  static String text(Part part) {
    // Only a promise that rests on the supply names it.
    String supply = part.told.basis().equals("SUPPLY") ? part.supply : "";
    return part(part.reserved, part.place.site(), supply, part.told.toString());
  }

  static String balance(
      long onHand,
      long reserved,
      long held,
      long available,
      long waiting,
      long inbound,
      long quarantined) {
    return "on hand %d, reserved %d, held %d, available %d, waiting %d, inbound %d, quarantined %d"
        .formatted(onHand, reserved, held, available, waiting, inbound, quarantined);
  }

  static String line(
      long reserved,
      long waiting,
      long shipped,
      long released,
      long refused,
      long returned,
      String parts) {
    return "reserved %d, waiting %d, shipped %d, released %d, refused %d, returned %d: %s"
        .formatted(reserved, waiting, shipped, released, refused, returned, parts);
  }

  static String supply(long expected, long received, long pegged, LocalDate day, String state) {
    return "%s, expected %d, received %d, pegged %d, on %s"
        .formatted(state, expected, received, pegged, day);
  }

  static String queued(String order, String line, long units, String told) {
    return order + "/" + line + " " + units + " " + told;
  }

  static String held(String sku, long onShelf, long queued) {
    return sku + " " + onShelf + "+" + queued;
  }

  static String day(LocalDate day, long coming, long leaving, long projected, long promisable) {
    return "%s +%d -%d = %d, promisable %d".formatted(day, coming, leaving, projected, promisable);
  }
}
