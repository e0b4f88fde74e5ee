package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.ItemPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.Map;

/** Items and how they are sold. */
@ApplicationScoped
public class Items {

  /**
   * The policies of items on one channel, in one query and in the caller's transaction. Whoever
   * decides on stock reads them after it locked the stock rows: an update that switches backorders
   * off locks the same rows first, so that both cannot pass each other.
   *
   * @param channel sales channel; empty is the default one
   * @return by sku, iterated in sku order; a sku that is missing is not an item
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Map<String, ItemPolicy> policies(Collection<String> skus, String channel) {
    throw new UnsupportedOperationException();
  }
}
