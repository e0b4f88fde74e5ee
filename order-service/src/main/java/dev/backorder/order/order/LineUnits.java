package dev.backorder.order.order;

import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.v1.ErrorReason;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Units by line, as callers ask for them, and the ways in which that can be too much. */
public final class LineUnits {
  private LineUnits() {}

  /**
   * Units by line, in the order given.
   *
   * @throws DomainException INVALID when a line is named twice
   */
  public static Map<UUID, Long> parse(List<OrderLineQuantity> lines) {
    FieldProblems problems = new FieldProblems();
    Map<UUID, Long> units = parse(lines, "lines", problems);
    problems.throwIfAny();
    return units;
  }

  /** The same for a field of any name; what is wrong goes to {@code problems}. */
  public static Map<UUID, Long> parse(
      List<OrderLineQuantity> lines, String field, FieldProblems problems) {
    Map<UUID, Long> units = new LinkedHashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      OrderLineQuantity line = lines.get(i);
      boolean first = units.put(UUID.fromString(line.getLineId()), line.getQuantity()) == null;
      problems.check(
          first, "%s[%d].line_id".formatted(field, i), "names a line that was named before");
    }
    return units;
  }

  /**
   * Units of a line that may be cancelled: open, and nobody cancels or ships them already.
   *
   * @param confirming units in shipments that are being confirmed, by line
   */
  public static long cancellable(OrderLine line, Map<UUID, Long> confirming) {
    long promisedAway = line.releasing() + confirming.getOrDefault(line.lineId(), 0L);
    return Math.max(0, line.quantities().open() - promisedAway);
  }

  /**
   * Refuses more than a line has.
   *
   * @throws DomainException FAILED_PRECONDITION QUANTITY_TOO_LARGE
   */
  public static void require(UUID lineId, long requested, long possible) {
    if (requested > possible) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_QUANTITY_TOO_LARGE,
          "The line has fewer units than that.",
          Map.of(
              "line_id", lineId.toString(),
              "requested", Long.toString(requested),
              "possible", Long.toString(possible)));
    }
  }

  /** How a caller hears that the order is in a state that does not allow the call. */
  public static DomainException wrongState(OrderChange change, OrderState... allowed) {
    return DomainException.precondition(
        ErrorReason.ERROR_REASON_ORDER_STATE,
        "The order is in a state that does not allow this.",
        Map.of(
            "state", change.order().state().name(),
            "allowed", Arrays.stream(allowed).map(Enum::name).collect(Collectors.joining(","))));
  }
}
