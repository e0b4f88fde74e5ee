package dev.backorder.order.shipment;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Packing;
import dev.backorder.order.shipment.model.ShipmentState;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What is offered to the warehouse, what left and what arrived. Everything that changes shipments
 * runs inside the transaction of an opened {@link OrderChange}, that is under the lock of the
 * order; the caller saves the change.
 */
@ApplicationScoped
public class Shipments {
  private final ShipmentRows rows;
  private final Ids ids;

  Shipments(ShipmentRows rows, Ids ids) {
    this.rows = rows;
    this.ids = ids;
  }

  /**
   * Makes the offers of an order match what may leave: one OFFERED shipment per location with all
   * {@code reserved} units that are not in a CONFIRMING shipment. Publishes what changed on {@code
   * change}, whose caller saves it.
   *
   * @param reserved everything of the order that may leave, CONFIRMING units included, by line
   *     order
   */
  public void offer(OrderChange change, List<ReservedUnits> reserved) {
    List<Shipment> open = change.isPlacedNow() ? List.of() : rows.findOpen(change.orderId());
    Map<String, List<PackedUnits>> wanted =
        Packing.offers(ready(change, reserved), leaving(open), recorded(change, open));
    List<Shipment> withdrawn = new ArrayList<>();
    List<Shipment> repacked = new ArrayList<>();
    for (Shipment offer : open) {
      if (offer.state() == ShipmentState.OFFERED) {
        List<PackedUnits> content = wanted.remove(offer.location());
        if (content == null) {
          withdrawn.add(offer.withdraw());
        } else if (!content.equals(offer.lines())) {
          repacked.add(offer.repack(content));
        }
      }
    }
    List<Shipment> added = new ArrayList<>();
    wanted.forEach((location, content) -> added.add(newOffer(change, location, content)));
    rows.update(withdrawn);
    rows.update(repacked);
    rows.replaceLines(repacked);
    rows.insert(added);
    withdrawn.forEach(shipment -> publish(change, shipment));
    repacked.forEach(shipment -> publish(change, shipment));
    added.forEach(shipment -> publish(change, shipment));
  }

  /**
   * Units in CONFIRMING shipments of an order that still count as reserved, by line: they may not
   * be cancelled. The lines of the order must be as stored.
   */
  public Map<UUID, Long> confirming(UUID orderId) {
    return rows.confirming(orderId);
  }

  /** Which order a shipment belongs to. */
  public UUID orderOf(UUID shipmentId) {
    return rows.orderOf(shipmentId).orElseThrow(() -> notFound(shipmentId));
  }

  /**
   * The shipment.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND
   */
  public Shipment get(UUID shipmentId) {
    return rows.find(shipmentId).orElseThrow(() -> notFound(shipmentId));
  }

  /**
   * Notes that the warehouse says that an offered shipment left; inventory-service has to record it
   * next.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment confirm(
      Shipment offered, RequestDraft request, String carrier, String trackingCode, Instant now) {
    Shipment confirming = offered.confirm(request, carrier, trackingCode, now);
    rows.update(List.of(confirming));
    return confirming;
  }

  /** Notes that inventory-service has recorded that a shipment left. */
  public Shipment leave(OrderChange change, Shipment confirming) {
    Shipment left = confirming.leave();
    rows.update(List.of(left));
    publish(change, left);
    return left;
  }

  /**
   * Takes back a shipment that inventory-service refused to record. It is an offer again, unless
   * its location has another one already, which then holds its units; {@link #offer} is to be
   * called next, with what may leave.
   */
  public void takeBack(OrderChange change, Shipment confirming) {
    boolean hasOffer =
        rows.findOpen(change.orderId()).stream()
            .anyMatch(
                s ->
                    s.state() == ShipmentState.OFFERED
                        && s.location().equals(confirming.location()));
    if (hasOffer) {
      Shipment withdrawn = confirming.withdraw();
      rows.update(List.of(withdrawn));
      publish(change, withdrawn);
    } else {
      rows.update(List.of(confirming.reoffer(confirming.lines())));
    }
  }

  /**
   * Notes that a shipment arrived, and counts its units as delivered.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment arrive(OrderChange change, Shipment shipped) {
    Shipment arrived = shipped.arrive(change.time());
    rows.update(List.of(arrived));
    arrived.lines().forEach(line -> change.deliver(line.lineId(), line.quantity()));
    publish(change, arrived);
    return arrived;
  }

  private Shipment newOffer(OrderChange change, String location, List<PackedUnits> content) {
    UUID shipmentId = ids.next();
    return Shipment.offer(shipmentId, change.orderId(), location, change.time(), content);
  }

  private Map<UUID, Long> recorded(OrderChange change, List<Shipment> open) {
    List<Shipment> confirming = confirming(open);
    if (confirming.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Long> left = rows.left(change.orderId());
    Map<UUID, Long> recorded = new HashMap<>();
    for (Shipment shipment : confirming) {
      for (PackedUnits units : shipment.lines()) {
        long shipped = change.line(units.lineId()).quantities().shipped();
        recorded.put(units.lineId(), shipped - left.getOrDefault(units.lineId(), 0L));
      }
    }
    return recorded;
  }

  private static List<Packing.Ready> ready(OrderChange change, List<ReservedUnits> reserved) {
    return reserved.stream()
        .map(
            r ->
                new Packing.Ready(
                    r.location(),
                    new PackedUnits(
                        r.lineId(), change.line(r.lineId()).number(), r.sku(), r.quantity())))
        .toList();
  }

  private static List<Packing.Leaving> leaving(List<Shipment> open) {
    return confirming(open).stream()
        .flatMap(
            s ->
                s.lines().stream()
                    .map(l -> new Packing.Leaving(s.location(), l.lineId(), l.quantity())))
        .toList();
  }

  private static List<Shipment> confirming(List<Shipment> open) {
    return open.stream().filter(s -> s.state() == ShipmentState.CONFIRMING).toList();
  }

  private static void publish(OrderChange change, Shipment shipment) {
    change.publish(order -> ShipmentViews.changed(shipment, order));
  }

  private static DomainException notFound(UUID shipmentId) {
    return DomainException.notFound(
        ErrorReason.ERROR_REASON_SHIPMENT_NOT_FOUND, "shipment", shipmentId.toString());
  }
}
