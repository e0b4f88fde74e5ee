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
 * The one function behind display, check, hold and allocation (AV7): given what is there and what
 * is coming, what can somebody have, and when? It decides one after the other; what one gets, the
 * next one does not see any more. Lines of one item share the same running numbers.
 */
public final class Decider {
  private final Map<String, ItemBook> books;

  /** What to do when not all that is asked for can be had. */
  public enum ShortageRule {
    /** Give nothing. */
    REFUSE_ORDER,
    /** Give what can be had. */
    REFUSE_UNITS
  }

  /**
   * What is asked for.
   *
   * @param policies how the items are sold on the buyer's channel, by sku
   * @param hold what the buyer's cart holds
   */
  public record Question(
      List<Demand> lines, Buyer buyer, Map<String, ItemPolicy> policies, OwnHold hold) {}

  /**
   * Decides on these items.
   *
   * @param books by sku; an item that is missing is unknown
   */
  public Decider(Map<String, ItemBook> books) {
    this.books = Map.copyOf(books);
  }

  /**
   * Decides and takes what is given. What the cart held is spent then: the rest of it belongs to
   * nobody.
   *
   * @return when nothing is given, or with {@link ShortageRule#REFUSE_ORDER} and any shortage: what
   *     could have been had, none of it taken, and the cart keeps its hold
   */
  public Decision decide(Question question, ShortageRule rule) {
    Deque<Runnable> undo = new ArrayDeque<>();
    Decision decision = decideLines(question, undo);
    if (decision.isTaken(rule)) {
      eachOwn(
          question.hold(), (book, shelf, own) -> book.giveUpOwn(shelf, question.hold().buyer()));
    } else {
      undo.forEach(Runnable::run);
    }
    return decision;
  }

  /** Answers what somebody would get now, and takes nothing. */
  public Decision quote(Question question) {
    Deque<Runnable> undo = new ArrayDeque<>();
    Decision decision = decideLines(question, undo);
    undo.forEach(Runnable::run);
    return decision;
  }

  /** Units of an item that could be ordered at most; empty when there is no limit. */
  public Optional<Long> orderable(Question question, ItemPolicy policy) {
    ItemBook book = books.get(policy.sku());
    if (book == null) {
      return Optional.of(0L);
    }
    Deque<Runnable> undo = new ArrayDeque<>();
    lift(question.hold(), undo);
    Optional<Long> units = LineDecider.orderable(question.buyer(), policy, book);
    undo.forEach(Runnable::run);
    return units;
  }

  private Decision decideLines(Question question, Deque<Runnable> undo) {
    lift(question.hold(), undo);
    List<Grant> grants = new ArrayList<>();
    List<Shortage> shortages = new ArrayList<>();
    for (int i = 0; i < question.lines().size(); i++) {
      Demand demand = question.lines().get(i);
      ItemPolicy policy = question.policies().get(demand.sku());
      ItemBook book = books.get(demand.sku());
      if (policy == null || book == null) {
        shortages.add(new Shortage(i, demand.quantity(), Reason.UNKNOWN_ITEM));
        continue;
      }
      Decision decided =
          new LineDecider(i, demand.quantity(), question.buyer(), policy, book, undo).decide();
      grants.addAll(decided.grants());
      shortages.addAll(decided.shortages());
    }
    return new Decision(grants, shortages);
  }

  /** What the cart holds is there for it, and for nobody else. */
  private void lift(OwnHold hold, Deque<Runnable> undo) {
    eachOwn(
        hold,
        (book, shelf, own) -> {
          shelf.addOwn(own.onShelf());
          undo.push(() -> shelf.addOwn(-own.onShelf()));
        });
    for (OwnHold.Units own : hold.units()) {
      ItemBook book = books.get(own.sku());
      if (book != null) {
        book.addWaiting(hold.buyer().channel(), -own.places());
        undo.push(() -> book.addWaiting(hold.buyer().channel(), own.places()));
      }
    }
  }

  private interface OwnUnits {
    void accept(ItemBook book, Shelf shelf, OwnHold.Units own);
  }

  /** Units at a location that takes no part any more are out of reach. */
  private void eachOwn(OwnHold hold, OwnUnits action) {
    for (OwnHold.Units own : hold.units()) {
      ItemBook book = books.get(own.sku());
      if (book != null) {
        book.shelves().stream()
            .filter(shelf -> shelf.promising().location().code().equals(own.location()))
            .forEach(shelf -> action.accept(book, shelf, own));
      }
    }
  }
}
