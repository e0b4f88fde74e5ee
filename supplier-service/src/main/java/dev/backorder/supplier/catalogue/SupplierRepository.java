package dev.backorder.supplier.catalogue;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class SupplierRepository implements PanacheRepositoryBase<SupplierEntity, String> {
  /** The supplier, locked until the transaction ends. */
  Optional<SupplierEntity> lock(String code) {
    return findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Suppliers by code, from after a code on. */
  List<SupplierEntity> page(String afterCode, int limit) {
    return find("code > ?1 order by code", afterCode).page(0, limit).list();
  }
}
