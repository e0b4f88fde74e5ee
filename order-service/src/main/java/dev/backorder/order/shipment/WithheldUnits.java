package dev.backorder.order.shipment;

import dev.backorder.order.shipment.model.PackedUnits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Reserved units of a line that the warehouse could not send.
 *
 * @param shipmentId the shipment that was rejected, or left short of them
 * @param until when they are offered again, unless the warehouse says so before
 */
record WithheldUnits(
    UUID orderId, UUID shipmentId, UUID lineId, String location, long quantity, Instant until) {
  private record Place(String location, UUID lineId) {}

  /** Units that fall short of a shipment which is being confirmed. */
  static WithheldUnits shortOf(Shipment confirming, PackedUnits line) {
    return new WithheldUnits(
        confirming.orderId(),
        confirming.shipmentId(),
        line.lineId(),
        confirming.location(),
        line.shortUnits(),
        confirming.shipTime().orElseThrow());
  }

  /** The same with so many units. */
  WithheldUnits with(long units) {
    return new WithheldUnits(orderId, shipmentId, lineId, location, units, until);
  }

  /** What of some units may leave without those that are withheld. */
  static List<ReservedUnits> without(List<ReservedUnits> reserved, List<WithheldUnits> withheld) {
    if (withheld.isEmpty()) {
      return reserved;
    }
    Map<Place, Long> kept = new HashMap<>();
    withheld.forEach(
        w -> kept.merge(new Place(w.location(), w.lineId()), w.quantity(), Math::addExact));
    List<ReservedUnits> rest = new ArrayList<>();
    for (ReservedUnits units : reserved) {
      Place place = new Place(units.location(), units.lineId());
      long taken = Math.min(units.quantity(), kept.getOrDefault(place, 0L));
      kept.merge(place, -taken, Math::addExact);
      if (units.quantity() > taken) {
        rest.add(
            new ReservedUnits(
                units.location(), units.lineId(), units.sku(), units.quantity() - taken));
      }
    }
    return rest;
  }
}
