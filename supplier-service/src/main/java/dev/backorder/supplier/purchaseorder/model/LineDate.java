package dev.backorder.supplier.purchaseorder.model;

import java.time.LocalDate;
import java.util.UUID;

/**
 * A new date for a line.
 *
 * @param lineId the line
 * @param date new day of arrival
 */
public record LineDate(UUID lineId, LocalDate date) {}
