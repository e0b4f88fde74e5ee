package dev.backorder.supplier.catalogue;

import dev.backorder.supplier.catalogue.model.SupplierProfile;

/**
 * Told inside the service, in the transaction that makes or changes a supplier.
 *
 * @param supplier as it is now
 */
public record SupplierChanged(SupplierProfile supplier) {}
