package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.platform.errors.FieldProblems;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Kits as the contract writes them. */
final class KitMessages {
  private KitMessages() {}

  /**
   * What a kit may not say: its components have the stock, so limits, protection, purchases,
   * releases and lead times are theirs.
   */
  static void check(Item kit, String field, FieldProblems problems) {
    if (kit.getComponentsCount() == 0) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < kit.getComponentsCount(); i++) {
      String sku = kit.getComponents(i).getSku();
      String path = "%s.components[%d].sku".formatted(field, i);
      problems.check(seen.add(sku), path, "must be in the kit only once");
      problems.check(!sku.equals(kit.getSku()), path, "must not be the kit itself");
    }
    problems.check(
        kit.getProtectedQuantity() == 0,
        field + ".protected_quantity",
        "a kit has none: protect its components");
    problems.check(
        kit.getReplenishmentPolicy().getMethod()
            == ReplenishmentMethod.REPLENISHMENT_METHOD_UNSPECIFIED,
        field + ".replenishment_policy",
        "a kit is not bought: its components are");
    checkSales(kit.getSalesPolicy(), field + ".sales_policy", problems);
    for (int i = 0; i < kit.getChannelPoliciesCount(); i++) {
      ChannelPolicy channel = kit.getChannelPolicies(i);
      checkSales(
          channel.getSalesPolicy(),
          "%s.channel_policies[%d].sales_policy".formatted(field, i),
          problems);
    }
  }

  private static void checkSales(SalesPolicy sales, String field, FieldProblems problems) {
    SalesMode mode = sales.getSalesMode();
    problems.check(
        mode == SalesMode.SALES_MODE_IN_STOCK_ONLY || mode == SalesMode.SALES_MODE_BACKORDER,
        field + ".sales_mode",
        "a kit is sold from stock only or as a backorder: releases and lead times are its components'");
    BackorderLimitKind limit = sales.getBackorderLimit().getKind();
    problems.check(
        limit == BackorderLimitKind.BACKORDER_LIMIT_KIND_UNSPECIFIED
            || limit == BackorderLimitKind.BACKORDER_LIMIT_KIND_NONE,
        field + ".backorder_limit",
        "a kit has none: its components' limits hold");
    problems.check(
        sales.getLeadTimeDays() == 0,
        field + ".lead_time_days",
        "a kit has none: its components' lead times hold");
  }

  static List<KitComponent> parse(List<dev.backorder.inventory.v1.KitComponent> messages) {
    return messages.stream().map(c -> new KitComponent(c.getSku(), c.getQuantity())).toList();
  }

  static List<dev.backorder.inventory.v1.KitComponent> render(List<KitComponent> components) {
    return components.stream()
        .map(
            component ->
                dev.backorder.inventory.v1.KitComponent.newBuilder()
                    .setSku(component.sku())
                    .setQuantity(component.quantity())
                    .build())
        .toList();
  }
}
