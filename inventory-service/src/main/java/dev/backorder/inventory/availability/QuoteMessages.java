package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.PromiseMessages;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.QuotedLine;
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

  /**
   * How an item stands for one who asks.
   *
   * @param onShelves units, or whole kits, that could leave now
   * @param orderable units that could be ordered at most; empty when there is no limit
   * @param version grows with every change of what the answer rests on
   * @param unreleased whether it is a preorder that has not been released
   */
  record Standing(
      ItemPolicy policy,
      long onShelves,
      Optional<Long> orderable,
      long version,
      boolean unreleased) {}

  static QuotedLine line(int index, Demand demand, Decision decision, Standing standing) {
    ItemPolicy policy = standing.policy();
    List<Grant> grants =
        decision.grants().stream()
            .filter(grant -> grant.line() == index)
            .sorted(
                Comparator.comparing((Grant grant) -> grant.promise().shipBy())
                    .thenComparing(grant -> !grant.reserved()))
            .toList();
    QuotedLine.Builder line =
        QuotedLine.newBuilder()
            .setSku(demand.sku())
            .setQuantity(demand.quantity())
            .setKind(kind(grants, decision.refusedTo(index) > 0, standing))
            .setOrderableQuantity(standing.orderable().orElse(WITHOUT_LIMIT))
            .setLowStock(
                policy.lowStockThreshold() > 0
                    && standing.onShelves() <= policy.lowStockThreshold())
            .setVersion(standing.version());
    grants.forEach(grant -> line.addPortions(portion(grant)));
    return line.build();
  }

  private static AvailabilityKind kind(List<Grant> grants, boolean refused, Standing standing) {
    if (refused) {
      return AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK;
    }
    if (standing.unreleased()) {
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
    return standing.policy().sales().mode() == SalesMode.MADE_TO_ORDER
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
