package dev.backorder.inventory.quality;

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
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldResponse;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Takes units from the shelf that somebody suspects, whoever they were for. */
@ApplicationScoped
public class QualityHolds {
  private final StockBook stock;
  private final Ledger ledger;
  private final Quarantine quarantine;
  private final Queues queues;
  private final HeldUnits heldUnits;
  private final Losses losses;
  private final Books books;
  private final Items items;
  private final Locations locations;
  private final RequestLog requests;
  private final Clock clock;

  QualityHolds(
      StockBook stock,
      Ledger ledger,
      Quarantine quarantine,
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
    this.quarantine = quarantine;
    this.queues = queues;
    this.heldUnits = heldUnits;
    this.losses = losses;
    this.books = books;
    this.items = items;
    this.locations = locations;
    this.requests = requests;
    this.clock = clock;
  }

  /** Holds units of the shelf. */
  @Transactional
  PlaceQualityHoldResponse place(PlaceQualityHoldRequest request) {
    FieldProblems problems = new FieldProblems();
    Optional<LocalDate> day =
        request.hasExpectedDate()
            ? Wire.day(request.getExpectedDate(), "expected_date", problems)
            : Optional.empty();
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        PlaceQualityHoldResponse.parser(),
        () ->
            PlaceQualityHoldResponse.newBuilder()
                .setQualityHold(QualityMessages.render(record(request, day)))
                .build());
  }

  private QualityHoldRow record(PlaceQualityHoldRequest request, Optional<LocalDate> day) {
    StockKey key = new StockKey(request.getSku(), request.getLocation());
    refuseUnknown(key);
    Changes changes = new Changes(clock.instant(), stock.lock(losses.toLock(List.of(key))));
    heldUnits.endExpired(changes);
    long units = request.getQuantity();
    if (units > changes.row(key).onHand()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_NOT_ENOUGH_ON_HAND,
          "Fewer units are on hand.",
          Map.of("sku", key.sku(), "possible", Long.toString(changes.row(key).onHand())));
    }
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    changes.add(key, StockDelta.onHand(-units));
    QualityHoldRow hold =
        quarantine.add(
            changes, new Quarantine.Suspects(key, units, request.getReason(), actor, "", "", day));
    ledger.postAll(
        List.of(
            new Ledger.Movement(
                new Ledger.Posting(
                    Ledger.Kind.QUARANTINE, request.getReason(), actor, hold.id(), changes.now()),
                new TreeMap<>(Map.of(key, -units)),
                new TreeMap<>(Map.of(key, units)))),
        changes.locked());
    losses.take(changes, List.of(key));
    queues.settle(changes, key);
    books.close(changes);
    return hold;
  }

  private void refuseUnknown(StockKey key) {
    if (locations.find(key.location()).isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", key.location());
    }
    if (items.policies(Set.of(key.sku()), "").isEmpty()) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, "item", key.sku());
    }
  }
}
