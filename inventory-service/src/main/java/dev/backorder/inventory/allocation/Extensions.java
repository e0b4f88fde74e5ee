package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.OpenBooks.Open;
import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Adds lines to orders that hold something already. The new lines are decided by the function that
 * decides orders, under the same locks, with a place of their own at the end of the queue: what the
 * order holds is neither touched nor counted for them. It is rare, so it does not pass through the
 * lane.
 */
@ApplicationScoped
class Extensions {
  private static final int MOST_LINES = 2_000;

  private final OpenBooks openBooks;
  private final LockedHoldings holdings;
  private final Allocations allocations;
  private final AllocationBook book;
  private final Books books;
  private final RequestLog requests;

  Extensions(
      OpenBooks openBooks,
      LockedHoldings holdings,
      Allocations allocations,
      AllocationBook book,
      Books books,
      RequestLog requests) {
    this.openBooks = openBooks;
    this.holdings = holdings;
    this.allocations = allocations;
    this.book = book;
    this.books = books;
    this.requests = requests;
  }

  /** Adds lines, or says what of them cannot be had. */
  @Transactional
  ExtendAllocationResponse extend(ExtendAllocationRequest request) {
    check(request);
    return requests.once(
        request.getRequestId(),
        request,
        ExtendAllocationResponse.parser(),
        () -> decide(request, holdings.read(request.getOrderId())));
  }

  private static void check(ExtendAllocationRequest request) {
    FieldProblems problems = new FieldProblems();
    Set<String> lineIds = new HashSet<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      AllocateOrderLine line = request.getLines(i);
      problems.check(
          lineIds.add(line.getLineId()),
          "lines[%d].line_id".formatted(i),
          "must be unique in the order");
      if (line.hasWantedDate()) {
        WantedDates.check(line.getWantedDate(), "lines[%d].wanted_date".formatted(i), problems);
      }
    }
    problems.throwIfAny();
  }

  private ExtendAllocationResponse decide(ExtendAllocationRequest request, OrderHolding known) {
    // The circumstances of an order never change, so they are read before the locks are taken.
    Buyer buyer = SalesContexts.buyer(AllocationMessages.render(known).getSalesContext());
    Open open =
        openBooks.open(
            request.getLinesList().stream()
                .map(AllocateOrderLine::getSku)
                .collect(Collectors.toSet()),
            Set.of(buyer.channel()),
            Set.of());
    book.lock(List.of(request.getOrderId()));
    OrderHolding before = holdings.read(request.getOrderId());
    refuseUnfit(request, before);
    Map<String, ItemPolicy> policies = open.policies().get(buyer.channel());
    ShortageRule rule = SalesContexts.shortageRule(request.getShortageRule());
    Decision decision =
        open.decider().decide(new Question(demands(request), buyer, policies, OwnHold.NONE), rule);
    OrderHolding after =
        decision.isTaken(rule)
            ? add(open.changes(), request, before, buyer, decision, policies)
            : unchanged(open.changes(), before);
    return ExtendAllocationResponse.newBuilder()
        .setAllocation(AllocationMessages.render(after))
        .addAllRefusals(
            RefusalMessages.of(
                decision,
                i -> {
                  AllocateOrderLine line = request.getLines(i);
                  return new RefusalMessages.Line(
                      line.getLineId(), line.getSku(), line.getQuantity());
                }))
        .setExtended(decision.isTaken(rule))
        .build();
  }

  private static void refuseUnfit(ExtendAllocationRequest request, OrderHolding order) {
    List<AllocationLineRow> ordered = order.ordered();
    int lines = ordered.size() + request.getLinesCount();
    if (lines > MOST_LINES) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_TOO_MANY_LINES,
          "The order would have more lines than an order may.",
          Map.of(
              "order_id", request.getOrderId(),
              "lines", Integer.toString(lines),
              "limit", Integer.toString(MOST_LINES)));
    }
    Set<String> taken = ordered.stream().map(AllocationLineRow::lineId).collect(Collectors.toSet());
    request.getLinesList().stream()
        .map(AllocateOrderLine::getLineId)
        .filter(taken::contains)
        .findFirst()
        .ifPresent(
            lineId -> {
              throw DomainException.alreadyExists(
                  ErrorReason.ERROR_REASON_LINE_EXISTS, "line", lineId);
            });
  }

  private static List<Demand> demands(ExtendAllocationRequest request) {
    return request.getLinesList().stream()
        .map(
            line ->
                new Demand(
                    line.getSku(),
                    line.getQuantity(),
                    WantedDates.of(line.hasWantedDate(), line.getWantedDate())))
        .toList();
  }

  private OrderHolding add(
      Changes changes,
      ExtendAllocationRequest request,
      OrderHolding before,
      Buyer buyer,
      Decision decision,
      Map<String, ItemPolicy> policies) {
    String orderId = request.getOrderId();
    int first = before.lines().stream().mapToInt(AllocationLineRow::lineNo).max().orElse(-1) + 1;
    List<AllocationLineRow> lines =
        NewHoldings.lines(orderId, first, request.getLinesList(), decision, policies);
    long sequence = book.nextSequences(1).get(0);
    allocations.account(changes, orderId, buyer, decision, lines);
    book.extend(
        lines, NewHoldings.portions(before.allocation(), sequence, lines, decision, changes.now()));
    changes.touch(orderId, ChangeCause.EXTENDED);
    return books.closeAndRead(changes, orderId);
  }

  /** Opening the books may have ended holds: that is written all the same. */
  private OrderHolding unchanged(Changes changes, OrderHolding before) {
    books.close(changes);
    return holdings.read(before.allocation().orderId());
  }
}
