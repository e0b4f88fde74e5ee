package dev.backorder.order.shipment;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.model.LineTotals;
import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Packing;
import dev.backorder.order.shipment.model.Problem;
import dev.backorder.order.shipment.model.ShipmentState;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is offered to the warehouse, what left and what arrived. Everything that changes shipments
 * runs inside the transaction of an opened {@link OrderChange}, that is under the lock of the
 * order; the caller saves the change.
 */
@ApplicationScoped
public class Shipments {
  private final ShipmentRows rows;
  private final Withholdings withholdings;
  private final Ids ids;

  Shipments(ShipmentRows rows, Withholdings withholdings, Ids ids) {
    this.rows = rows;
    this.withholdings = withholdings;
    this.ids = ids;
  }

  /**
   * What of an order may leave.
   *
   * @param reserved everything of the order that may leave, CONFIRMING units included, by line
   *     order
   */
  public record MayLeave(OrderChange change, List<ReservedUnits> reserved) {}

  /**
   * Makes the offers of different orders match what may leave: one OFFERED shipment per location
   * with all units that are not in a CONFIRMING shipment. Publishes what changed on the changes,
   * which their caller saves.
   */
  public void offer(List<MayLeave> all) {
    List<UUID> known =
        all.stream()
            .map(MayLeave::change)
            .filter(c -> !c.isPlacedNow())
            .map(OrderChange::orderId)
            .toList();
    Map<UUID, List<Shipment>> open =
        known.isEmpty()
            ? Map.of()
            : rows.findOpen(known).stream().collect(Collectors.groupingBy(Shipment::orderId));
    List<UUID> confirming =
        known.stream()
            .filter(orderId -> !confirming(open.getOrDefault(orderId, List.of())).isEmpty())
            .toList();
    Map<UUID, Long> left = confirming.isEmpty() ? Map.of() : rows.left(confirming);
    Map<UUID, List<WithheldUnits>> withheld =
        withholdings.keep(all.stream().map(MayLeave::change).toList());
    Offers offers = new Offers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (MayLeave mayLeave : all) {
      UUID orderId = mayLeave.change().orderId();
      Standing standing =
          new Standing(
              open.getOrDefault(orderId, List.of()),
              left,
              notToBePicked(
                  open.getOrDefault(orderId, List.of()),
                  withheld.getOrDefault(orderId, List.of())));
      offer(mayLeave, standing, offers);
    }
    List<Shipment> changed = new ArrayList<>(offers.withdrawn());
    changed.addAll(offers.repacked());
    rows.update(changed);
    rows.replaceLines(offers.repacked());
    rows.insert(offers.added());
  }

  /** What becomes of the offers of some orders. */
  private record Offers(List<Shipment> withdrawn, List<Shipment> repacked, List<Shipment> added) {}

  /**
   * What the warehouse could not send, with what falls short of a shipment that is just being
   * confirmed: that is offered or withheld once it is known that the rest has left.
   */
  private static List<WithheldUnits> notToBePicked(
      List<Shipment> open, List<WithheldUnits> withheld) {
    List<WithheldUnits> all = new ArrayList<>(withheld);
    for (Shipment shipment : confirming(open)) {
      for (PackedUnits line : shipment.lines()) {
        if (line.shortUnits() > 0) {
          all.add(WithheldUnits.shortOf(shipment, line));
        }
      }
    }
    return all;
  }

  /** What keeps units out of offers: they leave already, or the warehouse could not send them. */
  private record Standing(
      List<Shipment> open, Map<UUID, Long> left, List<WithheldUnits> withheld) {}

  private void offer(MayLeave mayLeave, Standing standing, Offers offers) {
    OrderChange change = mayLeave.change();
    List<Shipment> open = standing.open();
    Map<String, List<PackedUnits>> wanted =
        Packing.offers(
            ready(change, WithheldUnits.without(mayLeave.reserved(), standing.withheld())),
            leaving(open),
            recorded(change, open, standing.left()));
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
    withdrawn.forEach(shipment -> publish(change, shipment));
    repacked.forEach(shipment -> publish(change, shipment));
    added.forEach(shipment -> publish(change, shipment));
    offers.withdrawn().addAll(withdrawn);
    offers.repacked().addAll(repacked);
    offers.added().addAll(added);
  }

  /**
   * Units in CONFIRMING shipments of an order that still count as reserved, by line: they may not
   * be cancelled. The lines of the order must be as stored.
   */
  public Map<UUID, Long> confirming(UUID orderId) {
    return rows.confirming(orderId);
  }

  /** Which orders shipments belong to, by shipment; those that are not there are left out. */
  public Map<UUID, UUID> ordersOf(Collection<UUID> shipmentIds) {
    return rows.ordersOf(shipmentIds);
  }

  /**
   * The shipment.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND
   */
  public Shipment get(UUID shipmentId) {
    return rows.find(List.of(shipmentId)).stream()
        .findFirst()
        .orElseThrow(() -> notFound(shipmentId));
  }

  /** Shipments by id; those that are not there are left out. */
  public Map<UUID, Shipment> getAll(Collection<UUID> shipmentIds) {
    return rows.find(shipmentIds).stream()
        .collect(Collectors.toMap(Shipment::shipmentId, Function.identity()));
  }

  /**
   * Notes that offered shipments are leaving, as the warehouse says; inventory-service has to
   * record it next. Their orders are locked.
   */
  public void confirm(List<Shipment> confirming) {
    rows.update(confirming);
    rows.replaceLines(confirming.stream().filter(Shipment::isShort).toList());
  }

