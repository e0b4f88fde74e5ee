package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.Item;
import dev.backorder.inventory.item.model.ReplenishmentPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.FieldProblems;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Items as the contract writes them. What one field can say for itself is checked by the contract's
 * own rules before we see it; here is what needs more than one field, or a calendar.
 */
final class ItemMessages {
  private ItemMessages() {}

  /** Reads items; every problem of every item is named at once. */
  static List<Item> parse(List<dev.backorder.inventory.v1.Item> messages) {
    FieldProblems problems = new FieldProblems();
    Set<String> seen = new HashSet<>();
    IntStream.range(0, messages.size())
        .forEach(
            i -> {
              String field = "items[%d]".formatted(i);
              checkDates(messages.get(i), field, problems);
              problems.check(
                  seen.add(messages.get(i).getSku()),
                  field + ".sku",
                  "must be in the request only once");
            });
    problems.throwIfAny();
    return messages.stream().map(ItemMessages::item).toList();
  }

  /** Reads an item that shall replace another one. */
  static Item parseUpdate(dev.backorder.inventory.v1.Item message) {
    FieldProblems problems = new FieldProblems();
    checkDates(message, "item", problems);
    problems.check(!message.getEtag().isEmpty(), "item.etag", "must be the etag last read");
    problems.throwIfAny();
    return item(message);
  }

