package dev.backorder.inventory.location;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Reads and locks locations. */
@ApplicationScoped
class LocationRepository implements PanacheRepositoryBase<LocationEntity, String> {

  List<LocationEntity> page(String afterCode, int limit) {
    return find("code > ?1 order by code", afterCode).range(0, limit - 1).list();
  }

  Optional<LocationEntity> lock(String code) {
    return findByIdOptional(code, LockModeType.PESSIMISTIC_WRITE);
  }
}
