package dev.backorder.supplier.leadtime;

import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.catalogue.SoldItemsChanged;
import dev.backorder.supplier.catalogue.SupplierChanged;
import dev.backorder.supplier.catalogue.Suppliers;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.leadtime.model.MeasuredTimes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Publishes how suppliers deliver. The count of facts of a supplier, and of each of its items, is
 * in its row; whoever counts holds the lock of the supplier's row until the commit, so facts of one
 * key come in the order of their versions.
 */
@ApplicationScoped
@Transactional
class SupplierTerms {
  private final Suppliers suppliers;
  private final ObservationBook observations;
  private final EventLog events;
  private final Sql sql;

  SupplierTerms(Suppliers suppliers, ObservationBook observations, EventLog events, Sql sql) {
    this.suppliers = suppliers;
    this.observations = observations;
    this.events = events;
    this.sql = sql;
  }

  /** Key of the facts of a supplier. */
  static String key(String supplier) {
    return "supplier/" + supplier;
  }

  /** Key of the facts of an item of a supplier. No code of a supplier has a slash. */
  static String key(String supplier, String sku) {
    return key(supplier) + "/" + sku;
  }

  /** Its row is locked by whoever changed it. */
  void onSupplier(@Observes SupplierChanged change) {
    publish(change.supplier(), List.of());
  }

  void onItems(@Observes SoldItemsChanged change) {
    events.appendAll(items(change.supplier(), change.skus()));
  }

  /** Publishes a supplier, whose row is locked, and some of its items as they are now. */
  void publish(SupplierProfile supplier, Collection<String> skus) {
    long version =
        sql.number(
            "update supplier set terms_version = terms_version + 1 where code = ? returning terms_version",
            supplier.code());
    List<EventDraft> drafts = new ArrayList<>();
    drafts.add(
        EventDraft.of(
            key(supplier.code()),
            version,
            LeadTimeMessages.fact(supplier, observations.ofSupplier(supplier.code()))));
    drafts.addAll(items(supplier.code(), skus));
    events.appendAll(drafts);
  }

  /** Publishes a bounded number of what was never published; returns how many. */
  int publishMissing(int limit) {
    List<String> missing =
        sql.list(
            row -> row.getString(1),
            "select code from supplier where terms_version = 0 order by code for update skip locked limit ?",
            limit);
    missing.forEach(supplier -> publish(suppliers.locked(supplier), List.of()));
    return missing.isEmpty() ? publishMissingItems(limit) : missing.size();
  }

  /** Whether anything was never published. */
  boolean isMissing() {
    return sql.number(
            """
            select 1 where exists (select from supplier where terms_version = 0)
              or exists (select from supplier_item where terms_version = 0)""")
        > 0;
  }

  private int publishMissingItems(int limit) {
    Map<String, List<String>> bySupplier = new TreeMap<>();
    sql.list(
        row ->
            bySupplier
                .computeIfAbsent(row.getString(1), supplier -> new ArrayList<>())
                .add(row.getString(2)),
        "select supplier, sku from supplier_item where terms_version = 0 order by supplier, sku limit ?",
        limit);
    int published = 0;
    for (Map.Entry<String, List<String>> offers : bySupplier.entrySet()) {
      published += offers.getValue().size();
      SupplierProfile unused = suppliers.locked(offers.getKey());
      events.appendAll(items(offers.getKey(), stillMissing(offers.getKey(), offers.getValue())));
    }
    return published;
  }

  private List<String> stillMissing(String supplier, Collection<String> skus) {
    return sql.list(
        row -> row.getString(1),
        "select sku from supplier_item where terms_version = 0 and supplier = ? and sku = any(?) order by sku",
        supplier,
        skus.toArray(String[]::new));
  }

  /** Facts of items, in the order of their skus. The lock of the supplier is held. */
  private List<EventDraft> items(String supplier, Collection<String> skus) {
    if (skus.isEmpty()) {
      return List.of();
    }
    Map<String, Long> versions = new TreeMap<>();
    sql.list(
        row -> versions.put(row.getString(1), row.getLong(2)),
        """
        update supplier_item set terms_version = terms_version + 1 where supplier = ? and sku = any(?)
        returning sku, terms_version""",
        supplier,
        skus.toArray(String[]::new));
    Map<String, SoldItem> sold = suppliers.sold(supplier, versions.keySet());
    Map<String, MeasuredTimes> measured = observations.ofItems(supplier, versions.keySet());
    return versions.entrySet().stream()
        .map(
            entry ->
                EventDraft.of(
                    key(supplier, entry.getKey()),
                    entry.getValue(),
                    LeadTimeMessages.fact(sold.get(entry.getKey()), measured.get(entry.getKey()))))
        .toList();
  }
}
