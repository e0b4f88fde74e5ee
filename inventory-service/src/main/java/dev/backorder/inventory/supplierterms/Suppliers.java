package dev.backorder.inventory.supplierterms;

import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.promise.PromiseConfig;
import dev.backorder.inventory.promise.model.Arrival;
import dev.backorder.inventory.supplierterms.SupplierTermsBook.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How suppliers deliver, as decisions need it: one statement for a whole batch. Calendars and what
 * was measured over all items of a supplier are kept in memory, and read again when the row is
 * another one than it was, which is known by the transaction that wrote it.
 */
@ApplicationScoped
public class Suppliers {
  private final SupplierTermsBook book;
  private final PromiseConfig config;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(String writer, SupplierTermsRow terms) {}

  Suppliers(SupplierTermsBook book, PromiseConfig config) {
    this.book = book;
    this.config = config;
  }

  /**
   * What is known for decisions about these items.
   *
   * @param coming supplies that may be promised
   */
  public KnownSuppliers of(Collection<String> skus, Collection<SupplyRow> coming) {
    Set<String> codes = new HashSet<>();
    Set<String> asked = new HashSet<>(skus);
    for (SupplyRow supply : coming) {
      if (KnownSuppliers.isFromSupplier(supply)) {
        codes.add(supply.supplier());
        asked.add(supply.key().sku());
      }
    }
    if (asked.isEmpty()) {
      return KnownSuppliers.none();
    }
    List<Found> found = book.find(asked, codes);
    Map<String, SupplierTermsRow> suppliers = suppliers(found);
    List<SupplierItemTermsRow> items = new ArrayList<>();
    found.forEach(row -> items.addAll(row.item()));
    return new KnownSuppliers(suppliers, items, config.enoughObservations(), config.percentile());
  }

  /**
   * What is known of the suppliers of these supplies alone; nothing is read when there are none.
   */
  public KnownSuppliers of(Collection<SupplyRow> coming) {
    return of(List.of(), coming);
  }

  /** When one supply comes. */
  public Arrival arrival(SupplyRow supply) {
    return of(List.of(supply)).arrival(supply);
  }

  private Map<String, SupplierTermsRow> suppliers(List<Found> found) {
    Map<String, SupplierTermsRow> suppliers = new HashMap<>();
    Map<String, String> unknown = new HashMap<>();
    for (Found row : found) {
      Kept known = kept.get(row.supplier());
      if (known != null && known.writer().equals(row.supplierWriter())) {
        suppliers.put(row.supplier(), known.terms());
      } else if (!row.supplierWriter().isEmpty()) {
        unknown.put(row.supplier(), row.supplierWriter());
      }
    }
    if (!unknown.isEmpty()) {
      // What is read now may be newer than the row that was seen: then it is read once more, later.
      for (SupplierTermsRow terms : book.suppliers(unknown.keySet())) {
        suppliers.put(terms.supplier(), terms);
        kept.put(terms.supplier(), new Kept(unknown.get(terms.supplier()), terms));
      }
    }
    return suppliers;
  }
}
