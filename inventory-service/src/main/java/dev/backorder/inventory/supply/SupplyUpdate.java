package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.SupplyState;
import java.time.LocalDate;

/**
 * What a purchase order says about one of its lines: the full new state of one supply.
 *
 * @param supplyId the purchase order line
 * @param purchaseOrderId the purchase order
 * @param supplier code of the supplier
 * @param sku the item
 * @param location code of the location that it comes to
 * @param expectedQuantity units expected in all, those already received included
 * @param expectedDate day on which it is expected at the location
 * @param state where it stands; received units are counted here, not there
 * @param overReceiptTolerance units above the expected that may be received
 * @param sourceVersion version of the purchase order; an older one than the last applied is ignored
 */
public record SupplyUpdate(
    String supplyId,
    String purchaseOrderId,
    String supplier,
    String sku,
    String location,
    long expectedQuantity,
    LocalDate expectedDate,
    SupplyState state,
    long overReceiptTolerance,
    long sourceVersion) {}
