package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.allocation.model.Sourcing.Offer;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.model.StillToBuy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/**
 * The one function behind display, check, hold and allocation (AV7): given what is there and what
 * is coming, what can somebody have, and when? It decides one after the other; what one gets, the
 * next one does not see any more. Lines of one item share the same running numbers.
 */
public final class Decider {
  private final Map<String, ItemBook> books;
  private final Sourcing usual;

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
    this(books, SourcingPolicy.PRIORITY_ORDER);
  }

  /**
   * Decides on these items.
   *
   * @param books by sku; an item that is missing is unknown
   * @param usual which locations serve those who do not say
   */
  public Decider(Map<String, ItemBook> books, Sourcing usual) {
    this.books = Map.copyOf(books);
    this.usual = usual;
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
      eachOwn(question.hold(), (shelf, own) -> shelf.giveUpOwn());
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
    Optional<Long> units =
        LineDecider.orderable(question.buyer(), policy, book, route(question, List.of(book)));
    undo.forEach(Runnable::run);
    return units;
  }

  /** Units of an item that the buyer can have from stock now, at the locations that serve it. */
  public long available(Question question, ItemPolicy policy) {
    ItemBook book = books.get(policy.sku());
    if (book == null) {
      return 0;
    }
    long[] available = book.available(policy.protectedQuantity());
    return Arrays.stream(route(question, List.of(book))).mapToLong(i -> available[i]).sum();
  }

  private Decision decideLines(Question question, Deque<Runnable> undo) {
    lift(question.hold(), undo);
    List<Grant> grants = new ArrayList<>();
    List<Shortage> shortages = new ArrayList<>();
    int[] route =
        route(
            question,
            question.lines().stream()
                .map(d -> books.get(d.sku()))
                .filter(Objects::nonNull)
                .toList());
    for (int i = 0; i < question.lines().size(); i++) {
      Demand demand = question.lines().get(i);
      ItemPolicy policy = question.policies().get(demand.sku());
      ItemBook book = books.get(demand.sku());
      if (policy == null || book == null) {
        shortages.add(new Shortage(i, demand.quantity(), Reason.UNKNOWN_ITEM));
        continue;
      }
      Decision decided =
          new LineDecider(i, demand, question.buyer(), policy, book, route, undo).decide();
      grants.addAll(decided.grants());
      shortages.addAll(decided.shortages());
    }
    return new Decision(grants, shortages);
  }

  /**
   * Positions of the shelves that serve the order, in the sequence in which they are asked. The
   * shelves of all items stand at the same locations.
   */
  private int[] route(Question question, List<ItemBook> asked) {
    if (asked.isEmpty()) {
      return new int[0];
    }
    List<String> locations =
        asked.get(0).shelves().stream().map(s -> s.promising().location().code()).toList();
    Sourcing sourcing = question.buyer().sourcing().orElse(usual);
    return sourcing.isByPriority()
        ? IntStream.range(0, locations.size()).toArray()
        : sourcing.choose(wanted(question), offers(question, locations)).stream()
            .mapToInt(locations::indexOf)
            .toArray();
  }

  private static Map<String, Long> wanted(Question question) {
    Map<String, Long> wanted = new TreeMap<>();
    question.lines().forEach(line -> wanted.merge(line.sku(), line.quantity(), Math::addExact));
    return wanted;
  }

  private List<Offer> offers(Question question, List<String> locations) {
    List<Map<String, Long>> available = new ArrayList<>();
    locations.forEach(location -> available.add(new HashMap<>()));
    for (String sku : wanted(question).keySet()) {
      ItemPolicy policy = question.policies().get(sku);
      if (policy != null && books.containsKey(sku)) {
        long[] units = books.get(sku).available(policy.protectedQuantity());
        for (int i = 0; i < units.length; i++) {
          available.get(i).put(sku, units[i]);
        }
      }
    }
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < locations.size(); i++) {
      offers.add(new Offer(locations.get(i), available.get(i)));
    }
    return offers;
  }

  /** The same; none of an item that is not released yet. */
  public long availableNow(Question question, ItemPolicy policy) {
    ItemBook book = books.get(policy.sku());
    boolean leaves =
        book != null
            && !book.shelves().isEmpty()
            && StillToBuy.unreleased(policy.sales(), book.shelves().get(0).promising().today())
                .isEmpty();
    return leaves ? available(question, policy) : 0;
  }

  /** What the cart holds is there for it, and for nobody else. */
  private void lift(OwnHold hold, Deque<Runnable> undo) {
    eachOwn(
        hold,
        (shelf, own) -> {
          shelf.addOwn(own.onShelf());
          undo.push(() -> shelf.addOwn(-own.onShelf()));
        });
    for (OwnHold.Units own : hold.units()) {
      ItemBook book = books.get(own.sku());
      if (book != null) {
        book.addWaiting(hold.channel(), -own.places());
        undo.push(() -> book.addWaiting(hold.channel(), own.places()));
      }
    }
  }

  /** Units at a location that takes no part any more are out of reach. */
  private void eachOwn(OwnHold hold, BiConsumer<Shelf, OwnHold.Units> action) {
    for (OwnHold.Units own : hold.units()) {
      ItemBook book = books.get(own.sku());
      if (book != null) {
        book.shelves().stream()
            .filter(shelf -> shelf.promising().location().code().equals(own.location()))
            .forEach(shelf -> action.accept(shelf, own));
      }
    }
  }
}
