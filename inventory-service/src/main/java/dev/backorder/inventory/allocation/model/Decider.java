package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.item.model.ItemPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one function behind display, check and allocation (AV7): given what is there and what is
 * coming, what can an order have, and when? It decides orders one after the other; what one gets,
 * the next one does not see any more. Lines of one item in one order share the same running
 * numbers.
 */
public final class Decider {
  private final Map<String, ItemBook> books;

  /** What to do when not all of an order can be had. */
  public enum ShortageRule {
    /** Give it nothing. */
    REFUSE_ORDER,
    /** Give it what can be had. */
    REFUSE_UNITS
  }

  /**
   * Decides on these items.
   *
   * @param books by sku; an item that is missing is unknown
   */
  public Decider(Map<String, ItemBook> books) {
    this.books = Map.copyOf(books);
  }

  /**
   * Decides an order and takes what it gets.
   *
   * @param policies how the items are sold on the buyer's channel, by sku
   * @return with {@link ShortageRule#REFUSE_ORDER} and any shortage: what could have been had, none
   *     of it taken
   */
  public Decision decide(
      List<Demand> lines, Buyer buyer, Map<String, ItemPolicy> policies, ShortageRule rule) {
    Deque<Runnable> undo = new ArrayDeque<>();
    Decision decision = decideLines(lines, buyer, policies, undo);
    if (!decision.isComplete() && rule == ShortageRule.REFUSE_ORDER) {
      undo.forEach(Runnable::run);
    }
    return decision;
  }

  /** Answers what an order would get now, and takes nothing. */
  public Decision quote(List<Demand> lines, Buyer buyer, Map<String, ItemPolicy> policies) {
    Deque<Runnable> undo = new ArrayDeque<>();
    Decision decision = decideLines(lines, buyer, policies, undo);
    undo.forEach(Runnable::run);
    return decision;
  }

  /** Units of an item that could be ordered at most; empty when there is no limit. */
  public Optional<Long> orderable(Buyer buyer, ItemPolicy policy) {
    ItemBook book = books.get(policy.sku());
    return book == null ? Optional.of(0L) : LineDecider.orderable(buyer, policy, book);
  }

  private Decision decideLines(
      List<Demand> lines, Buyer buyer, Map<String, ItemPolicy> policies, Deque<Runnable> undo) {
    List<Grant> grants = new ArrayList<>();
    List<Shortage> shortages = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Demand demand = lines.get(i);
      ItemPolicy policy = policies.get(demand.sku());
      ItemBook book = books.get(demand.sku());
      if (policy == null || book == null) {
        shortages.add(new Shortage(i, demand.quantity(), Reason.UNKNOWN_ITEM));
        continue;
      }
      Decision decided = new LineDecider(i, demand.quantity(), buyer, policy, book, undo).decide();
      grants.addAll(decided.grants());
      shortages.addAll(decided.shortages());
    }
    return new Decision(grants, shortages);
  }
}
