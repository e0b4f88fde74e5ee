package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.allocation.model.Sourcing.Offer;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
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
import java.util.stream.IntStream;

/**
 * The one function behind display, check, hold and allocation (AV7): given what is there and what
 * is coming, what can somebody have, and when? It decides one after the other; what one gets, the
 * next one does not see any more. Lines of one item share the same running numbers.
 */
public final class Decider {
  /** More kits than anybody may order. */
  private static final long MOST_KITS = 1_000_000_000;

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
    if (!isKnown(policy, question.policies())) {
      return Optional.of(0L);
    }
    Deque<Runnable> undo = new ArrayDeque<>();
    lift(question.hold(), undo);
    Optional<Long> units =
        policy.isKit()
            ? orderableKits(question, policy, undo)
            : LineDecider.orderable(
                question.buyer(),
                policy,
                books.get(policy.sku()),
                route(question, List.of(books.get(policy.sku()))));
    undo.forEach(Runnable::run);
    return units;
  }

  private Optional<Long> orderableKits(Question question, ItemPolicy kit, Deque<Runnable> undo) {
    long most = MOST_KITS;
    for (KitComponent component : kit.components()) {
      Optional<Long> units =
          LineDecider.orderable(
              question.buyer(),
              question.policies().get(component.sku()),
              books.get(component.sku()),
              route(question, List.of(books.get(component.sku()))));
      most = Math.min(most, units.orElse(Long.MAX_VALUE) / component.quantity());
    }
    long kits = kitDecider(new Demand(kit.sku(), most), question, kit, undo).decide().quantity();
    return kits == MOST_KITS ? Optional.empty() : Optional.of(kits);
  }

  /**
   * Units of an item that the buyer can have from stock now, at the locations that serve it; of a
   * kit whole kits.
   */
  public long available(Question question, ItemPolicy policy) {
    if (!isKnown(policy, question.policies())) {
      return 0;
    }
    if (policy.isKit()) {
      return kitDecider(new Demand(policy.sku(), 0), question, policy, new ArrayDeque<>())
          .onShelves();
    }
    ItemBook book = books.get(policy.sku());
    long[] available = book.available(policy.protectedQuantity(), question.buyer().segment());
    return Arrays.stream(route(question, List.of(book))).mapToLong(i -> available[i]).sum();
  }

  /** Grows with every change of what a decision on an item rests on. */
  public long version(ItemPolicy policy) {
    long version = books.get(policy.sku()).version();
    for (KitComponent component : policy.components()) {
      version += books.get(component.sku()).version();
    }
    return version;
  }

  /** Whether it is a preorder that has not been released, by the day at the first location. */
  public boolean isUnreleased(ItemPolicy policy) {
    List<Shelf> shelves = books.get(policy.sku()).shelves();
    return !shelves.isEmpty()
        && StillToBuy.unreleased(policy.sales(), shelves.get(0).promising().today()).isPresent();
  }

  /** Asked about a kit alone: on the route that the question has now. */
  private KitDecider kitDecider(
      Demand demand, Question question, ItemPolicy kit, Deque<Runnable> undo) {
    int[] route = route(question, List.of(books.get(kit.components().get(0).sku())));
    return kitDecider(0, demand, question, kit, route, undo);
  }

  private KitDecider kitDecider(
      int line,
      Demand demand,
      Question question,
      ItemPolicy kit,
      int[] route,
      Deque<Runnable> undo) {
    return new KitDecider(
        line, demand, question.buyer(), kit, question.policies(), books, route, undo);
  }

  private boolean isKnown(ItemPolicy policy, Map<String, ItemPolicy> policies) {
    return books.containsKey(policy.sku())
        && policy.components().stream()
            .allMatch(c -> policies.containsKey(c.sku()) && books.containsKey(c.sku()));
  }

  private Decision decideLines(Question question, Deque<Runnable> undo) {
    lift(question.hold(), undo);
    List<Grant> grants = new ArrayList<>();
    List<Grant> units = new ArrayList<>();
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
      if (policy == null || !isKnown(policy, question.policies())) {
        shortages.add(new Shortage(i, demand.quantity(), Reason.UNKNOWN_ITEM));
        continue;
      }
      Decision decided =
          policy.isKit()
              ? kitDecider(i, demand, question, policy, route, undo).decide()
              : new LineDecider(
                      i, demand, question.buyer(), policy, books.get(demand.sku()), route, undo)
                  .decide();
      grants.addAll(decided.grants());
      units.addAll(decided.units());
      shortages.addAll(decided.shortages());
    }
    return new Decision(grants, units, shortages);
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

  /** By item that has stock: of a kit its components. */
  private static Map<String, Long> wanted(Question question) {
    Map<String, Long> wanted = new TreeMap<>();
    for (Demand line : question.lines()) {
      ItemPolicy policy = question.policies().get(line.sku());
      if (policy != null && policy.isKit()) {
        for (KitComponent part : policy.components()) {
          wanted.merge(
              part.sku(), Math.multiplyExact(part.quantity(), line.quantity()), Math::addExact);
        }
      } else {
        wanted.merge(line.sku(), line.quantity(), Math::addExact);
      }
    }
    return wanted;
  }

  private List<Offer> offers(Question question, List<String> locations) {
    List<Map<String, Long>> available = new ArrayList<>();
    locations.forEach(location -> available.add(new HashMap<>()));
    for (String sku : wanted(question).keySet()) {
      ItemPolicy policy = question.policies().get(sku);
      if (policy != null && books.containsKey(sku)) {
        long[] units =
            books.get(sku).available(policy.protectedQuantity(), question.buyer().segment());
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
    return books.containsKey(policy.sku()) && !isUnreleased(policy)
        ? available(question, policy)
        : 0;
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
