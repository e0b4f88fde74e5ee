package dev.backorder.supplier.catalogue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

@ApplicationScoped
class SupplierItemRepository
    implements PanacheRepositoryBase<SupplierItemEntity, SupplierItemEntity.Key> {
  List<SupplierItemEntity> ofSupplier(String supplier, Collection<String> skus) {
    return list("key.supplier = ?1 and key.sku in ?2", supplier, skus);
  }

  /** What active suppliers ask for these items. */
  List<SupplierItemEntity> ofActiveSuppliers(Collection<String> skus) {
    return list(
        "key.sku in ?1 and key.supplier in (select s.code from SupplierEntity s where s.active)",
        skus);
  }

  /** Items by supplier and sku, after such a pair; an empty supplier or sku means all. */
  List<SupplierItemEntity> page(
      String supplier, String sku, SupplierItemEntity.Key after, int limit) {
    String filter =
        "(key.supplier > :afterSupplier or (key.supplier = :afterSupplier and key.sku > :afterSku))";
    Map<String, Object> parameters = new HashMap<>();
    parameters.put("afterSupplier", after.supplier());
    parameters.put("afterSku", after.sku());
    if (!supplier.isEmpty()) {
      filter += " and key.supplier = :supplier";
      parameters.put("supplier", supplier);
    }
    if (!sku.isEmpty()) {
      filter += " and key.sku = :sku";
      parameters.put("sku", sku);
    }
    return find(filter + " order by key.supplier, key.sku", parameters).page(0, limit).list();
  }
}
