package dev.backorder.inventory.book;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of an allocation. Its reserved and waiting units are its portions: ordered = reserved +
 * waiting + shipped + released + refused. A line of a kit counts whole kits and has no portions:
 * its components have lines of their own.
 *
 * @param lineNo position in the order, from 0
 * @param lineId the caller's id; of a component the id of its kit's line, a slash and its sku
 * @param wanted the first day on which it may leave; empty for at once
 * @param part empty for a line of its own
 */
public record AllocationLineRow(
    String orderId,
    int lineNo,
    String lineId,
    String sku,
    Optional<LocalDate> wanted,
    long ordered,
    long shipped,
    long released,
    long refused,
    long returned,
    Optional<KitPart> part) {

  /**
   * A component of a kit's line.
   *
   * @param kitLineNo the kit's line
   * @param perKit units for each kit
   */
  public record KitPart(int kitLineNo, long perKit) {}
}
