package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.supplier.catalogue.CostColumns;
import dev.backorder.supplier.catalogue.Costs;
import dev.backorder.supplier.purchaseorder.model.LineAnswer;
import dev.backorder.supplier.purchaseorder.model.LineDate;
import dev.backorder.supplier.purchaseorder.model.LineState;
import dev.backorder.supplier.purchaseorder.model.OrderLine;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.purchaseorder.model.Tolerance;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineDraft;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.wire.Dates;
import dev.backorder.supplier.wire.Times;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Purchase orders on the wire. What the contract's own rules say has been checked before. */
final class PurchaseOrderMessages {
  private PurchaseOrderMessages() {}

  static PurchaseOrder render(StoredOrder stored) {
    PurchaseOrderEntity header = stored.header();
    PurchaseOrder.Builder order =
        PurchaseOrder.newBuilder()
            .setPurchaseOrderId(header.id.toString())
            .setNumber(header.label())
            .setSupplier(header.supplier)
            .setLocation(header.location)
            .setState(render(header.state))
            .setCreateTime(Times.toWire(header.createTime))
            .setVersion(header.version);
    Optional.ofNullable(header.sendDueTime).map(Times::toWire).ifPresent(order::setSendDueTime);
    Optional.ofNullable(header.sentTime).map(Times::toWire).ifPresent(order::setSentTime);
    Optional.ofNullable(header.acknowledgedTime)
        .map(Times::toWire)
        .ifPresent(order::setAcknowledgedTime);
    Optional.ofNullable(header.closedTime).map(Times::toWire).ifPresent(order::setClosedTime);
    Tolerance tolerance = header.tolerance();
    for (PurchaseOrderLineEntity line : stored.lines()) {
      order.addLines(render(line, tolerance, stored.needs().getOrDefault(line.id, List.of())));
    }
    return order.build();
  }

  private static PurchaseOrderLine render(
      PurchaseOrderLineEntity entity, Tolerance tolerance, List<UUID> needs) {
    OrderLine line = entity.line();
    PurchaseOrderLine.Builder rendered =
        PurchaseOrderLine.newBuilder()
            .setLineId(line.id().toString())
            .setSku(line.sku())
            .setOrderedQuantity(line.ordered())
            .setAcceptedQuantity(line.accepted())
            .setReceivedQuantity(line.received())
            .setOverReceiptToleranceQuantity(tolerance.overQuantity(line.expected()))
            .setState(render(line.state()))
            .setExpectedDate(Dates.toWire(line.expectedDate()));
    line.firstPromised().map(Dates::toWire).ifPresent(rendered::setFirstPromisedDate);
    CostColumns.read(entity.cost).map(Costs::toWire).ifPresent(rendered::setCost);
    needs.forEach(need -> rendered.addNeedIds(need.toString()));
    return rendered.build();
  }

  static OrderState parse(PurchaseOrderState state) {
    return switch (state) {
      case PURCHASE_ORDER_STATE_DRAFT -> OrderState.DRAFT;
      case PURCHASE_ORDER_STATE_SENT -> OrderState.SENT;
      case PURCHASE_ORDER_STATE_ACKNOWLEDGED -> OrderState.ACKNOWLEDGED;
      case PURCHASE_ORDER_STATE_PARTLY_RECEIVED -> OrderState.PARTLY_RECEIVED;
      case PURCHASE_ORDER_STATE_RECEIVED -> OrderState.RECEIVED;
      case PURCHASE_ORDER_STATE_CLOSED -> OrderState.CLOSED;
      case PURCHASE_ORDER_STATE_REJECTED -> OrderState.REJECTED;
      case PURCHASE_ORDER_STATE_CANCELLED -> OrderState.CANCELLED;
      case PURCHASE_ORDER_STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("state " + state);
    };
  }

