package dev.backorder.inventory.book;

/**
 * A line of an allocation. Its reserved and waiting units are its portions: ordered = reserved +
 * waiting + shipped + released + refused.
 *
 * @param lineNo position in the order, from 0
 * @param lineId the caller's id
 */
public record AllocationLineRow(
    String orderId,
    int lineNo,
    String lineId,
    String sku,
    long ordered,
    long shipped,
    long released,
    long refused,
    long returned) {}
