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
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.quality.Quarantine;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AcceptReturnResponse;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Shipped units come back and serve the queue (AL5), those in doubt after an inspection. */
@ApplicationScoped
public class Returns {
  private final LockedHoldings holdings;
  private final AllocationBook allocations;
  private final Ledger ledger;
  private final Queues queues;
  private final Quarantine quarantine;
  private final Books books;
  private final Locations locations;
  private final RequestLog requests;

  Returns(
      LockedHoldings holdings,
      AllocationBook allocations,
      Ledger ledger,
      Queues queues,
      Quarantine quarantine,
      Books books,
      Locations locations,
      RequestLog requests) {
    this.holdings = holdings;
    this.allocations = allocations;
    this.ledger = ledger;
    this.queues = queues;
    this.quarantine = quarantine;
    this.books = books;
    this.locations = locations;
    this.requests = requests;
  }

  /** Records what came back. */
  @Transactional
  AcceptReturnResponse accept(AcceptReturnRequest request) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    return requests.once(
        request.getRequestId(),
        request,
        AcceptReturnResponse.parser(),
        () ->
            AcceptReturnResponse.newBuilder()
                .setAllocation(AllocationMessages.render(record(request)))
                .build());
  }

  private OrderHolding record(AcceptReturnRequest request) {
    if (locations.find(request.getLocation()).isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", request.getLocation());
    }
    Locked locked =
        holdings.lock(
            request.getOrderId(),
            holding -> Departures.keys(holding, request.getLinesList(), request.getLocation()));
    Changes changes = locked.changes();
    SortedMap<StockKey, Long> back = new TreeMap<>();
    List<LineDelta> lines = new ArrayList<>();
    for (LineQuantity returned : request.getLinesList()) {
      CallersLine line = locked.line(returned.getLineId());
      LockedHoldings.refuseAbove(
          line.row().shipped() - line.row().returned(),
          returned.getLineId(),
          returned.getQuantity());
      lines.addAll(line.deltas(0, 0, returned.getQuantity()));
      for (Share share : line.shares()) {
        back.merge(
            new StockKey(share.line().sku(), request.getLocation()),
            returned.getQuantity() * share.perUnit(),
            Math::addExact);
      }
    }
    allocations.addToLines(lines);
    String reason = request.getReason().isEmpty() ? "return" : request.getReason();
    boolean toInspect = request.getQualityHold();
    SortedMap<StockKey, Long> none = new TreeMap<>();
    ledger.postAll(
        List.of(
            new Ledger.Movement(
                new Ledger.Posting(
                    Ledger.Kind.RETURN,
                    reason,
                    Calls.caller(),
                    request.getOrderId(),
                    changes.now()),
                toInspect ? none : back,
                toInspect ? back : none)),
        changes.locked());
    changes.touch(request.getOrderId(), ChangeCause.RETURNED);
    back.forEach(
        (key, units) -> {
          if (toInspect) {
            // Nobody counts on what a customer sent back.
            quarantine.hold(
                changes,
                new Quarantine.Suspects(
                    key,
                    units,
                    reason,
                    Calls.caller(),
                    request.getOrderId(),
                    "",
                    Optional.empty()));
          } else {
            changes.add(key, StockDelta.onHand(units));
            queues.serve(changes, key, units, "");
            queues.settle(changes, key);
          }
        });
    return books.closeAndRead(changes, request.getOrderId());
  }
}
