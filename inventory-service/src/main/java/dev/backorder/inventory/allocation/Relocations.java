package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.LockedHoldings.Locked;
import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.AllocationRow;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.ChannelBook;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.Place;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.supplierterms.Suppliers;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.MoveAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets another location serve units of an order. What can be had there is decided by the function
 * that decides orders, so nobody who waits there is overtaken and no limit is exceeded.
 */
@ApplicationScoped
public class Relocations {
  private final LockedHoldings holdings;
  private final StockBook stock;
  private final SupplyBook supplies;
  private final ChannelBook channels;
  private final PortionBook portions;
  private final Queues queues;
  private final FencedUnits fencedUnits;
  private final Books books;
  private final Items items;
  private final Locations locations;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final RequestLog requests;

  Relocations(
      LockedHoldings holdings,
      StockBook stock,
      SupplyBook supplies,
      ChannelBook channels,
      PortionBook portions,
      Queues queues,
      FencedUnits fencedUnits,
      Books books,
      Items items,
      Locations locations,
      Promisings promisings,
      Suppliers suppliers,
      RequestLog requests) {
    this.holdings = holdings;
    this.stock = stock;
    this.supplies = supplies;
    this.channels = channels;
    this.portions = portions;
    this.queues = queues;
    this.fencedUnits = fencedUnits;
    this.books = books;
    this.items = items;
    this.locations = locations;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.requests = requests;
  }

