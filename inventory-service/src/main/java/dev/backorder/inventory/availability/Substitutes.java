package dev.backorder.inventory.availability;

import dev.backorder.inventory.allocation.SalesContexts;
import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.Substitute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Offers other items where what was asked for cannot be had in full now (AV2). */
final class Substitutes {
  private final List<Wanting> lines = new ArrayList<>();

  /** A line that cannot be had in full now, and whose item has substitutes. */
  private record Wanting(SalesContext context, QuotedLine.Builder line, List<String> substitutes) {}

  /**
   * Looks for such lines.
   *
   * @param answers to the questions, in their order
   * @param policies how the items that were asked for are sold, by channel and sku
   */
  Substitutes(
      List<QuoteAvailabilityRequest> questions,
      List<QuoteAvailabilityResponse.Builder> answers,
      Map<String, Map<String, ItemPolicy>> policies) {
    for (int i = 0; i < questions.size(); i++) {
      SalesContext context = questions.get(i).getSalesContext();
      for (QuotedLine.Builder line : answers.get(i).getLinesBuilderList()) {
        ItemPolicy policy = policies.get(context.getChannel()).get(line.getSku());
        if (policy != null && !policy.substitutes().isEmpty() && isShort(line)) {
          lines.add(new Wanting(context, line, policy.substitutes()));
        }
      }
    }
  }

  /** Substitutes that could be offered. */
  Set<String> named() {
    Set<String> named = new TreeSet<>();
    lines.forEach(line -> named.addAll(line.substitutes()));
    return named;
  }

  /**
   * Adds what can be had of them to the answers.
   *
   * @param decider decides on them
   * @param policies how they are sold, by channel and sku
   */
  void offer(Decider decider, Map<String, Map<String, ItemPolicy>> policies) {
    for (Wanting wanting : lines) {
      Map<String, ItemPolicy> onChannel = policies.get(wanting.context().getChannel());
      Question question =
          new Question(List.of(), SalesContexts.buyer(wanting.context()), onChannel, OwnHold.NONE);
      for (String sku : wanting.substitutes()) {
        ItemPolicy policy = onChannel.get(sku);
        long units = policy == null ? 0 : decider.availableNow(question, policy);
        if (units > 0) {
          wanting
              .line()
              .addSubstitutes(Substitute.newBuilder().setSku(sku).setAvailableQuantity(units));
        }
      }
    }
  }

  /** What is wanted only later and comes in time is no want. */
  private static boolean isShort(QuotedLine.Builder line) {
    long had =
        line.getPortionsList().stream()
            .filter(Substitutes::isAsWanted)
            .mapToLong(AllocationPortion::getQuantity)
            .sum();
    return had < line.getQuantity();
  }

  private static boolean isAsWanted(AllocationPortion portion) {
    PromiseConstraint constraint = portion.getPromise().getConstraint();
    return constraint == PromiseConstraint.PROMISE_CONSTRAINT_WANTED_DATE
        || (portion.getState() == PortionState.PORTION_STATE_RESERVED
            && constraint != PromiseConstraint.PROMISE_CONSTRAINT_RELEASE_DATE);
  }
}
