package dev.backorder.supplier.catalogue;

import dev.backorder.supplier.catalogue.model.BuyingTerms;
import dev.backorder.supplier.catalogue.model.SoldItem;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Embedded;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;

@Entity
@Table(name = "supplier_item")
class SupplierItemEntity {
  /** Who sells what. */
  @Embeddable
  record Key(String supplier, String sku) {}

  @EmbeddedId Key key;

  @Column(name = "supplier_sku")
  String supplierSku;

  @Embedded CostColumns cost;

  @Column(name = "minimum_quantity")
  long minimumQuantity;

  @Column(name = "multiple_quantity")
  long multipleQuantity;

  @Column(name = "lead_time_days")
  int leadTimeDays;

  int priority;

  SoldItem sold() {
    return new SoldItem(
        key.supplier(),
        key.sku(),
        supplierSku,
        CostColumns.read(cost),
        new BuyingTerms(minimumQuantity, multipleQuantity),
        leadTimeDays,
        priority);
  }

  /** Takes over all but supplier and sku. */
  void set(SoldItem item) {
    supplierSku = item.supplierSku();
    cost = CostColumns.of(item.cost());
    minimumQuantity = item.terms().minimum();
    multipleQuantity = item.terms().multiple();
    leadTimeDays = item.leadTimeDays();
    priority = item.priority();
  }
}
