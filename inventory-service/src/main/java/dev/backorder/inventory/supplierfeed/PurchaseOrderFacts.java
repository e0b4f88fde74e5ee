package dev.backorder.inventory.supplierfeed;

import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.replenishment.model.NeedFate;
import dev.backorder.inventory.replenishment.model.ReorderNeed;
import dev.backorder.inventory.supply.SupplyUpdate;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What a purchase order means for stock: which supplies it makes and which needs it covers. */
final class PurchaseOrderFacts {
  private PurchaseOrderFacts() {}

  /**
   * The supplies of a purchase order, one per line. A draft is none: it may still grow, and its
   * needs count as coming already.
   *
   * @param changed day of the fact, for a line of which no arrival is expected any more
   */
  static List<SupplyUpdate> supplies(PurchaseOrder order, LocalDate changed) {
    if (!order.hasSentTime()) {
      return List.of();
    }
    return order.getLinesList().stream()
        .filter(line -> line.getState() != PurchaseOrderLineState.UNRECOGNIZED)
        .map(
            line ->
                new SupplyUpdate(
                    line.getLineId(),
                    order.getPurchaseOrderId(),
                    order.getSupplier(),
                    line.getSku(),
                    order.getLocation(),
                    expected(line),
                    line.hasExpectedDate() ? Wire.day(line.getExpectedDate()) : changed,
                    supplyState(line.getState()),
                    line.getOverReceiptToleranceQuantity(),
                    order.getVersion()))
        .toList();
  }

  /** What a purchase order says about the needs that its lines cover. */
  static List<NeedFate> needs(PurchaseOrder order) {
    return order.getLinesList().stream()
        .flatMap(line -> fate(order, line).stream().flatMap(state -> fates(line, state)))
        .toList();
  }

  private static Stream<NeedFate> fates(PurchaseOrderLine line, ReorderNeed.State state) {
    return line.getNeedIdsList().stream()
        .map(
            needId ->
                new NeedFate(UUID.fromString(needId), line.getSku(), state, line.getLineId()));
  }

  /** Empty while the line is part of a draft: the need stays open. */
  private static Optional<ReorderNeed.State> fate(PurchaseOrder order, PurchaseOrderLine line) {
    if (order.getState() == PurchaseOrderState.PURCHASE_ORDER_STATE_CANCELLED
        && !order.hasSentTime()) {
      return Optional.of(ReorderNeed.State.CANCELLED);
    }
    return switch (line.getState()) {
      case PURCHASE_ORDER_LINE_STATE_REJECTED, PURCHASE_ORDER_LINE_STATE_CANCELLED ->
          Optional.of(ReorderNeed.State.CANCELLED);
      case PURCHASE_ORDER_LINE_STATE_OPEN,
          PURCHASE_ORDER_LINE_STATE_ACCEPTED,
          PURCHASE_ORDER_LINE_STATE_RECEIVED,
          PURCHASE_ORDER_LINE_STATE_CLOSED ->
          order.hasSentTime() ? Optional.of(ReorderNeed.State.ORDERED) : Optional.empty();
      case PURCHASE_ORDER_LINE_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  /** Units expected in all: what the supplier accepted, before that what was ordered. */
  private static long expected(PurchaseOrderLine line) {
    return switch (line.getState()) {
      case PURCHASE_ORDER_LINE_STATE_UNSPECIFIED, PURCHASE_ORDER_LINE_STATE_OPEN, UNRECOGNIZED ->
          line.getOrderedQuantity();
      case PURCHASE_ORDER_LINE_STATE_ACCEPTED,
          PURCHASE_ORDER_LINE_STATE_REJECTED,
          PURCHASE_ORDER_LINE_STATE_RECEIVED,
          PURCHASE_ORDER_LINE_STATE_CLOSED,
          PURCHASE_ORDER_LINE_STATE_CANCELLED ->
          line.getAcceptedQuantity();
    };
  }

  private static SupplyState supplyState(PurchaseOrderLineState state) {
    return switch (state) {
      case PURCHASE_ORDER_LINE_STATE_UNSPECIFIED, PURCHASE_ORDER_LINE_STATE_OPEN, UNRECOGNIZED ->
          SupplyState.PLANNED;
      case PURCHASE_ORDER_LINE_STATE_ACCEPTED -> SupplyState.CONFIRMED;
      case PURCHASE_ORDER_LINE_STATE_RECEIVED, PURCHASE_ORDER_LINE_STATE_CLOSED ->
          SupplyState.CLOSED;
      case PURCHASE_ORDER_LINE_STATE_REJECTED, PURCHASE_ORDER_LINE_STATE_CANCELLED ->
          SupplyState.CANCELLED;
    };
  }
}
