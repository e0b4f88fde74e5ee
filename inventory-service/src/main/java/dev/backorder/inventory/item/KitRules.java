package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.Item;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * What kits ask of other items (AV6): components are items that are no kits, and what has stock or
 * is part of a kit cannot become one. Checked under locks on the items, so that two changes at once
 * cannot pass each other.
 */
@ApplicationScoped
class KitRules {
  private final ItemRepository items;

  KitRules(ItemRepository items) {
    this.items = items;
  }

  /**
   * Refuses kits whose components are unknown or kits themselves.
   *
   * @param fields the name of an item in the request, by its position
   * @param others items that this request makes
   */
  void check(List<Item> wanted, IntFunction<String> fields, List<Item> others) {
    Set<String> named = new HashSet<>();
    wanted.forEach(item -> item.components().forEach(c -> named.add(c.sku())));
    if (named.isEmpty()) {
      return;
    }
    Map<String, Boolean> isKit = new HashMap<>();
    items.lockForKits(named).forEach(isKit::put);
    others.forEach(item -> isKit.put(item.sku(), item.isKit()));
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < wanted.size(); i++) {
      List<KitComponent> components = wanted.get(i).components();
      for (int c = 0; c < components.size(); c++) {
        Boolean kit = isKit.get(components.get(c).sku());
        String field = "%s.components[%d].sku".formatted(fields.apply(i), c);
        problems.check(kit != null, field, "is no item");
        problems.check(kit == null || !kit, field, "is a kit itself");
      }
    }
    problems.throwIfAny();
  }

  /** Refuses to make a kit of what has stock of its own or is part of another kit. */
  void refuseBecomingKit(String sku) {
    // Nothing can come to it meanwhile.
    items.lockWaiting(sku);
    if (items.isStocked(sku)) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_CANNOT_BE_KIT,
          "The item has or had stock, or is coming: a kit has none of its own.",
          Map.of("sku", sku));
    }
    items
        .kitOf(sku)
        .ifPresent(
            kit -> {
              throw DomainException.precondition(
                  ErrorReason.ERROR_REASON_CANNOT_BE_KIT,
                  "The item is part of another kit.",
                  Map.of("sku", sku, "kit", kit));
            });
  }
}
