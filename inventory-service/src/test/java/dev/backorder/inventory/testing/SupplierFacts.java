package dev.backorder.inventory.testing;

import dev.backorder.inventory.wire.Wire;
import dev.backorder.supplier.v1.DayDistribution;
import dev.backorder.supplier.v1.DayQuantile;
import dev.backorder.supplier.v1.SupplierEvent;
import dev.backorder.supplier.v1.SupplierItemTerms;
import dev.backorder.supplier.v1.SupplierItemTermsChanged;
import dev.backorder.supplier.v1.SupplierTerms;
import dev.backorder.supplier.v1.SupplierTermsChanged;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

/** How suppliers deliver, as supplier-service would tell it. Facts reach the service at once. */
public final class SupplierFacts {
  /** The supplier of {@link Stockroom#supply}. */
  public static final String ACME = "acme";

  private final Inventory inventory;
  private long version;

  public SupplierFacts(Inventory inventory) {
    this.inventory = inventory;
  }

  /** An active supplier of whom nothing was measured. */
  public static SupplierTerms.Builder supplier(String code) {
    return SupplierTerms.newBuilder()
        .setSupplier(code)
        .setActive(true)
        .setTimeZone("Europe/London");
  }

  /** An offer of which nothing was measured and that says nothing of its lead time. */
  public static SupplierItemTerms.Builder offer(String supplier, String sku) {
    return SupplierItemTerms.newBuilder().setSupplier(supplier).setSku(sku);
  }

  /** So many lines, of which up to a percentile took so many days; and so on, up to 100. */
  public static DayDistribution.Builder measured(long lines, int... upToPercentAndDays) {
    DayDistribution.Builder measured = DayDistribution.newBuilder().setLineCount(lines);
    for (int i = 0; i < upToPercentAndDays.length; i += 2) {
      measured.addQuantiles(
          DayQuantile.newBuilder()
              .setUpToPercent(upToPercentAndDays[i])
              .setDays(upToPercentAndDays[i + 1]));
    }
    return measured;
  }

  /** Monday to Friday. */
  public static SupplierTerms.Builder onWeekdays(SupplierTerms.Builder terms) {
    Stream.of(1, 2, 3, 4, 5).forEach(terms::addWorkingWeekdays);
    return terms;
  }

  /** Closed from one day to another, both included. */
  public static SupplierTerms.Builder closed(
      SupplierTerms.Builder terms, LocalDate from, LocalDate to) {
    from.datesUntil(to.plusDays(1)).map(Wire::date).forEach(terms::addClosedDates);
    return terms;
  }

  public SupplierFacts tell(SupplierTerms.Builder terms) {
    return tell(terms, ++version);
  }

  /** The same as the fact of a version. */
  public SupplierFacts tell(SupplierTerms.Builder terms, long keyVersion) {
    return publish(
        "supplier/" + terms.getSupplier(),
        keyVersion,
        SupplierEvent.newBuilder()
            .setSupplierTermsChanged(SupplierTermsChanged.newBuilder().setTerms(terms))
            .build());
  }

  public SupplierFacts tell(SupplierItemTerms.Builder terms) {
    return tell(terms, ++version);
  }

  /** The same as the fact of a version. */
  public SupplierFacts tell(SupplierItemTerms.Builder terms, long keyVersion) {
    return publish(
        "supplier/%s/%s".formatted(terms.getSupplier(), terms.getSku()),
        keyVersion,
        SupplierEvent.newBuilder()
            .setSupplierItemTermsChanged(SupplierItemTermsChanged.newBuilder().setTerms(terms))
            .build());
  }

  private SupplierFacts publish(String key, long keyVersion, SupplierEvent event) {
    SupplierPeer.feed().publish(key, keyVersion, event, Instant.parse(InventoryResource.START));
    inventory.time.settle();
    return this;
  }
}