  /**
   * Notes that inventory-service has recorded that a shipment left, and works out what its units
   * cost; {@link #write} stores it. Units that the warehouse could not find fit to send are
   * withheld.
   */
  public Shipment leave(OrderChange change, Shipment confirming) {
    List<PackedUnits> units = new ArrayList<>();
    for (PackedUnits packed : confirming.lines()) {
      OrderLine line = change.line(packed.lineId());
      long before = line.progress().left();
      units.add(packed.worth(share(line, before, packed.quantity())));
      change.put(line.with(line.progress().leave(packed.quantity())));
    }
    Shipment left = confirming.leave(units);
    if (left.problem().kind().isWithheld()) {
      withholdings.withhold(change, left, PackedUnits::shortUnits, Optional.empty());
    }
    publish(change, left);
    return left;
  }

  private static long share(OrderLine line, long before, long now) {
    return LineTotals.share(
        new LineTotals.Priced(line.priceMinor(), line.priceQuantity(), line.quantities().ordered()),
        before,
        now);
  }

  /**
   * Notes that the warehouse cannot send a shipment, and withholds its units for a time.
   *
   * @param pause until they are offered again; empty for the usual one
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment reject(
      OrderChange change, Shipment offered, Problem problem, Optional<Duration> pause) {
    Shipment rejected = offered.reject(problem);
    withholdings.withhold(change, rejected, PackedUnits::quantity, pause);
    rows.update(List.of(rejected));
    publish(change, rejected);
    return rejected;
  }

  /** Ends the withholding of units of a shipment; {@link #offer} is to be called next. */
  public void resume(OrderChange change, UUID shipmentId) {
    withholdings.end(change, row -> row.shipmentId().equals(shipmentId));
  }

  /** The same for units of an order whose time has come. */
  public void resumeDue(OrderChange change) {
    withholdings.end(change, row -> !row.until().isAfter(change.time()));
  }

  /**
   * Corrects carrier and tracking code of a shipment that left.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment retrack(OrderChange change, Shipment shipped, String carrier, String code) {
    Shipment corrected = shipped.retrack(carrier, code);
    rows.update(List.of(corrected));
    publish(change, corrected);
    return corrected;
  }

  /** Reserved units of an order in shipments that are being confirmed, by line. */
  public Map<UUID, Long> leaving(OrderChange change) {
    Map<UUID, Long> units = new HashMap<>();
    for (Shipment shipment : confirming(rows.findOpen(List.of(change.orderId())))) {
      shipment.lines().forEach(l -> units.merge(l.lineId(), l.quantity(), Math::addExact));
    }
    units.replaceAll(
        (lineId, confirming) -> {
          OrderLine line = change.line(lineId);
          long recorded = line.quantities().shipped() - line.progress().left();
          return Math.max(0, confirming - Math.max(0, recorded));
        });
    return units;
  }

  /** Stores what {@link #leave} and {@link #arrive} made of shipments. */
  public void write(List<Shipment> changed) {
    rows.update(changed);
    rows.writeValues(changed.stream().filter(s -> s.state() == ShipmentState.SHIPPED).toList());
  }

  /**
   * Takes back a shipment that inventory-service refused to record. It is an offer again, unless
   * its location has another one already, which then holds its units; {@link #offer} is to be
   * called next, with what may leave.
   */
  public void takeBack(OrderChange change, Shipment confirming) {
    boolean hasOffer =
        rows.findOpen(List.of(change.orderId())).stream()
            .anyMatch(
                s ->
                    s.state() == ShipmentState.OFFERED
                        && s.location().equals(confirming.location()));
    if (hasOffer) {
      Shipment withdrawn = confirming.withdraw();
      rows.update(List.of(withdrawn));
      rows.replaceLines(shortened(confirming, withdrawn));
      publish(change, withdrawn);
    } else {
      Shipment offered =
          confirming.reoffer(confirming.lines().stream().map(PackedUnits::whole).toList());
      rows.update(List.of(offered));
      rows.replaceLines(shortened(confirming, offered));
    }
  }

  /**
   * Notes that a shipment arrived, and counts its units as delivered; {@link #write} stores it.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE
   */
  public Shipment arrive(OrderChange change, Shipment shipped) {
    Shipment arrived = shipped.arrive(change.time());
    arrived.lines().forEach(line -> change.deliver(line.lineId(), line.quantity()));
    publish(change, arrived);
    return arrived;
  }

  /** The shipment whose lines have to be written again, if any. */
  private static List<Shipment> shortened(Shipment confirming, Shipment now) {
    return confirming.isShort() ? List.of(now) : List.of();
  }

  private Shipment newOffer(OrderChange change, String location, List<PackedUnits> content) {
    UUID shipmentId = ids.next();
    String currency = change.order().header().currencyCode();
    return Shipment.offer(shipmentId, change.orderId(), location, currency, change.time(), content);
  }

  private static Map<UUID, Long> recorded(
      OrderChange change, List<Shipment> open, Map<UUID, Long> left) {
    Map<UUID, Long> recorded = new HashMap<>();
    for (Shipment shipment : confirming(open)) {
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

  /** How a caller hears that there is no such shipment. */
  public static DomainException notFound(UUID shipmentId) {
    return DomainException.notFound(
        ErrorReason.ERROR_REASON_SHIPMENT_NOT_FOUND, "shipment", shipmentId.toString());
  }
}
