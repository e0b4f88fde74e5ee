package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

@ApplicationScoped
class PurchaseOrderConfigCheck implements StartupCheck {
  /** An acknowledgement takes so many lines. */
  private static final int MOST = 1000;

  private final PurchaseOrderConfig config;

  PurchaseOrderConfigCheck(PurchaseOrderConfig config) {
    this.config = config;
  }

  @Override
  public List<ConfigProblem> problems() {
    int lines = config.mostDraftLines();
    return lines >= 1 && lines <= MOST
        ? List.of()
        : List.of(
            new ConfigProblem(
                "backorder.purchase-order.most-draft-lines",
                "must be 1 to " + MOST + ", is " + lines));
  }
}
