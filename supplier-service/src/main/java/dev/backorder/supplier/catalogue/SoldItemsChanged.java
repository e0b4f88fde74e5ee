package dev.backorder.supplier.catalogue;

import java.util.List;

/**
 * Told inside the service, in the transaction that changes how a supplier delivers items, and that
 * holds the lock of the supplier.
 *
 * @param supplier code of the supplier
 * @param skus items whose lead time or priority is new
 */
public record SoldItemsChanged(String supplier, List<String> skus) {
  /** Keeps a copy. */
  public SoldItemsChanged {
    skus = List.copyOf(skus);
  }
}
