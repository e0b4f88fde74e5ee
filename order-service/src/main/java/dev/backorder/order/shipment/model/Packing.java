package dev.backorder.order.shipment.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What to offer: everything that may leave a location and is not on its way out already. A pure
 * calculation over one order.
 */
public final class Packing {
  private Packing() {}

  /** Units of a line at a location that are reserved and that nobody is cancelling. */
  public record Ready(String location, PackedUnits units) {}

  /** Units of a shipment that is being confirmed, in the order in which shipments were offered. */
  public record Leaving(String location, UUID lineId, long quantity) {}

  private record Place(String location, UUID lineId) {}

  /**
   * The content of the one offer of each location, by line number; locations without an offer are
   * absent.
   *
   * @param ready what is reserved, with or without what is leaving (see {@code recorded})
   * @param leaving units of shipments that are being confirmed
   * @param recorded by line, units of these that inventory-service has recorded as gone already:
   *     its feed may be faster than its answer. They are not in {@code ready} any more, so they are
   *     not taken out again.
   */
  public static Map<String, List<PackedUnits>> offers(
      List<Ready> ready, List<Leaving> leaving, Map<UUID, Long> recorded) {
    Map<Place, Long> toLeave = stillReserved(leaving, recorded);
    Map<Place, PackedUnits> free = new HashMap<>();
    for (Ready r : ready) {
      free.merge(
          new Place(r.location(), r.units().lineId()),
          r.units(),
          (a, b) -> a.with(Math.addExact(a.quantity(), b.quantity())));
    }
    Map<String, List<PackedUnits>> offers = new TreeMap<>();
    free.forEach(
        (place, units) -> {
          long quantity = units.quantity() - toLeave.getOrDefault(place, 0L);
          if (quantity > 0) {
            offers
                .computeIfAbsent(place.location(), l -> new ArrayList<>())
                .add(units.with(quantity));
          }
        });
    offers.values().forEach(lines -> lines.sort(Comparator.comparingInt(PackedUnits::lineNumber)));
    return offers;
  }

  private static Map<Place, Long> stillReserved(List<Leaving> leaving, Map<UUID, Long> recorded) {
    Map<UUID, Long> gone = new HashMap<>(recorded);
    Map<Place, Long> still = new HashMap<>();
    for (Leaving l : leaving) {
      long counted = Math.min(l.quantity(), gone.getOrDefault(l.lineId(), 0L));
      gone.merge(l.lineId(), -counted, Math::addExact);
      still.merge(new Place(l.location(), l.lineId()), l.quantity() - counted, Math::addExact);
    }
    return still;
  }
}
