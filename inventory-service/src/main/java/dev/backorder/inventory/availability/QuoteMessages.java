package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.allocation.model.ItemBook;
import dev.backorder.inventory.book.PromiseMessages;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.StillToBuy;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.QuotedLine;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Quotes as the contract writes them. */
final class QuoteMessages {
  private static final long WITHOUT_LIMIT = -1;

  private QuoteMessages() {}

  static QuotedLine unknown(Demand demand) {
    return QuotedLine.newBuilder()
        .setSku(demand.sku())
        .setQuantity(demand.quantity())
        .setKind(AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK)
        .setUnknownItem(true)
        .build();
  }

  static QuotedLine line(
      int index,
      Demand demand,
      Segment buyer,
      Decision decision,
      ItemPolicy policy,
      ItemBook book,
      Optional<Long> orderable) {
    List<Grant> grants =
        decision.grants().stream()
            .filter(grant -> grant.line() == index)
            .sorted(
                Comparator.comparing((Grant grant) -> grant.promise().shipBy())
                    .thenComparing(grant -> !grant.reserved()))
            .toList();
    long available = Arrays.stream(book.available(policy.protectedQuantity(), buyer)).sum();
    QuotedLine.Builder line =
        QuotedLine.newBuilder()
            .setSku(demand.sku())
            .setQuantity(demand.quantity())
            .setKind(kind(grants, decision.refusedTo(index) > 0, policy, book))
            .setOrderableQuantity(orderable.orElse(WITHOUT_LIMIT))
            .setLowStock(policy.lowStockThreshold() > 0 && available <= policy.lowStockThreshold())
            .setVersion(book.version());
    grants.forEach(grant -> line.addPortions(portion(grant)));
    return line.build();
  }

  private static AvailabilityKind kind(
      List<Grant> grants, boolean refused, ItemPolicy policy, ItemBook book) {
    if (refused) {
      return AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK;
    }
    boolean unreleased =
        StillToBuy.unreleased(policy.sales(), book.shelves().get(0).promising().today())
            .isPresent();
    if (unreleased) {
      return AvailabilityKind.AVAILABILITY_KIND_PREORDER;
    }
    boolean someReserved = grants.stream().anyMatch(Grant::reserved);
    boolean allReserved = grants.stream().allMatch(Grant::reserved);
    if (allReserved) {
      return AvailabilityKind.AVAILABILITY_KIND_AVAILABLE;
    }
    if (someReserved) {
      return AvailabilityKind.AVAILABILITY_KIND_PARTLY_AVAILABLE;
    }
    return policy.sales().mode() == SalesMode.MADE_TO_ORDER
        ? AvailabilityKind.AVAILABILITY_KIND_MADE_TO_ORDER
        : AvailabilityKind.AVAILABILITY_KIND_BACKORDER;
  }

  private static AllocationPortion portion(Grant grant) {
    return AllocationPortion.newBuilder()
        .setQuantity(grant.quantity())
        .setLocation(grant.location())
        .setState(
            grant.reserved()
                ? PortionState.PORTION_STATE_RESERVED
                : PortionState.PORTION_STATE_WAITING)
        .setPromise(PromiseMessages.render(grant.promise(), grant.supplyId()))
        .build();
  }
}