  static dev.backorder.inventory.v1.Item render(ItemEntity entity) {
    Item item = entity.item();
    dev.backorder.inventory.v1.Item.Builder message =
        dev.backorder.inventory.v1.Item.newBuilder()
            .setSku(item.sku())
            .setDescription(item.description())
            .setSalesPolicy(render(item.sales()))
            .setLowStockThresholdQuantity(item.lowStockThreshold())
            .setProtectedQuantity(item.protectedQuantity())
            .addAllSubstituteSkus(item.substitutes())
            .setReplenishmentPolicy(render(item.replenishment()))
            .addAllComponents(KitMessages.render(item.components()))
            .setEtag(entity.etag())
            .setCreateTime(Wire.timestamp(entity.createTime))
            .setUpdateTime(Wire.timestamp(entity.updateTime));
    item.channels().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            channel ->
                message.addChannelPolicies(
                    ChannelPolicy.newBuilder()
                        .setChannel(channel.getKey())
                        .setSalesPolicy(render(channel.getValue()))));
    return message.build();
  }

  private static void checkDates(
      dev.backorder.inventory.v1.Item message, String field, FieldProblems problems) {
    checkRelease(message.getSalesPolicy(), field + ".sales_policy", problems);
    KitMessages.check(message, field, problems);
    checkSubstitutes(message, field, problems);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < message.getChannelPoliciesCount(); i++) {
      ChannelPolicy channel = message.getChannelPolicies(i);
      String path = "%s.channel_policies[%d]".formatted(field, i);
      checkRelease(channel.getSalesPolicy(), path + ".sales_policy", problems);
      problems.check(
          seen.add(channel.getChannel()), path + ".channel", "must be in the item only once");
    }
  }

  private static void checkSubstitutes(
      dev.backorder.inventory.v1.Item message, String field, FieldProblems problems) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < message.getSubstituteSkusCount(); i++) {
      String sku = message.getSubstituteSkus(i);
      String path = "%s.substitute_skus[%d]".formatted(field, i);
      problems.check(!sku.equals(message.getSku()), path, "must not be the item itself");
      problems.check(seen.add(sku), path, "must be in the item only once");
    }
  }

  private static void checkRelease(
      dev.backorder.inventory.v1.SalesPolicy policy, String field, FieldProblems problems) {
    Optional<LocalDate> release =
        policy.hasReleaseDate()
            ? Wire.day(policy.getReleaseDate(), field + ".release_date", problems)
            : Optional.empty();
    if (policy.hasPreorderEndDate()) {
      String endField = field + ".preorder_end_date";
      Optional<LocalDate> end = Wire.day(policy.getPreorderEndDate(), endField, problems);
      problems.check(
          policy.getSalesMode() == dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER,
          endField,
          "is only for a preorder");
      problems.check(
          end.isEmpty() || release.isEmpty() || !end.get().isAfter(release.get()),
          endField,
          "must not be after the release_date");
    }
  }

  private static Item item(dev.backorder.inventory.v1.Item message) {
    Map<String, SalesPolicy> channels = new HashMap<>();
    message
        .getChannelPoliciesList()
        .forEach(channel -> channels.put(channel.getChannel(), sales(channel.getSalesPolicy())));
    return new Item(
        message.getSku(),
        message.getDescription(),
        sales(message.getSalesPolicy()),
        channels,
        message.getLowStockThresholdQuantity(),
        message.getProtectedQuantity(),
        message.getSubstituteSkusList(),
        replenishment(message.getReplenishmentPolicy()),
        KitMessages.parse(message.getComponentsList()));
  }

  private static SalesPolicy sales(dev.backorder.inventory.v1.SalesPolicy message) {
    return new SalesPolicy(
        mode(message.getSalesMode()),
        limit(message.getBackorderLimit()),
        message.hasReleaseDate()
            ? Optional.of(Wire.day(message.getReleaseDate()))
            : Optional.empty(),
        message.hasPreorderEndDate()
            ? Optional.of(Wire.day(message.getPreorderEndDate()))
            : Optional.empty(),
        message.getLeadTimeDays(),
        message.getMaxWaitDays());
  }

  private static SalesMode mode(dev.backorder.inventory.v1.SalesMode message) {
    return switch (message) {
      case SALES_MODE_IN_STOCK_ONLY -> SalesMode.IN_STOCK_ONLY;
      case SALES_MODE_BACKORDER -> SalesMode.BACKORDER;
      case SALES_MODE_PREORDER -> SalesMode.PREORDER;
      case SALES_MODE_MADE_TO_ORDER -> SalesMode.MADE_TO_ORDER;
      case SALES_MODE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalStateException("the contract's rules let no such sales mode through");
    };
  }

  private static BackorderLimit limit(dev.backorder.inventory.v1.BackorderLimit message) {
    return switch (message.getKind()) {
      case BACKORDER_LIMIT_KIND_UNSPECIFIED, BACKORDER_LIMIT_KIND_NONE -> BackorderLimit.NONE;
      case BACKORDER_LIMIT_KIND_FIXED ->
          new BackorderLimit(BackorderLimit.Kind.FIXED, message.getQuantity(), 0);
      case BACKORDER_LIMIT_KIND_INBOUND ->
          new BackorderLimit(
              BackorderLimit.Kind.INBOUND, 0, message.getReliabilityReservePercent());
      case UNRECOGNIZED ->
          throw new IllegalStateException("the contract's rules let no such limit through");
    };
  }

  private static ReplenishmentPolicy replenishment(
      dev.backorder.inventory.v1.ReplenishmentPolicy message) {
    return switch (message.getMethod()) {
      case REPLENISHMENT_METHOD_UNSPECIFIED -> ReplenishmentPolicy.NONE;
      case REPLENISHMENT_METHOD_MIN_MAX ->
          new ReplenishmentPolicy(
              ReplenishmentPolicy.Method.MIN_MAX,
              message.getMinQuantity(),
              message.getMaxQuantity());
      case UNRECOGNIZED ->
          throw new IllegalStateException("the contract's rules let no such method through");
    };
  }

  private static dev.backorder.inventory.v1.SalesPolicy render(SalesPolicy policy) {
    dev.backorder.inventory.v1.SalesPolicy.Builder message =
        dev.backorder.inventory.v1.SalesPolicy.newBuilder()
            .setSalesMode(
                switch (policy.mode()) {
                  case IN_STOCK_ONLY ->
                      dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY;
                  case BACKORDER -> dev.backorder.inventory.v1.SalesMode.SALES_MODE_BACKORDER;
                  case PREORDER -> dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER;
                  case MADE_TO_ORDER ->
                      dev.backorder.inventory.v1.SalesMode.SALES_MODE_MADE_TO_ORDER;
                })
            .setBackorderLimit(render(policy.limit()))
            .setLeadTimeDays(policy.leadTimeDays())
            .setMaxWaitDays(policy.maxWaitDays());
    policy.releaseDate().map(Wire::date).ifPresent(message::setReleaseDate);
    policy.preorderEnd().map(Wire::date).ifPresent(message::setPreorderEndDate);
    return message.build();
  }

  private static dev.backorder.inventory.v1.BackorderLimit render(BackorderLimit limit) {
    return dev.backorder.inventory.v1.BackorderLimit.newBuilder()
        .setKind(
            switch (limit.kind()) {
              case NONE -> BackorderLimitKind.BACKORDER_LIMIT_KIND_NONE;
              case FIXED -> BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED;
              case INBOUND -> BackorderLimitKind.BACKORDER_LIMIT_KIND_INBOUND;
            })
        .setQuantity(limit.quantity())
        .setReliabilityReservePercent(limit.reliabilityReservePercent())
        .build();
  }

  private static dev.backorder.inventory.v1.ReplenishmentPolicy render(ReplenishmentPolicy policy) {
    return dev.backorder.inventory.v1.ReplenishmentPolicy.newBuilder()
        .setMethod(
            switch (policy.method()) {
              case NONE -> ReplenishmentMethod.REPLENISHMENT_METHOD_UNSPECIFIED;
              case MIN_MAX -> ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX;
            })
        .setMinQuantity(policy.minQuantity())
        .setMaxQuantity(policy.maxQuantity())
        .build();
  }
}
