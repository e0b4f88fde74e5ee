package dev.backorder.supplier.purchaseorder.model;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Why a purchase order does not do what it was asked.
 *
 * @param kind sort of refusal
 * @param facts the numbers and states behind it, by stable names
 */
public record Refusal(Kind kind, Map<String, String> facts) {
  /** Sorts of refusal. */
  public enum Kind {
    /** The order, or the line named in the facts, is in a state that does not allow it. */
    STATE,
    /** The order has no such line. */
    LINE_UNKNOWN,
    /** More than was ordered. */
    TOO_LARGE,
    /** Less than has arrived. */
    TOO_SMALL
  }

  static Refusal orderState(OrderState state, Collection<OrderState> allowed) {
    return new Refusal(Kind.STATE, Map.of("state", state.name(), "allowed", names(allowed)));
  }

  static Refusal lineState(OrderLine line) {
    return new Refusal(
        Kind.STATE,
        Map.of(
            "line_id", line.id().toString(),
            "state", line.state().name(),
            "allowed", LineState.OPEN + "," + LineState.ACCEPTED));
  }

  static Refusal lineUnknown(UUID lineId) {
    return new Refusal(Kind.LINE_UNKNOWN, Map.of("line_id", lineId.toString()));
  }

  static Refusal tooLarge(OrderLine line, long requested) {
    return new Refusal(
        Kind.TOO_LARGE,
        Map.of(
            "line_id", line.id().toString(),
            "requested", Long.toString(requested),
            "possible", Long.toString(line.ordered())));
  }

  static Refusal tooSmall(OrderLine line, long requested) {
    return new Refusal(
        Kind.TOO_SMALL,
        Map.of(
            "line_id", line.id().toString(),
            "requested", Long.toString(requested),
            "received", Long.toString(line.received())));
  }

  private static String names(Collection<OrderState> states) {
    return states.stream().sorted().map(Enum::name).collect(Collectors.joining(","));
  }
}
