package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.LockedHoldings.Locked;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationBook.LineDelta;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ReleaseAllocationResponse;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Gives units back before they left. Waiting ones go first: that frees a place in the queue and a
 * peg, never a unit (AL7). Reserved ones serve the queue in the same transaction (AL5).
 */
@ApplicationScoped
public class Releases {
  private final LockedHoldings holdings;
  private final AllocationBook allocations;
  private final PortionBook portions;
  private final Queues queues;
  private final FencedUnits fencedUnits;
  private final Books books;
  private final RequestLog requests;

  Releases(
      LockedHoldings holdings,
      AllocationBook allocations,
      PortionBook portions,
      Queues queues,
      FencedUnits fencedUnits,
      Books books,
      RequestLog requests) {
    this.holdings = holdings;
    this.allocations = allocations;
    this.portions = portions;
    this.queues = queues;
    this.fencedUnits = fencedUnits;
    this.books = books;
    this.requests = requests;
  }

  /** Gives back units of some lines, or all that has not left. */
  @Transactional
  ReleaseAllocationResponse release(ReleaseAllocationRequest request) {
    LockedHoldings.refuseRepeatedLines(request.getLinesList());
    return requests.once(
        request.getRequestId(),
        request,
        ReleaseAllocationResponse.parser(),
        () ->
            ReleaseAllocationResponse.newBuilder()
                .setAllocation(AllocationMessages.render(giveBack(request)))
                .build());
  }

  private OrderHolding giveBack(ReleaseAllocationRequest request) {
    Locked locked =
        holdings.lock(
            request.getOrderId(),
            holding -> holding.portions().stream().map(Portion::key).collect(Collectors.toSet()));
    Changes changes = locked.changes();
    SortedMap<StockKey, Long> freed = new TreeMap<>();
    List<LineDelta> lines = new ArrayList<>();
    PortionCuts cuts = new PortionCuts();
    for (LineQuantity wanted : wanted(request, locked.holding())) {
      CallersLine line = locked.line(wanted.getLineId());
      LockedHoldings.refuseAbove(line.held(), wanted.getLineId(), wanted.getQuantity());
      lines.addAll(line.deltas(0, wanted.getQuantity(), 0));
      line.worst(wanted.getQuantity())
          .forEach(
              (location, units) ->
                  line.shares()
                      .forEach(
                          share ->
                              cut(
                                  changes,
                                  freed,
                                  cuts,
                                  locked.holding().portionsAt(share, location),
                                  units * share.perUnit())));
    }
    if (lines.isEmpty()) {
      return locked.holding();
    }
    cuts.write(portions);
    allocations.addToLines(lines);
    changes.touch(request.getOrderId(), ChangeCause.RELEASED);
    freed.forEach(
        (key, units) -> {
          queues.serve(changes, key, units, "");
          queues.settle(changes, key);
        });
    return books.closeAndRead(changes, request.getOrderId());
  }

  private static List<LineQuantity> wanted(ReleaseAllocationRequest request, OrderHolding holding) {
    if (request.getLinesCount() > 0) {
      return request.getLinesList();
    }
    List<LineQuantity> all = new ArrayList<>();
    for (AllocationLineRow line : holding.ordered()) {
      long units = CallersLine.of(holding, line).held();
      if (units > 0) {
        all.add(LineQuantity.newBuilder().setLineId(line.lineId()).setQuantity(units).build());
      }
    }
    return all;
  }

  /** Waiting units before reserved ones, those with the latest date first. */
  private void cut(
      Changes changes,
      SortedMap<StockKey, Long> freed,
      PortionCuts cuts,
      List<Portion> held,
      long units) {
    cuts.cut(
        held.stream().sorted(CallersLine.WORST_FIRST).toList(),
        units,
        (portion, part) -> {
          if (portion.reserved()) {
            changes.add(portion.key(), StockDelta.reserved(-part));
          } else {
            changes.addWaiting(portion.key(), portion.channel(), -part);
            changes.patient(portion.key(), -portion.withQuantity(part).patient());
          }
          changes.peg(portion.supplyId(), -part);
          if (portion.isOwn()) {
            fencedUnits.lost(changes, portion, part);
          }
          // Also a queue that lost a waiting line is served with nothing: its freed peg passes on.
          freed.merge(portion.key(), portion.reserved() ? part : 0L, Math::addExact);
        });
  }
}
