package dev.backorder.inventory.replenishment.model;

import java.util.UUID;

/**
 * What a purchase order says about a need that it covers.
 *
 * @param needId the need
 * @param sku its item
 * @param state where it stands now
 * @param supplyId the purchase order line
 */
public record NeedFate(UUID needId, String sku, ReorderNeed.State state, String supplyId) {}