  /** Moves units of some lines, all or none. */
  @Transactional
  MoveAllocationResponse move(MoveAllocationRequest request) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    FieldProblems problems = new FieldProblems();
    problems.check(
        !request.getFromLocation().equals(request.getToLocation()),
        "to_location",
        "must not be the from_location");
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        MoveAllocationResponse.parser(),
        () ->
            MoveAllocationResponse.newBuilder()
                .setAllocation(AllocationMessages.render(relocate(request)))
                .build());
  }

  private OrderHolding relocate(MoveAllocationRequest request) {
    refuseUnlessActive(request.getToLocation());
    Set<String> lineIds =
        request.getLinesList().stream().map(LineQuantity::getLineId).collect(Collectors.toSet());
    Locked locked =
        holdings.lock(
            request.getOrderId(), holding -> keys(holding, lineIds, request.getToLocation()));
    Changes changes = locked.changes();
    PortionCuts cuts = new PortionCuts();
    List<Portion> moved = new ArrayList<>();
    SortedMap<StockKey, Long> freed = new TreeMap<>();
    for (LineQuantity wanted : request.getLinesList()) {
      CallersLine line = locked.line(wanted.getLineId());
      String from = request.getFromLocation();
      LockedHoldings.refuseAbove(line.heldAt(from), wanted.getLineId(), wanted.getQuantity());
      for (Share share : line.shares()) {
        Taken taken =
            take(
                changes,
                cuts,
                new StockKey(share.line().sku(), from),
                locked.holding().portionsAt(share, from),
                wanted.getQuantity() * share.perUnit());
        freed.merge(taken.from(), taken.reserved(), Math::addExact);
        moved.addAll(give(changes, locked.holding(), share.line(), request.getToLocation(), taken));
      }
    }
    cuts.write(portions);
    portions.insert(moved);
    changes.touch(request.getOrderId(), ChangeCause.MOVED);
    freed.forEach(
        (key, units) -> {
          queues.serve(changes, key, units, "");
          queues.settle(changes, key);
        });
    return books.closeAndRead(changes, request.getOrderId());
  }

  private void refuseUnlessActive(String code) {
    boolean isActive = locations.active().stream().anyMatch(l -> l.code().equals(code));
    if (isActive) {
      return;
    }
    if (locations.find(code).isEmpty()) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", code);
    }
    throw DomainException.precondition(
        ErrorReason.ERROR_REASON_LOCATION_INACTIVE,
        "The location takes no part: it is inactive.",
        Map.of("location", code));
  }

  /** All rows of the items, because their limits count what waits anywhere. */
  private Set<StockKey> keys(OrderHolding holding, Set<String> lineIds, String to) {
    Set<String> skus =
        holding.ordered().stream()
            .filter(line -> lineIds.contains(line.lineId()))
            .flatMap(line -> CallersLine.of(holding, line).shares().stream())
            .map(share -> share.line().sku())
            .collect(Collectors.toSet());
    Set<StockKey> keys = new TreeSet<>(stock.read(skus).keySet());
    skus.forEach(sku -> keys.add(new StockKey(sku, to)));
    return keys;
  }

  /**
   * What a line gave up at one location.
   *
   * @param due the day from which its units are wanted
   * @param since when the first of it began to wait, or was reserved
   */
  private record Taken(StockKey from, long reserved, long waiting, LocalDate due, Instant since) {}

  /** Waiting units before reserved ones, those with the latest date first. */
  private Taken take(
      Changes changes, PortionCuts cuts, StockKey from, List<Portion> there, long units) {
    long[] reserved = new long[1];
    cuts.cut(
        there.stream().sorted(CallersLine.WORST_FIRST).toList(),
        units,
        (portion, part) -> {
          if (portion.reserved()) {
            changes.add(from, StockDelta.reserved(-part));
            reserved[0] += part;
          } else {
            changes.addWaiting(from, portion.channel(), -part);
            changes.patient(from, -portion.withQuantity(part).patient());
            changes.peg(portion.supplyId(), -part);
          }
          if (portion.isOwn()) {
            fencedUnits.lost(changes, portion, part);
          }
        });
    Instant since =
        there.stream().map(Portion::since).min(Comparator.naturalOrder()).orElse(changes.now());
    LocalDate due = there.get(0).place().due();
    return new Taken(from, reserved[0], units - reserved[0], due, since);
  }

  private List<Portion> give(
      Changes changes, OrderHolding holding, AllocationLineRow line, String to, Taken taken) {
    AllocationRow order = holding.allocation();
    Decision decision = decide(changes, order, line, to, taken);
    int number =
        holding.portionsOf(line.lineNo()).stream()
            .mapToInt(p -> p.id().portionNo())
            .max()
            .orElse(0);
    StockKey key = new StockKey(line.sku(), to);
    String channel = order.context().channel();
    Segment segment = new Segment(channel, order.context().customerClass());
    List<Portion> portionsThere = new ArrayList<>();
    for (Grant grant : decision.grants()) {
      number++;
      portionsThere.add(
          new Portion(
              new PortionId(order.orderId(), line.lineNo(), number),
              key,
              grant.reserved(),
              grant.quantity(),
              new Place(order.context().priority(), taken.due(), order.sequence()),
              segment,
              grant.supplyId(),
              grant.promise(),
              grant.terms(),
              taken.since()));
      if (grant.reserved()) {
        changes.add(key, StockDelta.reserved(grant.quantity()));
      } else {
        changes.addWaiting(key, channel, grant.quantity());
        changes.patient(key, grant.isPatient() ? grant.quantity() : 0);
        changes.peg(grant.supplyId(), grant.quantity());
      }
      if (grant.reserved() || !grant.supplyId().isEmpty()) {
        fencedUnits.got(
            changes,
            new PortionId(order.orderId(), line.lineNo(), 0),
            key,
            segment,
            grant.quantity());
      }
    }
    return portionsThere;
  }

  private Decision decide(
      Changes changes, AllocationRow order, AllocationLineRow line, String to, Taken taken) {
    String sku = line.sku();
    String channel = order.context().channel();
    SortedMap<StockKey, StockRow> rows = new TreeMap<>();
    changes.locked().keySet().stream()
        .filter(key -> key.sku().equals(sku))
        .forEach(key -> rows.put(key, changes.row(key)));
    List<Promising> active = promisings.active(changes.now());
    Map<String, Map<String, Long>> waiting = new HashMap<>();
    // The book of channels is written at the end: what this transaction moved is still in it.
    waiting.put(
        sku,
        new HashMap<>(
            channels
                .waiting(Set.of(sku), Set.of(channel), changes.now())
                .getOrDefault(sku, Map.of())));
    waiting.get(sku).computeIfPresent(channel, (c, units) -> units + changes.waitingOn(sku, c));
    List<SupplyRow> coming = supplies.live(Set.of(sku)).stream().map(changes::withPegs).toList();
    ItemBook whole =
        ItemBooks.of(
                Set.of(sku),
                rows,
                coming,
                waiting,
                active,
                Map.of(sku, fencedUnits.of(changes, sku)),
                suppliers.of(Set.of(sku), coming))
            .get(sku);
    ItemPolicy policy = items.policies(Set.of(sku), channel).get(sku);
    Buyer buyer =
        new Buyer(
            channel,
            order.context().customerClass(),
            order.context().priority(),
            order.context().destinationCountry(),
            Optional.empty());
    Decision decision =
        new Decider(Map.of(sku, whole.at(to)))
            .decide(
                new Question(
                    List.of(new Demand(sku, taken.reserved() + taken.waiting(), line.wanted())),
                    buyer,
                    Map.of(sku, policy),
                    OwnHold.NONE),
                ShortageRule.REFUSE_ORDER);
    if (!decision.isComplete()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_CANNOT_MOVE,
          "Not all of the units can be had at the other location.",
          Map.of(
              "line_id", line.lineId(),
              "possible", Long.toString(decision.grantedTo(0)),
              "reason", decision.shortages().get(0).reason().name()));
    }
    return decision;
  }
}
