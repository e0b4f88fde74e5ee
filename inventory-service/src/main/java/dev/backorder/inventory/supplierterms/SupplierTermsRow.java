package dev.backorder.inventory.supplierterms;

import dev.backorder.inventory.location.model.WorkingCalendar;

/**
 * How a supplier delivers.
 *
 * @param version of the fact that told it
 * @param active whether anything is ordered from it
 * @param sendDelayMinutes what is needed waits so long for other needs before it is sent
 * @param leadTime over all its items: its working days from order to receipt
 * @param lateness over all its items: calendar days after the promised day
 */
public record SupplierTermsRow(
    String supplier,
    long version,
    boolean active,
    WorkingCalendar calendar,
    int sendDelayMinutes,
    Measured leadTime,
    Measured lateness) {}
