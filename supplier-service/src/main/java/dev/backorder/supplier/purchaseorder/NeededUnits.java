package dev.backorder.supplier.purchaseorder;

import dev.backorder.supplier.catalogue.model.SoldItem;
import java.util.UUID;

/**
 * Units that a need asks for.
 *
 * @param needId the need; it is bought at most once
 * @param ordinal its place among all needs
 * @param quantity units, at least 1
 * @param offer what they are bought by
 */
public record NeededUnits(UUID needId, long ordinal, long quantity, SoldItem offer) {}
