package dev.backorder.supplier.catalogue.model;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An item as one supplier sells it.
 *
 * @param supplier code of the supplier
 * @param sku our sku
 * @param supplierSku the supplier's own number; empty when the same
 * @param cost what it costs, when the supplier has told
 * @param terms minimum and multiple
 * @param leadTimeDays working days from order to arrival
 * @param priority lower is preferred
 */
public record SoldItem(
    String supplier,
    String sku,
    String supplierSku,
    Optional<Cost> cost,
    BuyingTerms terms,
    int leadTimeDays,
    int priority) {
  /** Lowest priority number first; ties by supplier code, so that the choice is always the same. */
  public static final Comparator<SoldItem> PREFERENCE =
      Comparator.comparingInt(SoldItem::priority).thenComparing(SoldItem::supplier);

  /** Whether another offer of it has the same lead time and rank. */
  public boolean isDeliveredAs(SoldItem other) {
    return leadTimeDays == other.leadTimeDays && priority == other.priority;
  }

  /** The preferred offer of each sku. */
  public static Map<String, SoldItem> preferred(Collection<SoldItem> offers) {
    Map<String, SoldItem> best = new TreeMap<>();
    for (SoldItem offer : offers) {
      best.merge(offer.sku(), offer, (a, b) -> PREFERENCE.compare(a, b) <= 0 ? a : b);
    }
    return best;
  }
}
