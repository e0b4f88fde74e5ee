package dev.backorder.inventory.book;

import java.util.List;

/**
 * All that an order holds.
 *
 * @param lines in the order of the request
 * @param portions by line, then earliest date first
 */
public record OrderHolding(
    AllocationRow allocation, List<AllocationLineRow> lines, List<Portion> portions) {

  /** Copies the lists. */
  public OrderHolding {
    lines = List.copyOf(lines);
    portions = List.copyOf(portions);
  }

  /** The portions of one line, earliest date first. */
  public List<Portion> portionsOf(int lineNo) {
    return portions.stream().filter(p -> p.id().lineNo() == lineNo).toList();
  }
}
