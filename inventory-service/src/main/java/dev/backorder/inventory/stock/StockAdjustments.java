package dev.backorder.inventory.stock;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.queue.Losses;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AdjustStockResponse;
import dev.backorder.inventory.v1.AdjustmentKind;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** Units that are found or lost, by somebody's decision. What is found serves the queue (AL5). */
@ApplicationScoped
public class StockAdjustments {
  private final StockBook stock;
  private final Ledger ledger;
  private final Queues queues;
  private final HeldUnits heldUnits;
  private final Losses losses;
  private final Books books;
  private final Items items;
  private final Locations locations;
  private final RequestLog requests;
  private final Clock clock;

  StockAdjustments(
      StockBook stock,
      Ledger ledger,
      Queues queues,
      HeldUnits heldUnits,
      Losses losses,
      Books books,
      Items items,
      Locations locations,
      RequestLog requests,
      Clock clock) {
    this.stock = stock;
    this.ledger = ledger;
    this.queues = queues;
    this.heldUnits = heldUnits;
    this.losses = losses;
    this.books = books;
    this.items = items;
    this.locations = locations;
    this.requests = requests;
    this.clock = clock;
  }

  /** Adds or takes units, all or none. */
  @Transactional
  AdjustStockResponse adjust(AdjustStockRequest request) {
    SortedMap<StockKey, Long> moved = parse(request);
    return requests.once(
        request.getRequestId(),
        request,
        AdjustStockResponse.parser(),
        () ->
            AdjustStockResponse.newBuilder()
                .setLedgerTransactionId(record(request, moved).toString())
                .build());
  }

  private static SortedMap<StockKey, Long> parse(AdjustStockRequest request) {
    FieldProblems problems = new FieldProblems();
    SortedMap<StockKey, Long> moved = new TreeMap<>();
    for (int i = 0; i < request.getAdjustmentsCount(); i++) {
      StockAdjustment adjustment = request.getAdjustments(i);
      StockKey key = new StockKey(adjustment.getSku(), request.getLocation());
      boolean first = moved.putIfAbsent(key, adjustment.getQuantity()) == null;
      problems.check(first, "adjustments[%d].sku".formatted(i), "must not be named twice");
    }
    problems.throwIfAny();
    return moved;
  }

  private UUID record(AdjustStockRequest request, SortedMap<StockKey, Long> moved) {
    refuseUnknown(request.getLocation(), moved.keySet());
    Instant now = clock.instant();
    boolean isFinding = request.getKind() == AdjustmentKind.ADJUSTMENT_KIND_DISCREPANCY;
    Changes changes =
        new Changes(now, stock.lock(isFinding ? losses.toLock(moved.keySet()) : moved.keySet()));
    items.refuseKits(moved.keySet().stream().map(StockKey::sku).toList());
    heldUnits.endExpired(changes);
    moved.forEach((key, units) -> refuseIfTaken(changes, key, units, isFinding));
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    UUID id =
        ledger.post(
            new Ledger.Posting(Ledger.Kind.ADJUSTMENT, request.getReason(), actor, "", now),
            moved,
            changes.locked());
    moved.forEach((key, units) -> changes.add(key, StockDelta.onHand(units)));
    Set<StockKey> lacking = losses.take(changes, moved.keySet());
    moved.forEach(
        (key, units) -> {
          boolean served = units > 0 && queues.serve(changes, key, units, "") > 0;
          if (served || lacking.contains(key)) {
            queues.settle(changes, key);
          }
        });
    books.close(changes);
    return id;
  }

  private void refuseUnknown(String location, Set<StockKey> keys) {
    if (locations.find(location).isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", location);
    }
    TreeSet<String> unknown = new TreeSet<>();
    keys.forEach(key -> unknown.add(key.sku()));
    unknown.removeAll(items.policies(Set.copyOf(unknown), "").keySet());
    if (!unknown.isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, "item", unknown.first());
    }
  }

  private static void refuseIfTaken(Changes changes, StockKey key, long units, boolean isFinding) {
    long free = isFinding ? changes.row(key).onHand() : changes.row(key).free();
    if (free + units < 0) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_NOT_ENOUGH_ON_HAND,
          isFinding ? "Fewer units are on hand." : "Fewer units are on hand and free to take.",
          Map.of("sku", key.sku(), "possible", Long.toString(free)));
    }
  }
}
