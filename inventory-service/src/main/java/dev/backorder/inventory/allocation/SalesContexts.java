package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.book.AllocationRow.SalesContextRow;
import dev.backorder.inventory.v1.SalesContext;

/** The circumstances of a question, which quote, hold and allocate take alike. */
public final class SalesContexts {
  private SalesContexts() {}

  /** As the decision needs it. */
  public static Buyer buyer(SalesContext context) {
    return new Buyer(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry());
  }

  /** As it is stored. */
  public static SalesContextRow row(SalesContext context) {
    return new SalesContextRow(
        context.getChannel(),
        context.getCustomerClass(),
        context.getPriority(),
        context.getDestinationCountry());
  }

  /** What to do when not everything can be had. */
  public static ShortageRule shortageRule(dev.backorder.inventory.v1.ShortageRule rule) {
    return switch (rule) {
      case SHORTAGE_RULE_REFUSE_UNITS -> ShortageRule.REFUSE_UNITS;
      default -> ShortageRule.REFUSE_ORDER;
    };
  }
}
