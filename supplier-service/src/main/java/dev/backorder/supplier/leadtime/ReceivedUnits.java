package dev.backorder.supplier.leadtime;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * Units of a purchase order line that came together.
 *
 * @param lineId the line
 * @param sku the item
 * @param quantity units received
 * @param lineReceived units of the line so far, these included
 * @param lineExpected units that were expected of the line
 * @param sentTime when the order was sent
 * @param promised day that the supplier first promised, or that we estimated
 * @param receivedTime when they came
 */
public record ReceivedUnits(
    UUID lineId,
    String sku,
    long quantity,
    long lineReceived,
    long lineExpected,
    Instant sentTime,
    LocalDate promised,
    Instant receivedTime) {}
