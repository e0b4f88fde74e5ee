package dev.backorder.inventory.transfer;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.TransferBook;
import dev.backorder.inventory.book.TransferMessages;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.queue.TransferSupplies;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferCall;
import dev.backorder.inventory.transit.model.TransferCause;
import dev.backorder.inventory.transit.model.TransferLine;
import dev.backorder.inventory.v1.CancelTransferRequest;
import dev.backorder.inventory.v1.CancelTransferResponse;
import dev.backorder.inventory.v1.CloseTransferRequest;
import dev.backorder.inventory.v1.CloseTransferResponse;
import dev.backorder.inventory.v1.DepartedUnits;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.RedateTransferResponse;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.ShipTransferResponse;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ships, closes, cancels and redates transfers. All stock rows of its lines are locked first, at
 * both ends, so nothing of it can arrive or be lost meanwhile.
 */
@ApplicationScoped
public class Transfers {
  private final TransferBook transfers;
  private final TransferSupplies transferSupplies;
  private final StockBook stock;
  private final Ledger ledger;
  private final HeldUnits heldUnits;
  private final Queues queues;
  private final Books books;
  private final Locations locations;
  private final RequestLog requests;
  private final Clock clock;

  Transfers(
      TransferBook transfers,
      TransferSupplies transferSupplies,
      StockBook stock,
      Ledger ledger,
      HeldUnits heldUnits,
      Queues queues,
      Books books,
      Locations locations,
      RequestLog requests,
      Clock clock) {
    this.transfers = transfers;
    this.transferSupplies = transferSupplies;
    this.stock = stock;
    this.ledger = ledger;
    this.heldUnits = heldUnits;
    this.queues = queues;
    this.books = books;
    this.locations = locations;
    this.requests = requests;
    this.clock = clock;
  }

