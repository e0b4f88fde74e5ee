package dev.backorder.supplier.catalogue;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Suppliers and what they sell. */
@ApplicationScoped
@Transactional
public class Suppliers {
  private final SupplierRepository suppliers;
  private final SupplierItemRepository items;
  private final Event<SupplierChanged> changes;
  private final Event<SoldItemsChanged> itemChanges;
  private final Sql sql;
  private final Clock clock;

  Suppliers(
      SupplierRepository suppliers,
      SupplierItemRepository items,
      Event<SupplierChanged> changes,
      Event<SoldItemsChanged> itemChanges,
      Sql sql,
      Clock clock) {
    this.suppliers = suppliers;
    this.items = items;
    this.changes = changes;
    this.itemChanges = itemChanges;
    this.sql = sql;
    this.clock = clock;
  }

  /**
   * A supplier with the mark of its last change.
   *
   * @param profile the supplier
   * @param etag changes with every change
   */
  record Stored(SupplierProfile profile, String etag) {
    static Stored of(SupplierEntity entity) {
      return new Stored(entity.profile(), Long.toString(entity.version));
    }
  }

  /** The supplier with this code. */
  public Optional<SupplierProfile> find(String code) {
    return suppliers.findByIdOptional(code).map(SupplierEntity::profile);
  }

  /**
   * The supplier with this code.
   *
   * @throws DomainException NOT_FOUND SUPPLIER_NOT_FOUND
   */
  public SupplierProfile get(String code) {
    return find(code).orElseThrow(() -> notFound(code));
  }

  /**
   * The same as it is now, whatever this transaction has read of it before, and locked until the
   * transaction ends.
   *
   * @throws DomainException NOT_FOUND SUPPLIER_NOT_FOUND
   */
  public SupplierProfile locked(String code) {
    SupplierEntity entity = suppliers.findByIdOptional(code).orElseThrow(() -> notFound(code));
    suppliers.getEntityManager().refresh(entity, LockModeType.PESSIMISTIC_WRITE);
    return entity.profile();
  }

  /** What a supplier sells of these items, by sku. */
  public Map<String, SoldItem> sold(String supplier, Collection<String> skus) {
    return items.ofSupplier(supplier, skus).stream()
        .map(SupplierItemEntity::sold)
        .collect(Collectors.toMap(SoldItem::sku, Function.identity(), (a, b) -> a, TreeMap::new));
  }

  /** The preferred offer of an active supplier for each of these items that has one, by sku. */
  public Map<String, SoldItem> preferred(Collection<String> skus) {
    return SoldItem.preferred(
        items.ofActiveSuppliers(skus).stream().map(SupplierItemEntity::sold).toList());
  }

  /**
   * Counts the changes of suppliers and their items. What is read after this number is at least as
   * new.
   */
  public long catalogueVersion() {
    return sql.number("select version from catalogue_version where id = 1");
  }

  Stored create(SupplierProfile profile) {
    // Its row lock also makes two that create the same code come one after the other.
    bumpCatalogue();
    if (suppliers.findByIdOptional(profile.code()).isPresent()) {
      throw DomainException.alreadyExists(
          dev.backorder.supplier.v1.ErrorReason.ERROR_REASON_SUPPLIER_EXISTS,
          "supplier",
          profile.code());
    }
    SupplierEntity entity = new SupplierEntity();
    entity.code = profile.code();
    entity.set(profile);
    entity.version = 1;
    entity.createTime = clock.instant();
    entity.updateTime = entity.createTime;
    suppliers.persistAndFlush(entity);
    changes.fire(new SupplierChanged(profile));
    return Stored.of(entity);
  }

  Stored read(String code) {
    seeOneMoment();
    return suppliers.findByIdOptional(code).map(Stored::of).orElseThrow(() -> notFound(code));
  }

  List<Stored> page(String afterCode, int limit) {
    seeOneMoment();
    return suppliers.page(afterCode, limit).stream().map(Stored::of).toList();
  }

  Stored update(SupplierProfile profile, String etag) {
    SupplierEntity entity = lock(profile.code());
    if (!etag.equals(Long.toString(entity.version))) {
      throw DomainException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "The supplier changed since it was read: read it again.");
    }
    entity.set(profile);
    entity.version++;
    entity.updateTime = clock.instant();
    suppliers.flush();
    bumpCatalogue();
    changes.fire(new SupplierChanged(profile));
    return Stored.of(entity);
  }

  /** Creates or replaces what a supplier sells; returns how many. */
  int setItems(String supplier, List<SoldItem> sold) {
    lock(supplier);
    Map<String, SupplierItemEntity> present =
        items.ofSupplier(supplier, sold.stream().map(SoldItem::sku).toList()).stream()
            .collect(Collectors.toMap(entity -> entity.key.sku(), Function.identity()));
    List<String> delivered = new ArrayList<>();
    for (SoldItem item : sold) {
      SupplierItemEntity entity = present.get(item.sku());
      if (entity == null || !entity.sold().isDeliveredAs(item)) {
        delivered.add(item.sku());
      }
      if (entity == null) {
        entity = new SupplierItemEntity();
        entity.key = new SupplierItemEntity.Key(supplier, item.sku());
        entity.set(item);
        items.persist(entity);
      } else {
        entity.set(item);
      }
    }
    items.flush();
    bumpCatalogue();
    itemChanges.fire(new SoldItemsChanged(supplier, delivered));
    return sold.size();
  }

  List<SoldItem> itemPage(
      String supplier, String sku, String afterSupplier, String afterSku, int limit) {
    return items
        .page(supplier, sku, new SupplierItemEntity.Key(afterSupplier, afterSku), limit)
        .stream()
        .map(SupplierItemEntity::sold)
        .toList();
  }

  /**
   * A supplier and its closed days are read by two statements: they must not see it before and
   * after a change.
   */
  private void seeOneMoment() {
    sql.update("set transaction isolation level repeatable read, read only");
  }

  private void bumpCatalogue() {
    sql.update("update catalogue_version set version = version + 1 where id = 1");
  }

  private SupplierEntity lock(String code) {
    return suppliers.lock(code).orElseThrow(() -> notFound(code));
  }

  private static DomainException notFound(String code) {
    return DomainException.notFound(
        dev.backorder.supplier.v1.ErrorReason.ERROR_REASON_SUPPLIER_NOT_FOUND, "supplier", code);
  }
}
