package dev.backorder.inventory.supplierterms;

/**
 * How a supplier delivers an item.
 *
 * @param version of the fact that told it
 * @param leadTimeDays what the offer says, in working days of the supplier; 0 when it says nothing
 * @param priority lower is preferred
 * @param leadTime its working days from order to receipt
 * @param lateness calendar days after the promised day
 */
public record SupplierItemTermsRow(
    String sku,
    String supplier,
    long version,
    int leadTimeDays,
    int priority,
    Measured leadTime,
    Measured lateness) {}
