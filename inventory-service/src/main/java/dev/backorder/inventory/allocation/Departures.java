package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.LockedHoldings.Locked;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationBook.LineDelta;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The one door out: reserved units leave their location. */
@ApplicationScoped
public class Departures {
  private final StockBook stock;
  private final AllocationBook allocations;
  private final PortionBook portions;
  private final Ledger ledger;
  private final Books books;
  private final Locations locations;
  private final RequestLog requests;
  private final Clock clock;

  Departures(
      StockBook stock,
      AllocationBook allocations,
      PortionBook portions,
      Ledger ledger,
      Books books,
      Locations locations,
      RequestLog requests,
      Clock clock) {
    this.stock = stock;
    this.allocations = allocations;
    this.portions = portions;
    this.ledger = ledger;
    this.books = books;
    this.locations = locations;
    this.requests = requests;
    this.clock = clock;
  }

  /** What one call takes out, if nothing speaks against it. */
  private record Departure(
      ShipCall call, SortedMap<StockKey, Long> left, List<LineDelta> lines, PortionCuts cuts) {}

  /** Records what left. The calls are for different orders. */
  @Transactional
  List<Verdict<ShipAllocationResponse>> ship(List<ShipCall> calls) {
    return requests.onceEach(calls, ShipCall::draft, ShipAllocationResponse.parser(), this::record);
  }

  private Map<RequestKey, Verdict<ShipAllocationResponse>> record(List<ShipCall> calls) {
    Map<RequestKey, Verdict<ShipAllocationResponse>> verdicts = new HashMap<>();
    if (calls.isEmpty()) {
      return verdicts;
    }
    Map<String, DomainException> closed = closed(calls);
    Changes changes = new Changes(clock.instant(), stock.lock(keys(calls, closed.keySet())));
    List<String> orderIds = calls.stream().map(ShipCall::orderId).toList();
    allocations.lock(orderIds);
    // Another lane may have answered a repeated call while this one waited for the locks.
    Map<RequestKey, StoredResponse> twins =
        requests.findAll(calls.stream().map(ShipCall::draft).toList());
    Map<String, OrderHolding> held = allocations.read(orderIds);
    List<Departure> departures = new ArrayList<>();
    for (ShipCall call : calls) {
      StoredResponse twin = twins.get(call.draft().key());
      if (twin != null) {
        verdicts.put(
            call.draft().key(),
            Verdict.of(() -> twin.replay(call.draft(), ShipAllocationResponse.parser())));
        continue;
      }
      try {
        departures.add(plan(call, held.get(call.orderId()), changes, closed));
      } catch (DomainException refusal) {
        verdicts.put(call.draft().key(), new Verdict.Refused<>(refusal));
      }
    }
    write(departures, changes, verdicts);
    return verdicts;
  }

  private static Departure plan(
      ShipCall call, OrderHolding holding, Changes changes, Map<String, DomainException> closed) {
    String location = call.request().getLocation();
    if (closed.containsKey(location)) {
      throw closed.get(location);
    }
    if (holding == null) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_ALLOCATION_NOT_FOUND, "allocation", call.orderId());
    }
    Locked locked = new Locked(holding, changes);
    SortedMap<StockKey, Long> left = new TreeMap<>();
    List<LineDelta> lines = new ArrayList<>();
    PortionCuts cuts = new PortionCuts();
    for (LineQuantity shipped : call.request().getLinesList()) {
      CallersLine line = locked.line(shipped.getLineId());
      LockedHoldings.refuseAbove(
          line.reservedAt(location), shipped.getLineId(), shipped.getQuantity());
      for (Share share : line.shares()) {
        long units = shipped.getQuantity() * share.perUnit();
        // Earliest date first, as they are read.
        cuts.cut(
            locked.holding().portionsAt(share, location).stream()
                .filter(Portion::reserved)
                .toList(),
            units,
            (portion, part) -> {});
        left.merge(new StockKey(share.line().sku(), location), -units, Math::addExact);
      }
      lines.addAll(line.deltas(shipped.getQuantity(), 0, 0));
    }
    return new Departure(call, left, lines, cuts);
  }

  private void write(
      List<Departure> departures,
      Changes changes,
      Map<RequestKey, Verdict<ShipAllocationResponse>> verdicts) {
    if (departures.isEmpty()) {
      return;
    }
    PortionCuts cuts = new PortionCuts();
    List<LineDelta> lines = new ArrayList<>();
    for (Departure departure : departures) {
      cuts.addAll(departure.cuts());
      lines.addAll(departure.lines());
      departure.left().forEach((key, units) -> changes.add(key, StockDelta.shipped(-units)));
      changes.touch(departure.call().orderId(), ChangeCause.SHIPPED, departure.call().chain());
    }
    ledger.postAll(departures.stream().map(d -> movement(d, changes)).toList(), changes.locked());
    cuts.write(portions);
    allocations.addToLines(lines);
    Map<String, OrderHolding> after =
        books.closeAndRead(
            changes, departures.stream().map(d -> d.call().orderId()).collect(Collectors.toSet()));
    Map<RequestDraft, ShipAllocationResponse> responses = new LinkedHashMap<>();
    for (Departure departure : departures) {
      ShipAllocationResponse response =
          ShipAllocationResponse.newBuilder()
              .setAllocation(AllocationMessages.render(after.get(departure.call().orderId())))
              .build();
      responses.put(departure.call().draft(), response);
      verdicts.put(departure.call().draft().key(), new Verdict.Answer<>(response));
    }
    requests.saveAll(responses);
  }

  private static Ledger.Movement movement(Departure departure, Changes changes) {
    return new Ledger.Movement(
        new Ledger.Posting(
            Ledger.Kind.SHIPMENT,
            "shipment " + departure.call().request().getShipmentId(),
            departure.call().caller(),
            departure.call().orderId(),
            changes.now()),
        departure.left());
  }

  /** The stock rows of all lines; a line never changes its item, so this needs no lock. */
  private Set<StockKey> keys(List<ShipCall> calls, Set<String> closed) {
    Map<String, OrderHolding> holdings =
        allocations.read(calls.stream().map(ShipCall::orderId).toList());
    Set<StockKey> keys = new HashSet<>();
    for (ShipCall call : calls) {
      OrderHolding holding = holdings.get(call.orderId());
      if (holding != null && !closed.contains(call.request().getLocation())) {
        keys.addAll(keys(holding, call.request().getLinesList(), call.request().getLocation()));
      }
    }
    return keys;
  }

  /** Why nothing can leave from some of the locations. */
  private Map<String, DomainException> closed(List<ShipCall> calls) {
    Map<String, DomainException> closed = new HashMap<>();
    calls.stream()
        .map(call -> call.request().getLocation())
        .distinct()
        .forEach(
            code -> {
              try {
                refuseUnlessActive(code);
              } catch (DomainException refusal) {
                closed.put(code, refusal);
              }
            });
    return closed;
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
    holding.ordered().stream()
        .filter(line -> lineIds.contains(line.lineId()))
        .flatMap(line -> CallersLine.of(holding, line).shares().stream())
        .forEach(share -> keys.add(new StockKey(share.line().sku(), location)));
    return keys;
  }
}
