package dev.backorder.supplier.purchaseorder;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** {@code backorder.purchase-order.*}. */
@ConfigMapping(prefix = "backorder.purchase-order")
interface PurchaseOrderConfig {
  /**
   * A draft with so many lines stops collecting needs. Each change tells the whole order, so this
   * bounds its event.
   */
  @WithDefault("200")
  int mostDraftLines();
}
