package dev.backorder.inventory.book;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A line of an allocation. Its reserved and waiting units are its portions: ordered = reserved +
 * waiting + shipped + released + refused.
 *
 * @param lineNo position in the order, from 0
 * @param lineId the caller's id
 * @param wanted the first day on which it may leave; empty for at once
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
    long returned) {}
