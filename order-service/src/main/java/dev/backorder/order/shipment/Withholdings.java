package dev.backorder.order.shipment;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.shipment.model.PackedUnits;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Reserved units that the warehouse could not send: they are not offered until a pause is over or
 * the warehouse says that they can be sent. Under the lock of their order.
 */
@ApplicationScoped
class Withholdings {
  private final WithheldRows rows;
  private final ShipmentConfig config;

  Withholdings(WithheldRows rows, ShipmentConfig config) {
    this.rows = rows;
    this.config = config;
  }

  /** Withholds units of a shipment: as many of each line as a function says. */
  void withhold(
      OrderChange change,
      Shipment shipment,
      ToLongFunction<PackedUnits> units,
      Optional<Duration> pause) {
    Instant until = change.time().plus(pause.orElseGet(config::pause));
    List<WithheldUnits> added =
        shipment.lines().stream()
            .filter(line -> units.applyAsLong(line) > 0)
            .map(
                line ->
                    new WithheldUnits(
                        change.orderId(),
                        shipment.shipmentId(),
                        line.lineId(),
                        shipment.location(),
                        units.applyAsLong(line),
                        until))
            .toList();
    rows.insert(added);
    added.forEach(row -> count(change, row.lineId(), row.quantity()));
  }

  /**
   * What is withheld of orders, by order, and no more than they hold: what was cancelled or has
   * vanished is forgotten. Orders of which nothing is withheld are not asked for.
   */
  Map<UUID, List<WithheldUnits>> keep(List<OrderChange> changes) {
    Map<UUID, OrderChange> concerned =
        changes.stream()
            .filter(c -> c.lines().stream().anyMatch(line -> line.progress().withheld() > 0))
            .collect(Collectors.toMap(OrderChange::orderId, change -> change));
    if (concerned.isEmpty()) {
      return Map.of();
    }
    Map<UUID, Map<Place, Long>> reserved = new HashMap<>();
    concerned.forEach((orderId, change) -> reserved.put(orderId, reserved(change)));
    List<WithheldUnits> kept = new ArrayList<>();
    List<WithheldUnits> changed = new ArrayList<>();
    for (WithheldUnits row : rows.find(concerned.keySet())) {
      Map<Place, Long> left = reserved.get(row.orderId());
      Place place = new Place(row.location(), row.lineId());
      long units = Math.min(row.quantity(), left.getOrDefault(place, 0L));
      left.merge(place, -units, Math::addExact);
      if (units < row.quantity()) {
        count(concerned.get(row.orderId()), row.lineId(), units - row.quantity());
        changed.add(row.with(units));
      }
      if (units > 0) {
        kept.add(row.with(units));
      }
    }
    rows.update(changed);
    return kept.stream().collect(Collectors.groupingBy(WithheldUnits::orderId));
  }

  /** Ends what is withheld of an order and meant. */
  void end(OrderChange change, Predicate<WithheldUnits> meant) {
    List<WithheldUnits> ended =
        rows.find(List.of(change.orderId())).stream().filter(meant).toList();
    ended.forEach(row -> count(change, row.lineId(), -row.quantity()));
    rows.update(ended.stream().map(row -> row.with(0)).toList());
  }

  private record Place(String location, UUID lineId) {}

  private static Map<Place, Long> reserved(OrderChange change) {
    Map<Place, Long> reserved = new HashMap<>();
    for (OrderLine line : change.lines()) {
      for (Portion portion : line.portions()) {
        if (portion.isReserved()) {
          Place place = new Place(portion.location(), line.lineId());
          reserved.merge(place, portion.quantity(), Math::addExact);
        }
      }
    }
    return reserved;
  }

  private static void count(OrderChange change, UUID lineId, long more) {
    OrderLine line = change.line(lineId);
    long units = Math.addExact(line.progress().withheld(), more);
    change.put(line.with(line.progress().withhold(units)));
  }
}
