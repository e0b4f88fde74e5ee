package dev.backorder.supplier.leadtime.model;

import java.util.UUID;

/**
 * What one receipt says.
 *
 * @param line the purchase order line
 * @param quantity units received
 * @param lineReceived units of the line so far, these included
 * @param lineExpected units that were expected of the line
 * @param leadTimeDays working days of the supplier from order to receipt
 * @param lateDays calendar days after the promised day
 */
public record Observation(
    UUID line,
    long quantity,
    long lineReceived,
    long lineExpected,
    int leadTimeDays,
    int lateDays) {}
