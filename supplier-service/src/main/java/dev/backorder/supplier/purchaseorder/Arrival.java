package dev.backorder.supplier.purchaseorder;

import java.time.Instant;
import java.util.UUID;

/**
 * Goods of a line arrived.
 *
 * @param lineId the line
 * @param total units of it that have come so far
 * @param time when the last of them came
 */
public record Arrival(UUID lineId, long total, Instant time) {}