  /** Records that one left, once. */
  @Transactional
  ShipTransferResponse ship(ShipTransferRequest request) {
    FieldProblems problems = new FieldProblems();
    Map<String, Long> fewer = new HashMap<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      DepartedUnits line = request.getLines(i);
      boolean first = fewer.put(line.getSku(), line.getQuantity()) == null;
      problems.check(first, "lines[%d].sku".formatted(i), "must not be named twice");
    }
    Optional<LocalDate> day =
        request.hasExpectedDate()
            ? Wire.day(request.getExpectedDate(), "expected_date", problems)
            : Optional.empty();
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        ShipTransferResponse.parser(),
        () ->
            ShipTransferResponse.newBuilder()
                .setTransfer(TransferMessages.render(ship(request, fewer, day)))
                .build());
  }

  /** Writes off what is in transit. */
  @Transactional
  CloseTransferResponse close(CloseTransferRequest request) {
    return requests.once(
        request.getRequestId(),
        request,
        CloseTransferResponse.parser(),
        () ->
            CloseTransferResponse.newBuilder()
                .setTransfer(TransferMessages.render(writeOff(request)))
                .build());
  }

  /** Cancels one that has not left. */
  @Transactional
  CancelTransferResponse cancel(CancelTransferRequest request) {
    return requests.once(
        request.getRequestId(),
        request,
        CancelTransferResponse.parser(),
        () ->
            CancelTransferResponse.newBuilder()
                .setTransfer(
                    TransferMessages.render(giveUp(request.getTransferId(), request.getReason())))
                .build());
  }

  /** Moves the day of arrival. */
  @Transactional
  RedateTransferResponse redate(RedateTransferRequest request) {
    FieldProblems problems = new FieldProblems();
    Optional<LocalDate> day = Wire.day(request.getExpectedDate(), "expected_date", problems);
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        RedateTransferResponse.parser(),
        () ->
            RedateTransferResponse.newBuilder()
                .setTransfer(
                    TransferMessages.render(move(request.getTransferId(), day.orElseThrow())))
                .build());
  }

  private Transfer ship(
      ShipTransferRequest request, Map<String, Long> fewer, Optional<LocalDate> day) {
    Locked locked = lock(request.getTransferId());
    Changes changes = locked.changes();
    Transfer before = locked.transfer();
    refuseUnless(before, TransferCall.SHIP);
    refuseBadLines(request, before);
    LocalDate expected = day.orElse(before.expectedDate());
    day.ifPresent(d -> refusePassed(before, d, changes));
    Transfer after = before.shipped(fewer, expected, changes.now());
    if (after.lines().stream().allMatch(line -> line.shipped() == 0)) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_NOTHING_TO_SHIP,
          "No unit of the transfer would leave: cancel it.",
          Map.of("transfer_id", before.id()));
    }
    SortedMap<StockKey, Long> moved = new TreeMap<>();
    SortedMap<String, Long> inTransit = new TreeMap<>();
    after.lines().stream()
        .filter(line -> line.shipped() > 0)
        .forEach(
            line -> {
              StockKey origin = new StockKey(line.sku(), after.from());
              moved.put(origin, -line.shipped());
              inTransit.put(line.sku(), line.shipped());
              changes.add(origin, StockDelta.onHand(-line.shipped()));
              changes.add(origin, StockDelta.outgoing(-line.shipped()));
            });
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    ledger.postAll(
        List.of(
            new Ledger.Movement(
                new Ledger.Posting(
                    Ledger.Kind.TRANSFER_SHIPMENT,
                    "transfer to " + after.to(),
                    actor,
                    after.id(),
                    changes.now()),
                moved,
                new TreeMap<>(),
                inTransit)),
        changes.locked());
    transfers.save(after, TransferCause.SHIPPED);
    transferSupplies.follow(changes, after);
    SortedMap<StockKey, Long> left = new TreeMap<>();
    for (int i = 0; i < before.lines().size(); i++) {
      TransferLine line = before.lines().get(i);
      left.put(
          new StockKey(line.sku(), before.from()),
          line.outgoing() - after.lines().get(i).shipped());
    }
    giveBack(changes, left);
    books.close(changes);
    return after;
  }

  private Transfer writeOff(CloseTransferRequest request) {
    Locked locked = lock(request.getTransferId());
    Changes changes = locked.changes();
    Transfer before = locked.transfer();
    refuseUnless(before, TransferCall.CLOSE);
    SortedMap<String, Long> lost = new TreeMap<>();
    before.lines().stream()
        .filter(line -> line.inTransit() > 0)
        .forEach(line -> lost.put(line.sku(), -line.inTransit()));
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    ledger.postAll(
        List.of(
            new Ledger.Movement(
                new Ledger.Posting(
                    Ledger.Kind.TRANSFER_LOSS,
                    request.getReason(),
                    actor,
                    before.id(),
                    changes.now()),
                new TreeMap<>(),
                new TreeMap<>(),
                lost)),
        changes.locked());
    Transfer after = before.closed(request.getReason(), changes.now());
    transfers.save(after, TransferCause.CLOSED);
    transferSupplies.follow(changes, after);
    books.close(changes);
    return after;
  }

  private Transfer giveUp(String transferId, String reason) {
    Locked locked = lock(transferId);
    Changes changes = locked.changes();
    Transfer before = locked.transfer();
    refuseUnless(before, TransferCall.CANCEL);
    Transfer after = before.cancelled(reason, changes.now());
    transfers.save(after, TransferCause.CANCELLED);
    transferSupplies.follow(changes, after);
    SortedMap<StockKey, Long> freed = new TreeMap<>();
    before
        .lines()
        .forEach(line -> freed.put(new StockKey(line.sku(), before.from()), line.outgoing()));
    giveBack(changes, freed);
    books.close(changes);
    return after;
  }

  private Transfer move(String transferId, LocalDate day) {
    Locked locked = lock(transferId);
    Changes changes = locked.changes();
    Transfer before = locked.transfer();
    refuseUnless(before, TransferCall.REDATE);
    refusePassed(before, day, changes);
    if (before.expectedDate().equals(day)) {
      return before;
    }
    Transfer after = before.redated(day, changes.now());
    transfers.save(after, TransferCause.REDATED);
    transferSupplies.follow(changes, after);
    books.close(changes);
    return after;
  }

  /** A transfer and the books of its lines at both ends, all locked. */
  private record Locked(Changes changes, Transfer transfer) {}

  private Locked lock(String transferId) {
    Transfer seen =
        transfers
            .find(transferId)
            .orElseThrow(
                () ->
                    DomainException.notFound(
                        ErrorReason.ERROR_REASON_TRANSFER_NOT_FOUND, "transfer", transferId));
    TreeSet<StockKey> keys = new TreeSet<>();
    for (TransferLine line : seen.lines()) {
      keys.add(new StockKey(line.sku(), seen.from()));
      keys.add(new StockKey(line.sku(), seen.to()));
    }
    Changes changes = new Changes(clock.instant(), stock.lock(keys));
    heldUnits.endExpired(changes);
    // Which items it has never changes; how many units, only under these locks.
    return new Locked(changes, transfers.lock(List.of(transferId)).get(transferId));
  }

  /** Units that do not leave are free again and serve the queue (AL5). */
  private void giveBack(Changes changes, SortedMap<StockKey, Long> freed) {
    freed.values().removeIf(units -> units == 0);
    freed.forEach((key, units) -> changes.add(key, StockDelta.outgoing(-units)));
    freed.forEach(
        (key, units) -> {
          queues.serve(changes, key, units, "");
          queues.settle(changes, key);
        });
  }

  private static void refuseBadLines(ShipTransferRequest request, Transfer transfer) {
    Map<String, TransferLine> bySku = new HashMap<>();
    transfer.lines().forEach(line -> bySku.put(line.sku(), line));
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getLinesCount(); i++) {
      TransferLine line = bySku.get(request.getLines(i).getSku());
      if (line == null) {
        problems.add("lines[%d].sku".formatted(i), "is not in the transfer");
      } else {
        problems.check(
            request.getLines(i).getQuantity() <= line.outgoing(),
            "lines[%d].quantity".formatted(i),
            "must not be above the %d that are set aside".formatted(line.outgoing()));
      }
    }
    problems.throwIfAny();
  }

  private void refusePassed(Transfer transfer, LocalDate day, Changes changes) {
    LocalDate today = locations.find(transfer.to()).orElseThrow().today(changes.now());
    if (day.isBefore(today)) {
      throw DomainException.invalid("expected_date", "must not be before today there");
    }
  }

  private static void refuseUnless(Transfer transfer, TransferCall call) {
    if (transfer.state().allows(call)) {
      return;
    }
    String message =
        switch (transfer.state()) {
          case PLANNED -> "The transfer has not left: cancel it.";
          case SHIPPED ->
              call == TransferCall.CANCEL
                  ? "The transfer has left: receive it and plan a transfer back, or close it when nothing more arrives."
                  : "The transfer has left already: it ships once, what still has to move is a new transfer.";
          case RECEIVED, CLOSED, CANCELLED -> "The transfer is over.";
        };
    throw DomainException.precondition(
        ErrorReason.ERROR_REASON_TRANSFER_STATE,
        message,
        Map.of("transfer_id", transfer.id(), "state", transfer.state().name()));
  }
}
