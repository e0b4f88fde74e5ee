package dev.backorder.order.order;

import com.google.type.Date;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.order.model.ShipTerms;
import dev.backorder.order.v1.HeldUnits;
import dev.backorder.order.v1.Lateness;
import dev.backorder.order.v1.ShipComplete;
import dev.backorder.order.v1.ShipConsolidated;
import dev.backorder.order.v1.ShipMinimum;
import java.util.Optional;

/** Ship rules in the words of the contract, and back. */
public final class ShipRules {
  private ShipRules() {}

  /** The rule that a caller asked for. */
  public static ShipRule fromProto(dev.backorder.order.v1.ShipRule rule) {
    return switch (rule.getRuleCase()) {
      case COMPLETE -> ShipRule.COMPLETE;
      case MINIMUM -> ShipRule.minimum(rule.getMinimum().getMinimumQuantity());
      case CONSOLIDATED -> ShipRule.consolidated(rule.getConsolidated().getWindowDays());
      case AS_AVAILABLE, RULE_NOT_SET -> ShipRule.AS_AVAILABLE;
    };
  }

  /** The rule; empty when each unit leaves when it is there. */
  static Optional<dev.backorder.order.v1.ShipRule> toProto(ShipRule rule) {
    dev.backorder.order.v1.ShipRule.Builder view = dev.backorder.order.v1.ShipRule.newBuilder();
    switch (rule.kind()) {
      case AS_AVAILABLE -> {
        return Optional.empty();
      }
      case COMPLETE -> view.setComplete(ShipComplete.getDefaultInstance());
      case MINIMUM ->
          view.setMinimum(ShipMinimum.newBuilder().setMinimumQuantity(rule.minimumQuantity()));
      case CONSOLIDATED ->
          view.setConsolidated(ShipConsolidated.newBuilder().setWindowDays(rule.windowDays()));
    }
    return Optional.of(view.build());
  }

  /** How late a line may be. */
  static Lateness toProto(ShipTerms.Lateness lateness) {
    Date due = OrderViews.date(lateness.due());
    return Lateness.newBuilder().setDueDate(due).setMaxLateDays(lateness.mostDays()).build();
  }

  /** What reserved units wait for; empty when they may leave. */
  static Optional<HeldUnits> held(ShipProgress progress) {
    return progress
        .heldSince()
        .map(
            since -> {
              HeldUnits.Builder held =
                  HeldUnits.newBuilder().setHoldTime(OrderViews.timestamp(since));
              progress
                  .holdUntil()
                  .ifPresent(until -> held.setHoldUntilTime(OrderViews.timestamp(until)));
              return held.build();
            });
  }
}
