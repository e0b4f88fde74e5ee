package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.Item;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.item.model.ReplenishmentPolicy;
import dev.backorder.inventory.item.model.SalesPolicy;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code item} with its rows of {@code item_channel}. */
@Entity
@Table(name = "item")
class ItemEntity {

  @Id
  @Column(name = "sku")
  String sku;

  @Column(name = "description")
  String description;

  @Embedded SalesPolicyColumns sales;

  @ElementCollection
  @CollectionTable(name = "item_channel", joinColumns = @JoinColumn(name = "sku"))
  @MapKeyColumn(name = "channel")
  @BatchSize(size = 500)
  Map<String, SalesPolicyColumns> channels = new HashMap<>();

  @Column(name = "low_stock_threshold_quantity")
  long lowStockThresholdQuantity;

  @Column(name = "protected_quantity")
  long protectedQuantity;

  @JdbcTypeCode(SqlTypes.ARRAY)
  @Column(name = "substitute_skus")
  String[] substituteSkus = {};

  @Enumerated(EnumType.STRING)
  @Column(name = "replenishment_method")
  ReplenishmentPolicy.Method replenishmentMethod;

  @Column(name = "min_quantity")
  long minQuantity;

  @Column(name = "max_quantity")
  long maxQuantity;

  @Column(name = "component_skus")
  String[] componentSkus;

  @Column(name = "component_quantities")
  Long[] componentQuantities;

  // Counted by hand and not with @Version: a channel that changes is a change of the item.
  @Column(name = "version")
  long version;

  @Column(name = "create_time")
  Instant createTime;

  @Column(name = "update_time")
  Instant updateTime;

  static ItemEntity of(Item item, Instant now) {
    ItemEntity entity = new ItemEntity();
    entity.sku = item.sku();
    entity.createTime = now;
    entity.take(item, now);
    return entity;
  }

  /** Takes over everything that the item says. */
  final void take(Item item, Instant now) {
    description = item.description();
    sales = SalesPolicyColumns.of(item.sales());
    channels.keySet().retainAll(item.channels().keySet());
    item.channels().forEach(this::takeChannel);
    lowStockThresholdQuantity = item.lowStockThreshold();
    protectedQuantity = item.protectedQuantity();
    substituteSkus = item.substitutes().toArray(String[]::new);
    replenishmentMethod = item.replenishment().method();
    minQuantity = item.replenishment().minQuantity();
    maxQuantity = item.replenishment().maxQuantity();
    componentSkus = item.components().stream().map(KitComponent::sku).toArray(String[]::new);
    componentQuantities =
        item.components().stream().map(KitComponent::quantity).toArray(Long[]::new);
    version = Math.addExact(version, 1);
    updateTime = now;
  }

  Item item() {
    Map<String, SalesPolicy> policies = new HashMap<>();
    channels.forEach((channel, columns) -> policies.put(channel, columns.policy()));
    return new Item(
        sku,
        description,
        sales.policy(),
        policies,
        lowStockThresholdQuantity,
        protectedQuantity,
        List.of(substituteSkus),
        new ReplenishmentPolicy(replenishmentMethod, minQuantity, maxQuantity),
        components());
  }

  private List<KitComponent> components() {
    return IntStream.range(0, componentSkus.length)
        .mapToObj(i -> new KitComponent(componentSkus[i], componentQuantities[i]))
        .toList();
  }

  String etag() {
    return Long.toString(version);
  }

  private void takeChannel(String channel, SalesPolicy policy) {
    channels.put(channel, SalesPolicyColumns.of(policy));
  }
}
