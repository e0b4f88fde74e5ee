package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.StandingBook;
import dev.backorder.inventory.book.StandingBook.Standing;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.inventory.v1.ExplainedLine;
import dev.backorder.inventory.v1.QueueStanding;
import dev.backorder.platform.errors.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where an order stands, and who of two orders is preferred. */
@ApplicationScoped
public class Explanations {
  private final AllocationBook allocations;
  private final StandingBook standings;

  Explanations(AllocationBook allocations, StandingBook standings) {
    this.allocations = allocations;
    this.standings = standings;
  }

  /** Explains one order, beside another one if that is asked for. */
  @Transactional
  ExplainAllocationResponse explain(ExplainAllocationRequest request) {
    if (request.getOrderId().equals(request.getOtherOrderId())) {
      throw DomainException.invalid("other_order_id", "must be another order");
    }
    OrderHolding asked = read(request.getOrderId());
    List<AllocationLineRow> lines =
        asked.lines().stream()
            .filter(
                line ->
                    request.getLineId().isEmpty() || line.lineId().equals(request.getLineId()))
            .toList();
    if (lines.isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LINE_NOT_FOUND, "line", request.getLineId());
    }
    ExplainAllocationResponse.Builder response = ExplainAllocationResponse.newBuilder();
    addLines(response, asked, lines);
    if (!request.getOtherOrderId().isEmpty()) {
      OrderHolding other = read(request.getOtherOrderId());
      lines.stream()
          .map(AllocationLineRow::sku)
          .distinct()
          .filter(sku -> other.lines().stream().anyMatch(line -> line.sku().equals(sku)))
          .map(sku -> new Comparing(sku, asked, lines, other))
          .forEach(comparing -> response.addAllComparisons(comparing.result()));
    }
    return response.build();
  }

  private OrderHolding read(String orderId) {
    OrderHolding holding = allocations.read(List.of(orderId)).get(orderId);
    if (holding == null) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_ALLOCATION_NOT_FOUND, "allocation", orderId);
    }
    return holding;
  }

  private void addLines(
      ExplainAllocationResponse.Builder response,
      OrderHolding holding,
      List<AllocationLineRow> lines) {
    Allocation allocation = AllocationMessages.render(holding);
    Map<String, dev.backorder.inventory.v1.AllocationLine> rendered =
        allocation.getLinesList().stream()
            .collect(Collectors.toMap(line -> line.getLineId(), line -> line));
    Map<Integer, List<Standing>> byLine =
        standings
            .of(
                holding.allocation().orderId(),
                lines.stream().map(AllocationLineRow::lineNo).toList())
            .stream()
            .collect(Collectors.groupingBy(standing -> standing.portion().id().lineNo()));
    for (AllocationLineRow line : lines) {
      ExplainedLine.Builder explained =
          response.addLinesBuilder().setLine(rendered.get(line.lineId()));
      byLine.getOrDefault(line.lineNo(), List.of()).stream()
          .map(Explanations::render)
          .forEach(explained::addStandings);
    }
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
