package dev.backorder.inventory.quality;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.RejectionKind;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Ends the inspection of units: those that are fit serve the queue (AL5), first the lines pegged to
 * the hold; the others leave.
 */
@ApplicationScoped
public class QualityReleases {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final Ledger ledger;
  private final QualityHoldBook holds;
  private final Queues queues;
  private final Books books;
  private final RequestLog requests;
  private final Clock clock;

  QualityReleases(
      StockBook stock,
      SupplyBook supplies,
      Ledger ledger,
      QualityHoldBook holds,
      Queues queues,
      Books books,
      RequestLog requests,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.ledger = ledger;
    this.holds = holds;
    this.queues = queues;
    this.books = books;
    this.requests = requests;
    this.clock = clock;
  }

  /** Releases all or a part of the units. */
  @Transactional
  ReleaseQualityHoldResponse release(ReleaseQualityHoldRequest request) {
    FieldProblems problems = new FieldProblems();
    problems.check(
        request.getAcceptedQuantity() + request.getRejectedQuantity() > 0,
        "accepted_quantity",
        "must be at least 1 together with rejected_quantity");
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        ReleaseQualityHoldResponse.parser(),
        () -> record(request));
  }

  private ReleaseQualityHoldResponse record(ReleaseQualityHoldRequest request) {
    StockKey key = find(request.getQualityHoldId()).key();
    Changes changes = new Changes(clock.instant(), stock.lock(List.of(key)));
    // Read again under the lock.
    QualityHoldRow before = find(request.getQualityHoldId());
    long accepted = request.getAcceptedQuantity();
    long rejected = request.getRejectedQuantity();
    if (accepted + rejected > before.held()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_NOT_ENOUGH_HELD,
          "Fewer units are in quality hold.",
          Map.of("quality_hold_id", before.id(), "possible", Long.toString(before.held())));
    }
    QualityHoldRow after = before.released(accepted, rejected);
    holds.update(after);
    post(changes, before, request);
    changes.add(
        key, StockDelta.onHand(accepted).plus(StockDelta.quarantined(-accepted - rejected)));
    if (after.expectedDate().isPresent()) {
      followSupply(changes, after);
    }
    String supplyId = after.expectedDate().isPresent() ? after.id() : "";
    long toQueue = queues.serve(changes, key, accepted, supplyId);
    queues.settle(changes, key);
    books.close(changes);
    return ReleaseQualityHoldResponse.newBuilder()
        .setQualityHold(QualityMessages.render(after))
        .setQueueQuantity(toQueue)
        .build();
  }

  private void followSupply(Changes changes, QualityHoldRow hold) {
    SupplyRow before = supplies.find(hold.id()).orElseThrow();
    SupplyRow after =
        before.withExpected(hold.quantity() - hold.rejected()).withReceived(hold.accepted());
    supplies.save(List.of(after));
    changes.add(hold.key(), StockDelta.coming(after.open() - before.open(), 0));
  }

  /**
   * What was accepted, then what was rejected: the balance of quarantine follows from one to the
   * other.
   */
  private void post(Changes changes, QualityHoldRow hold, ReleaseQualityHoldRequest request) {
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    long accepted = request.getAcceptedQuantity();
    long rejected = request.getRejectedQuantity();
    SortedMap<StockKey, Long> none = new TreeMap<>();
    if (accepted > 0) {
      ledger.postAll(
          List.of(
              new Ledger.Movement(
                  posting(Ledger.Kind.RELEASE, request, actor, changes),
                  units(hold.key(), accepted),
                  units(hold.key(), -accepted))),
          changes.locked());
    }
    if (rejected > 0) {
      Ledger.Kind kind =
          request.getRejectionKind() == RejectionKind.REJECTION_KIND_SUPPLIER_RETURN
              ? Ledger.Kind.SUPPLIER_RETURN
              : Ledger.Kind.SCRAP;
      ledger.postAll(
          List.of(
              new Ledger.Movement(
                  posting(kind, request, actor, changes), none, units(hold.key(), -rejected))),
          Map.of(
              hold.key(),
              changes.locked().get(hold.key()).plus(StockDelta.quarantined(-accepted))));
    }
  }

  private static Ledger.Posting posting(
      Ledger.Kind kind, ReleaseQualityHoldRequest request, String actor, Changes changes) {
    return new Ledger.Posting(
        kind, request.getReason(), actor, request.getQualityHoldId(), changes.now());
  }

  private static SortedMap<StockKey, Long> units(StockKey key, long units) {
    return new TreeMap<>(Map.of(key, units));
  }

  private QualityHoldRow find(String id) {
    return holds
        .find(id)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_QUALITY_HOLD_NOT_FOUND, "quality_hold", id));
  }
}
