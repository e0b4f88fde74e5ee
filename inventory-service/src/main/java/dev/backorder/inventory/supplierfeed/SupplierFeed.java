package dev.backorder.inventory.supplierfeed;

import dev.backorder.inventory.replenishment.ReorderNeeds;
import dev.backorder.inventory.supplierterms.SupplierTermsBook;
import dev.backorder.inventory.supply.Supplies;
import dev.backorder.platform.feed.FeedConsumer;
import dev.backorder.platform.feed.FeedEvent;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.SupplierEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows supplier-service: what is coming, which needs are bought, and how suppliers deliver. Each
 * fact carries the whole state of its key, so only the newest version counts; older ones that come
 * late are ignored. A change of how suppliers deliver makes no told date anew: that happens when a
 * supply moves.
 */
@ApplicationScoped
class SupplierFeed implements FeedConsumer {

  private final FollowedPurchaseOrderRepository followed;
  private final Supplies supplies;
  private final ReorderNeeds needs;
  private final SupplierTermsBook terms;

  SupplierFeed(
      FollowedPurchaseOrderRepository followed,
      Supplies supplies,
      ReorderNeeds needs,
      SupplierTermsBook terms) {
    this.followed = followed;
    this.supplies = supplies;
    this.needs = needs;
    this.terms = terms;
  }

  @Override
  public String name() {
    return "inventory-service";
  }

  @Override
  public String producer() {
    return "supplier";
  }

  /** Of several versions of a key that are read together only the newest counts. */
  @Override
  public void handle(List<FeedEvent> events) {
    Map<String, FeedEvent> newest = new LinkedHashMap<>();
    for (FeedEvent event : events) {
      newest.remove(event.key());
      newest.put(event.key(), event);
    }
    newest.values().forEach(event -> event.asCause(name(), () -> handle(event)));
  }

  private void handle(FeedEvent event) {
    SupplierEvent fact = event.payload(SupplierEvent.parser());
    switch (fact.getFactCase()) {
      case PURCHASE_ORDER_CHANGED ->
          follow(
              fact.getPurchaseOrderChanged().getPurchaseOrder(),
              LocalDate.ofInstant(event.occurredTime(), ZoneOffset.UTC));
      case SUPPLIER_TERMS_CHANGED ->
          terms.follow(
              SupplierTermsFacts.supplier(
                  fact.getSupplierTermsChanged().getTerms(), event.keyVersion()));
      case SUPPLIER_ITEM_TERMS_CHANGED ->
          terms.follow(
              SupplierTermsFacts.item(
                  fact.getSupplierItemTermsChanged().getTerms(), event.keyVersion()));
      case FACT_NOT_SET -> {
        // A fact of a newer supplier-service that this version has no use for.
      }
    }
  }

  private void follow(PurchaseOrder order, LocalDate changed) {
    if (followed.advance(order.getPurchaseOrderId(), order.getVersion())) {
      // Supplies first: balances are locked before needs.
      int unused = supplies.apply(PurchaseOrderFacts.supplies(order, changed));
      needs.settle(PurchaseOrderFacts.needs(order));
    }
  }
}