  /** The states that a list asks for; naming none, or an unspecified one, is refused by name. */
  static Set<OrderState> parseStates(List<PurchaseOrderState> states) {
    FieldProblems problems = new FieldProblems();
    Set<OrderState> parsed = new HashSet<>();
    for (int i = 0; i < states.size(); i++) {
      if (states.get(i) == PurchaseOrderState.PURCHASE_ORDER_STATE_UNSPECIFIED) {
        problems.add("states[%d]".formatted(i), "must be a state; leave the list empty for all");
      } else {
        parsed.add(parse(states.get(i)));
      }
    }
    problems.throwIfAny();
    return parsed;
  }

  /** The quantity of each sku, in the order of the request. */
  static Map<String, Long> parse(CreatePurchaseOrderRequest request) {
    FieldProblems problems = new FieldProblems();
    Map<String, Long> wanted = new LinkedHashMap<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      PurchaseOrderLineDraft line = request.getLines(i);
      problems.check(
          wanted.put(line.getSku(), line.getQuantity()) == null,
          "lines[%d].sku".formatted(i),
          "stands in the request twice");
    }
    problems.throwIfAny();
    return wanted;
  }

  /** The supplier's answers. */
  static List<LineAnswer> parseAnswers(List<LineAcknowledgement> lines) {
    FieldProblems problems = new FieldProblems();
    Set<UUID> seen = new HashSet<>();
    List<LineAnswer> answers = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      LineAcknowledgement line = lines.get(i);
      String field = "lines[%d].".formatted(i);
      UUID lineId = UUID.fromString(line.getLineId());
      problems.check(seen.add(lineId), field + "line_id", "stands in the request twice");
      Optional<LocalDate> date = Optional.empty();
      if (line.getAcceptedQuantity() > 0 && !line.hasExpectedDate()) {
        problems.add(field + "expected_date", "is required unless the line is rejected");
      } else if (line.hasExpectedDate()) {
        date = Dates.parse(problems, field + "expected_date", line.getExpectedDate());
      }
      if (problems.isEmpty()) {
        answers.add(new LineAnswer(lineId, line.getAcceptedQuantity(), date));
      }
    }
    problems.throwIfAny();
    return answers;
  }

  /** The new dates. */
  static List<LineDate> parseDates(List<LineRedate> lines) {
    FieldProblems problems = new FieldProblems();
    Set<UUID> seen = new HashSet<>();
    List<LineDate> dates = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      LineRedate line = lines.get(i);
      String field = "lines[%d].".formatted(i);
      UUID lineId = UUID.fromString(line.getLineId());
      problems.check(seen.add(lineId), field + "line_id", "stands in the request twice");
      Dates.parse(problems, field + "expected_date", line.getExpectedDate())
          .ifPresent(date -> dates.add(new LineDate(lineId, date)));
    }
    problems.throwIfAny();
    return dates;
  }

  private static PurchaseOrderState render(OrderState state) {
    return switch (state) {
      case DRAFT -> PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT;
      case SENT -> PurchaseOrderState.PURCHASE_ORDER_STATE_SENT;
      case ACKNOWLEDGED -> PurchaseOrderState.PURCHASE_ORDER_STATE_ACKNOWLEDGED;
      case PARTLY_RECEIVED -> PurchaseOrderState.PURCHASE_ORDER_STATE_PARTLY_RECEIVED;
      case RECEIVED -> PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED;
      case CLOSED -> PurchaseOrderState.PURCHASE_ORDER_STATE_CLOSED;
      case REJECTED -> PurchaseOrderState.PURCHASE_ORDER_STATE_REJECTED;
      case CANCELLED -> PurchaseOrderState.PURCHASE_ORDER_STATE_CANCELLED;
    };
  }

  private static PurchaseOrderLineState render(LineState state) {
    return switch (state) {
      case OPEN -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_OPEN;
      case ACCEPTED -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_ACCEPTED;
      case REJECTED -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_REJECTED;
      case RECEIVED -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_RECEIVED;
      case CLOSED -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_CLOSED;
      case CANCELLED -> PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_CANCELLED;
    };
  }
}
