package dev.backorder.supplier.need;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A need as inventory-service told it.
 *
 * @param needId the need
 * @param sku the item
 * @param location where it is needed
 * @param quantity units to buy, at least 1
 * @param needBy day by which they are needed; empty when at once
 * @param eventId the event that told it
 * @param correlationId the chain that the event belongs to
 */
public record RaisedNeed(
    UUID needId,
    String sku,
    String location,
    long quantity,
    Optional<LocalDate> needBy,
    UUID eventId,
    String correlationId) {}
