package dev.backorder.order.order;

import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.order.model.Quantities;
import java.util.List;
import java.util.UUID;

/**
 * An order at one moment.
 *
 * @param sequence its place among all orders, in the order of placing; 0 before it is stored
 * @param version grows with every fact about it
 * @param allocationVersion version of the allocation that the quantities come from; 0 before the
 *     first
 * @param tellingCount how often dates were told
 * @param lines in the order in which they were placed
 */
public record OrderRecord(
    OrderHeader header,
    long sequence,
    long version,
    long allocationVersion,
    int tellingCount,
    List<OrderLine> lines,
    List<OrderRefusal> refusals) {
  /** Keeps the lists as they are. */
  public OrderRecord {
    lines = List.copyOf(lines);
    refusals = List.copyOf(refusals);
  }

  /** Its id. */
  public UUID orderId() {
    return header.orderId();
  }

  /** Where it stands, from the quantities of its lines. */
  public OrderState state() {
    return OrderState.of(Quantities.sum(lines.stream().map(OrderLine::quantities).toList()));
  }
}
