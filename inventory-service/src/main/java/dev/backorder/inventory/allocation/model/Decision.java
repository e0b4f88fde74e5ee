package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import java.util.List;

/**
 * What somebody can have and what not. For each line, grants and shortages sum to its demand.
 *
 * @param grants what each line can have; of a kit whole kits
 * @param units the same as units of items that have stock: of a kit its components
 * @param shortages what cannot be had
 */
public record Decision(List<Grant> grants, List<Grant> units, List<Shortage> shortages) {

  /** Copies the lists. */
  public Decision {
    grants = List.copyOf(grants);
    units = List.copyOf(units);
    shortages = List.copyOf(shortages);
  }

  /** A decision on lines that are no kits. */
  static Decision plain(List<Grant> grants, List<Shortage> shortages) {
    return new Decision(grants, grants, shortages);
  }

  /** Whether all that was asked for can be had, now or later. */
  public boolean isComplete() {
    return shortages.isEmpty();
  }

  /** Whether it is given: something can be had, and under the rule that is enough. */
  public boolean isTaken(ShortageRule rule) {
    return !grants.isEmpty() && (isComplete() || rule == ShortageRule.REFUSE_UNITS);
  }

  /** Units of a line that can be had, now or later. */
  public long grantedTo(int line) {
    return grants.stream().filter(g -> g.line() == line).mapToLong(Grant::quantity).sum();
  }

  /** Units of a line that cannot be had. */
  public long refusedTo(int line) {
    return shortages.stream().filter(s -> s.line() == line).mapToLong(Shortage::quantity).sum();
  }

  /** Units that were decided on. */
  long quantity() {
    return grants.stream().mapToLong(Grant::quantity).sum();
  }
}
