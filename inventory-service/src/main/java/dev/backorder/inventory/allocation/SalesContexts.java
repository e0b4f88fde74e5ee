package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.PickUp;
import dev.backorder.inventory.allocation.model.Sourcing;
import dev.backorder.inventory.allocation.model.SourcingPolicy;
import dev.backorder.inventory.book.AllocationRow.SalesContextRow;
import dev.backorder.inventory.v1.SalesContext;
import java.util.Optional;

/** The circumstances of a question, which quote, hold and allocate take alike. */
public final class SalesContexts {
  private SalesContexts() {}

  /** As the decision needs it. */
  public static Buyer buyer(SalesContext context) {
    return new Buyer(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry(),
        sourcing(context));
  }

  private static Optional<Sourcing> sourcing(SalesContext context) {
    if (!context.getPickUpLocation().isEmpty()) {
      return Optional.of(new PickUp(context.getPickUpLocation()));
    }
    return switch (context.getSourcingPolicy()) {
      case SOURCING_POLICY_PRIORITY_ORDER -> Optional.of(SourcingPolicy.PRIORITY_ORDER);
      case SOURCING_POLICY_FEWEST_PARCELS -> Optional.of(SourcingPolicy.FEWEST_PARCELS);
      default -> Optional.empty();
    };
  }

  /** As it is stored. */
  public static SalesContextRow row(SalesContext context) {
    return new SalesContextRow(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry(),
        context.getPickUpLocation(),
        context.getSourcingPolicyValue() == 0 ? "" : context.getSourcingPolicy().name());
  }

  /** What to do when not everything can be had. */
  public static ShortageRule shortageRule(dev.backorder.inventory.v1.ShortageRule rule) {
    return switch (rule) {
      case SHORTAGE_RULE_REFUSE_UNITS -> ShortageRule.REFUSE_UNITS;
      default -> ShortageRule.REFUSE_ORDER;
    };
  }
}
