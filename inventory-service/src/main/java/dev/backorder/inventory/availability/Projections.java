package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.ItemBooks;
import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.allocation.model.KeptUnits;
import dev.backorder.inventory.availability.model.Projection;
import dev.backorder.inventory.availability.model.Projection.Day;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.WaitingBook;
import dev.backorder.inventory.book.WaitingBook.Departing;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.supplierterms.KnownSuppliers;
import dev.backorder.inventory.supplierterms.Suppliers;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseResponse;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** What can be promised of an item by day (AV5). */
@ApplicationScoped
public class Projections {
  private static final int USUAL_HORIZON = 28;

  private final StockBook stock;
  private final SupplyBook supplies;
  private final WaitingBook waiting;
  private final HoldBook holds;
  private final RingFenceBook ringFences;
  private final Items items;
  private final Locations locations;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final Sql sql;
  private final Clock clock;

  Projections(
      StockBook stock,
      SupplyBook supplies,
      WaitingBook waiting,
      HoldBook holds,
      RingFenceBook ringFences,
      Items items,
      Locations locations,
      Promisings promisings,
      Suppliers suppliers,
      Sql sql,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.waiting = waiting;
    this.holds = holds;
    this.ringFences = ringFences;
    this.items = items;
    this.locations = locations;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.sql = sql;
    this.clock = clock;
  }

  /** The days of an item at one location or at all active ones. */
  @Transactional
  GetAvailableToPromiseResponse days(GetAvailableToPromiseRequest request) {
    // First in its transaction, so that all reads see the same moment.
    sql.later("set transaction isolation level repeatable read, read only");
    String sku = request.getSku();
    ItemPolicy policy = items.policies(Set.of(sku), "").get(sku);
    if (policy == null) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, "item", sku);
    }
    Instant now = clock.instant();
    int horizon = request.getHorizonDays() == 0 ? USUAL_HORIZON : request.getHorizonDays();
    List<Promising> active = promisings.active(now);
    LocalDate today =
        active.isEmpty() ? LocalDate.ofInstant(now, ZoneOffset.UTC) : active.get(0).today();
    if (!request.getLocation().isEmpty()) {
      today = promisings.at(known(request.getLocation()), now).today();
    }
    List<List<Day>> asked = new ArrayList<>();
    for (Map.Entry<String, Map<Projection, Long>> location :
        projections(policy, active, now).entrySet()) {
      if (request.getLocation().isEmpty() || request.getLocation().equals(location.getKey())) {
        asked.add(days(location.getValue(), policy.isKit(), today, horizon));
      }
    }
    GetAvailableToPromiseResponse.Builder response =
        GetAvailableToPromiseResponse.newBuilder().setAsOfTime(Wire.timestamp(now));
    Projection.sum(asked, today, horizon).forEach(day -> response.addDays(render(day)));
    return response.build();
  }

  private static List<Day> days(
      Map<Projection, Long> items, boolean isKit, LocalDate today, int horizon) {
    return isKit
        ? Projection.ofKit(items, today, horizon)
        : items.keySet().iterator().next().days(today, horizon);
  }

  private String known(String location) {
    if (locations.find(location).isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", location);
    }
    return location;
  }

  /** By location, of the item or of the components of the kit, with the units of each. */
  private Map<String, Map<Projection, Long>> projections(
      ItemPolicy policy, List<Promising> active, Instant now) {
    Map<String, Map<Projection, Long>> all = new LinkedHashMap<>();
    if (policy.isKit()) {
      Map<String, ItemPolicy> policies =
          items.policies(policy.components().stream().map(KitComponent::sku).toList(), "");
      for (KitComponent component : policy.components()) {
        projectionsOfItem(policies.get(component.sku()), active, now)
            .forEach(
                (code, projection) ->
                    all.computeIfAbsent(code, c -> new LinkedHashMap<>())
                        .put(projection, component.quantity()));
      }
    } else {
      projectionsOfItem(policy, active, now)
          .forEach((code, projection) -> all.put(code, Map.of(projection, 1L)));
    }
    return all;
  }

  /** By location; inactive ones take no part. */
  private Map<String, Projection> projectionsOfItem(
      ItemPolicy policy, List<Promising> active, Instant now) {
    String sku = policy.sku();
    SortedMap<StockKey, StockRow> rows = stock.read(Set.of(sku));
    holds
        .expired(Set.of(sku), now)
        .forEach((key, end) -> rows.computeIfPresent(key, (k, r) -> r.plus(end)));
    List<SupplyRow> coming = supplies.live(Set.of(sku));
    KnownSuppliers known = suppliers.of(Set.of(sku), coming);
    ItemBook book =
        ItemBooks.of(
                Set.of(sku),
                rows,
                coming,
                Map.of(),
                active,
                ringFences.remaining(rows.values(), now),
                known)
            .get(sku);
    KeptUnits kept = book.kept(policy.protectedQuantity());
    Map<String, Long> keptComing = kept.comingKeptFrom(Segment.ORDINARY);
    Map<String, Projection> projections = new LinkedHashMap<>();
    for (int i = 0; i < active.size(); i++) {
      String code = active.get(i).location().code();
      StockKey key = new StockKey(sku, code);
      StockRow row = rows.getOrDefault(key, StockRow.empty(key));
      long keptHere = kept.keptFrom(book.shelves().get(i), Segment.ORDINARY);
      Projection projection =
          new Projection(
              row.onHand() - row.outgoing(), row.held() + keptHere, active.get(i).today());
      projection.addFree(active.get(i).today(), row.free() - keptHere);
      projections.put(code, projection);
    }
    Map<String, Promising> byCode =
        active.stream().collect(Collectors.toMap(p -> p.location().code(), p -> p));
    Map<String, LocalDate> days = new HashMap<>();
    for (SupplyRow supply : coming) {
      Promising promising = byCode.get(supply.key().location());
      if (promising != null && !supply.overdue()) {
        Projection projection = projections.get(supply.key().location());
        LocalDate day = promising.shipDayOf(known.arrival(supply));
        long keptOfIt = keptComing.getOrDefault(supply.supplyId(), 0L);
        days.put(supply.supplyId(), day);
        projection.addSupply(day, supply.open(), keptOfIt);
        projection.addFree(day, supply.free() - keptOfIt);
      }
    }
    Set<String> overdue =
        coming.stream()
            .filter(SupplyRow::overdue)
            .map(SupplyRow::supplyId)
            .collect(Collectors.toSet());
    for (Departing departing : waiting.departing(sku)) {
      Projection projection = projections.get(departing.location());
      if (projection != null && !overdue.contains(departing.supplyId())) {
        projection.addDemand(departing.shipBy(), departing.quantity());
        LocalDate supplied = days.get(departing.supplyId());
        if (supplied != null && departing.shipBy().isBefore(supplied)) {
          // Told before the supplier was known to be so late: those who come later lose nothing.
          projection.addSupply(departing.shipBy(), departing.quantity());
          projection.addSupply(supplied, -departing.quantity());
        }
      }
    }
    return projections;
  }

  private static PromisableDay render(Day day) {
    return PromisableDay.newBuilder()
        .setDate(Wire.date(day.date()))
        .setSupplyQuantity(day.supply())
        .setDemandQuantity(day.demand())
        .setProjectedQuantity(day.projected())
        .setAvailableToPromiseQuantity(day.promisable())
        .build();
  }
}
