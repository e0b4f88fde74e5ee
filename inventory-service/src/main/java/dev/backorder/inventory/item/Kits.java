package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this process has seen of kits, so that who locks or reads the books of a kit takes those of
 * its components with them. It is a hint and never the truth: whoever decides compares it with the
 * policies that were read under the lock ({@link #isMissing}), and begins again when it was old.
 * Who sells no kits pays nothing for it.
 */
@ApplicationScoped
public class Kits {
  private final Map<String, Set<String>> componentsOf = new ConcurrentHashMap<>();

  /** These items, and the components of those that are known to be kits. */
  public Set<String> withComponents(Collection<String> skus) {
    Set<String> all = new TreeSet<>(skus);
    if (!componentsOf.isEmpty()) {
      skus.forEach(sku -> all.addAll(componentsOf.getOrDefault(sku, Set.of())));
    }
    return all;
  }

  /** The components of an item that is known to be a kit; empty for others. */
  public Set<String> componentsOf(String sku) {
    return componentsOf.getOrDefault(sku, Set.of());
  }

  /**
   * Learns what policies say of kits.
   *
   * @return whether a component of one of them is not among {@code skus}
   */
  public boolean isMissing(Collection<ItemPolicy> policies, Set<String> skus) {
    boolean missing = false;
    for (ItemPolicy policy : policies) {
      if (policy.isKit()) {
        Set<String> components = new TreeSet<>();
        policy.components().stream().map(KitComponent::sku).forEach(components::add);
        componentsOf.put(policy.sku(), components);
        missing |= !skus.containsAll(components);
      } else if (!componentsOf.isEmpty()) {
        componentsOf.remove(policy.sku());
      }
    }
    return missing;
  }
}
