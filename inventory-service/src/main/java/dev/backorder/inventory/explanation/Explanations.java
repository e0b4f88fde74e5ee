package dev.backorder.inventory.explanation;

import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.StandingBook;
import dev.backorder.inventory.book.StandingBook.Standing;
import dev.backorder.inventory.explanation.Decisions.History;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.inventory.v1.ExplainedLine;
import dev.backorder.inventory.v1.QueueStanding;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was decided about an order, where it stands, and who of two orders is preferred (AL10). */
@ApplicationScoped
public class Explanations {
  private final AllocationBook allocations;
  private final StandingBook standings;
  private final Decisions decisions;
  private final Sql sql;

  Explanations(AllocationBook allocations, StandingBook standings, Decisions decisions, Sql sql) {
    this.allocations = allocations;
    this.standings = standings;
    this.decisions = decisions;
    this.sql = sql;
  }

  /** Explains one order, beside another one if that is asked for. */
  @Transactional
  ExplainAllocationResponse explain(ExplainAllocationRequest request) {
    if (request.getOrderId().equals(request.getOtherOrderId())) {
      throw DomainException.invalid("other_order_id", "must be another order");
    }
    // First in its transaction, so that all reads see the same moment.
    sql.later("set transaction isolation level repeatable read, read only");
    OrderHolding asked = read(request.getOrderId());
    List<AllocationLineRow> lines =
        asked.ordered().stream()
            .filter(
                line -> request.getLineId().isEmpty() || line.lineId().equals(request.getLineId()))
            .toList();
    if (lines.isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LINE_NOT_FOUND, "line", request.getLineId());
    }
    History history = decisions.of(request.getOrderId());
    ExplainAllocationResponse.Builder response =
        ExplainAllocationResponse.newBuilder()
            .addAllLines(explained(asked, lines, history))
            .setDecisionsComplete(history.complete());
    if (!request.getOtherOrderId().isEmpty()) {
      compare(response, asked, lines, read(request.getOtherOrderId()));
    }
    return response.build();
  }

  private void compare(
      ExplainAllocationResponse.Builder response,
      OrderHolding asked,
      List<AllocationLineRow> lines,
      OrderHolding other) {
    List<AllocationLineRow> stocked = stocked(asked, lines);
    Set<String> skus = skus(stocked);
    skus.retainAll(skus(other.lines()));
    skus.stream()
        .sorted()
        .map(sku -> new Comparing(sku, asked, stocked, other))
        .forEach(comparing -> response.addAllComparisons(comparing.result()));
    List<AllocationLineRow> shared =
        other.ordered().stream()
            .filter(
                line ->
                    stocked(other, List.of(line)).stream().anyMatch(l -> skus.contains(l.sku())))
            .toList();
    History history = decisions.of(other.allocation().orderId());
    response
        .addAllOtherLines(explained(other, shared, history))
        .setDecisionsComplete(response.getDecisionsComplete() && history.complete());
  }

  /** The lines that hold units of items that have stock: of a kit those of its components. */
  private static List<AllocationLineRow> stocked(
      OrderHolding holding, List<AllocationLineRow> lines) {
    return lines.stream()
        .flatMap(line -> holding.sharesOf(line).stream())
        .map(Share::line)
        .toList();
  }

  private static Set<String> skus(List<AllocationLineRow> lines) {
    return lines.stream().map(AllocationLineRow::sku).collect(Collectors.toSet());
  }

  private OrderHolding read(String orderId) {
    OrderHolding holding = allocations.read(List.of(orderId)).get(orderId);
    if (holding == null) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_ALLOCATION_NOT_FOUND, "allocation", orderId);
    }
    return holding;
  }

  private List<ExplainedLine> explained(
      OrderHolding holding, List<AllocationLineRow> lines, History history) {
    Map<String, AllocationLine> rendered =
        AllocationMessages.render(holding).getLinesList().stream()
            .collect(Collectors.toMap(AllocationLine::getLineId, line -> line));
    Map<Integer, List<Standing>> byLine =
        standings
            .of(
                holding.allocation().orderId(),
                stocked(holding, lines).stream().map(AllocationLineRow::lineNo).toList())
            .stream()
            .collect(Collectors.groupingBy(standing -> standing.portion().id().lineNo()));
    List<ExplainedLine> explained = new ArrayList<>();
    for (AllocationLineRow line : lines) {
      ExplainedLine.Builder message =
          ExplainedLine.newBuilder()
              .setLine(rendered.get(line.lineId()))
              .addAllDecisions(history.of(line.lineId()));
      for (AllocationLineRow part : stocked(holding, List.of(line))) {
        byLine.getOrDefault(part.lineNo(), List.of()).stream()
            .map(Explanations::render)
            .forEach(message::addStandings);
      }
      explained.add(message.build());
    }
    return explained;
  }

  private static QueueStanding render(Standing standing) {
    Portion portion = standing.portion();
    QueueStanding.Builder message =
        QueueStanding.newBuilder()
            .setLocation(portion.key().location())
            .setWaitingQuantity(portion.quantity())
            .setSupplyId(portion.supplyId())
            .setPlace(standing.ahead().portions() + 1)
            .setAheadQuantity(standing.ahead().units());
    if (portion.isPegged()) {
      message
          .setSupplyPlace(standing.aheadOfSupply().portions() + 1)
          .setSupplyAheadQuantity(standing.aheadOfSupply().units());
    }
    return message.build();
  }
}
