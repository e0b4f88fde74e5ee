package dev.backorder.inventory.item.model;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Something that is sold, and how.
 *
 * @param sku the merchant's own code
 * @param description what it is, for people
 * @param sales how it is sold where no channel says otherwise
 * @param channels channels that sell it in another way, by code
 * @param lowStockThreshold available at or below this is low stock; 0 switches it off
 * @param protectedQuantity units that ordinary channels may not take
 * @param substitutes items that may be offered in its place, the best first
 * @param replenishment when and how much to buy
 * @param components what it is put together from; empty for an item that is no kit
 */
public record Item(
    String sku,
    String description,
    SalesPolicy sales,
    Map<String, SalesPolicy> channels,
    long lowStockThreshold,
    long protectedQuantity,
    List<String> substitutes,
    ReplenishmentPolicy replenishment,
    List<KitComponent> components) {

  /** Copies what it is made of. */
  public Item {
    channels = Map.copyOf(channels);
    substitutes = List.copyOf(substitutes);
    components = List.copyOf(components);
  }

  /** Whether it is put together from others when it leaves, and has no stock of its own. */
  public boolean isKit() {
    return !components.isEmpty();
  }

  /** Whether this item as it shall be has another release, on any channel of either. */
  public boolean releaseMoves(Item next) {
    Set<String> codes = new HashSet<>(channels.keySet());
    codes.addAll(next.channels.keySet());
    return !release(sales).equals(release(next.sales))
        || codes.stream()
            .anyMatch(
                code ->
                    !release(channels.getOrDefault(code, sales))
                        .equals(release(next.channels.getOrDefault(code, next.sales))));
  }

  private static Optional<LocalDate> release(SalesPolicy policy) {
    return policy.mode() == SalesMode.PREORDER ? policy.releaseDate() : Optional.empty();
  }

  /** Whether units may be ordered on any channel that are not on the shelf. */
  public boolean takesOrdersAheadOfStock() {
    return sales.mode().takesOrdersAheadOfStock()
        || channels.values().stream().anyMatch(policy -> policy.mode().takesOrdersAheadOfStock());
  }
}
