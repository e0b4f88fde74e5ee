package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.LockedHoldings.Locked;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationBook.LineDelta;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The one door out: reserved units leave their location. */
@ApplicationScoped
public class Departures {
  private final LockedHoldings holdings;
  private final AllocationBook allocations;
  private final PortionBook portions;
  private final Ledger ledger;
  private final Books books;
  private final Locations locations;
  private final RequestLog requests;

  Departures(
      LockedHoldings holdings,
      AllocationBook allocations,
      PortionBook portions,
      Ledger ledger,
      Books books,
      Locations locations,
      RequestLog requests) {
    this.holdings = holdings;
    this.allocations = allocations;
    this.portions = portions;
    this.ledger = ledger;
    this.books = books;
    this.locations = locations;
    this.requests = requests;
  }

  /** Records what left. */
  @Transactional
  ShipAllocationResponse ship(ShipAllocationRequest request) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    return requests.once(
        request.getRequestId(),
        request,
        ShipAllocationResponse.parser(),
        () ->
            ShipAllocationResponse.newBuilder()
                .setAllocation(AllocationMessages.render(record(request)))
                .build());
  }

  private OrderHolding record(ShipAllocationRequest request) {
    refuseUnlessActive(request.getLocation());
    Locked locked =
        holdings.lock(
            request.getOrderId(),
            holding -> keys(holding, request.getLinesList(), request.getLocation()));
    Changes changes = locked.changes();
    SortedMap<StockKey, Long> left = new TreeMap<>();
    List<LineDelta> lines = new ArrayList<>();
    PortionCuts cuts = new PortionCuts();
    for (LineQuantity shipped : request.getLinesList()) {
      AllocationLineRow line = locked.line(shipped.getLineId());
      StockKey key = new StockKey(line.sku(), request.getLocation());
      // Earliest date first, as they are read.
      List<Portion> there =
          locked.holding().portionsOf(line.lineNo()).stream()
              .filter(p -> p.reserved() && p.key().equals(key))
              .toList();
      LockedHoldings.refuseAbove(
          there.stream().mapToLong(Portion::quantity).sum(), line.lineId(), shipped.getQuantity());
      cuts.cut(there, shipped.getQuantity(), (portion, units) -> {});
      lines.add(new LineDelta(line.orderId(), line.lineNo(), shipped.getQuantity(), 0, 0));
      left.merge(key, -shipped.getQuantity(), Math::addExact);
    }
    cuts.write(portions);
    allocations.addToLines(lines);
    ledger.post(
        new Ledger.Posting(
            Ledger.Kind.SHIPMENT,
            "shipment " + request.getShipmentId(),
            Calls.caller(),
            request.getOrderId(),
            changes.now()),
        left,
        changes.locked());
    left.forEach((key, units) -> changes.add(key, StockDelta.shipped(-units)));
    changes.touch(request.getOrderId(), ChangeCause.SHIPPED);
    return books.closeAndRead(changes, request.getOrderId());
  }

  private void refuseUnlessActive(String code) {
    LocationView location =
        locations
            .find(code)
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", code));
    if (!location.active()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_LOCATION_INACTIVE,
          "The location is inactive and ships nothing.",
          Map.of("location", code));
    }
  }

  /** The stock rows of some lines at a location; unknown lines are refused later, by name. */
  static Set<StockKey> keys(OrderHolding holding, List<LineQuantity> lines, String location) {
    Set<String> lineIds = new HashSet<>();
    lines.forEach(line -> lineIds.add(line.getLineId()));
    Set<StockKey> keys = new HashSet<>();
    holding.lines().stream()
        .filter(line -> lineIds.contains(line.lineId()))
        .forEach(line -> keys.add(new StockKey(line.sku(), location)));
    return keys;
  }
}
