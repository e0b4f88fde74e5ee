package dev.backorder.order.ship;

import dev.backorder.order.order.LineUnits;
import dev.backorder.order.shipment.Shipment;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.model.PackedUnits;
import dev.backorder.order.shipment.model.Problem;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.ShipmentProblem;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.request.RequestDraft;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Shipments that leave with fewer units than were offered. */
final class ShortShipments {
  private ShortShipments() {}

  /** Rules that the contract cannot express: each line once, and a reason exactly with lines. */
  static void check(ConfirmShipmentRequest request, String prefix, FieldProblems problems) {
    boolean hasReason = request.getShortReason() != ShipmentProblem.SHIPMENT_PROBLEM_UNSPECIFIED;
    boolean hasLines = request.getLinesCount() > 0;
    problems.check(
        hasReason || !hasLines, prefix + "short_reason", "must be given together with lines");
    problems.check(
        hasLines || !hasReason, prefix + "short_reason", "must be given only with lines");
    problems.check(
        hasReason || request.getShortNote().isEmpty(),
        prefix + "short_note",
        "must be given only with short_reason");
    Set<UUID> named = new HashSet<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      problems.check(
          named.add(UUID.fromString(request.getLines(i).getLineId())),
          "%slines[%d].line_id".formatted(prefix, i),
          "names a line that was named before");
    }
  }

  /**
   * The shipment as the warehouse says that it left.
   *
   * @throws DomainException PRECONDITION SHIPMENT_STATE, SHIPPED_MORE_THAN_OFFERED; NOT_FOUND
   *     LINE_NOT_FOUND
   */
  static Shipment confirm(
      Shipment shipment, RequestDraft draft, ConfirmShipmentRequest request, Instant now) {
    List<PackedUnits> content =
        request.getLinesCount() == 0 ? shipment.lines() : shortened(shipment, request);
    boolean isShort = content.stream().anyMatch(line -> line.shortUnits() > 0);
    Problem problem =
        isShort
            ? ShipmentViews.fromProto(request.getShortReason(), request.getShortNote())
            : Problem.NONE;
    return shipment.confirm(
        draft, request.getCarrier(), request.getTrackingCode(), now, content, problem);
  }

  private static List<PackedUnits> shortened(Shipment shipment, ConfirmShipmentRequest request) {
    Map<UUID, Long> left = new HashMap<>(LineUnits.parse(request.getLinesList()));
    List<PackedUnits> content =
        shipment.lines().stream()
            .map(
                line -> {
                  Long units = left.remove(line.lineId());
                  return leaving(shipment, line, units == null ? 0 : units);
                })
            .toList();
    for (OrderLineQuantity line : request.getLinesList()) {
      if (left.containsKey(UUID.fromString(line.getLineId()))) {
        throw DomainException.notFound(
            ErrorReason.ERROR_REASON_LINE_NOT_FOUND, "shipment line", line.getLineId());
      }
    }
    return content;
  }

  private static PackedUnits leaving(Shipment shipment, PackedUnits line, long units) {
    // A shipment that is not offered any more is refused for that, not for its units.
    if (units > line.quantity() && shipment.isOffered()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_SHIPPED_MORE_THAN_OFFERED,
          "More units are said to have left than the shipment holds.",
          Map.of(
              "shipment_id", shipment.shipmentId().toString(),
              "line_id", line.lineId().toString(),
              "shipped", Long.toString(units),
              "offered", Long.toString(line.quantity())));
    }
    return line.leaving(Math.min(units, line.quantity()));
  }
}
