package dev.backorder.inventory.supply;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;

/** What is coming. */
@ApplicationScoped
public class Supplies {

  /**
   * Applies what purchase orders say, in the caller's transaction: creates, redates, resizes, closes
   * and cancels supplies, and re-promises exactly the lines that they feed or now can feed.
   *
   * @return how many supplies changed
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public int apply(Collection<SupplyUpdate> updates) {
    throw new UnsupportedOperationException();
  }
}
