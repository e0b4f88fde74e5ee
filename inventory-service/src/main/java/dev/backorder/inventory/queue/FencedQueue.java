package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.BooksClosing;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.WaitingBook;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.Kept;
import dev.backorder.inventory.keeping.model.Pool;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Arrival;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.supplierterms.KnownSuppliers;
import dev.backorder.inventory.supplierterms.Suppliers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Serves those who wait for an item that has ring fences (AL9): a line gains units on the shelf, or
 * an earlier supply, when they are kept for it or for nobody. Pool by pool in the order of their
 * dates, line by line in queue order.
 *
 * <p>It is done at all locations at once and whenever the books close, because what happens at one
 * location may move what is kept from another. All rows of such an item are locked.
 */
@ApplicationScoped
public class FencedQueue {
  private static final int LINES_PER_READ = 1_000;
  private static final Comparator<Portion> QUEUE_ORDER =
      Comparator.comparingInt((Portion p) -> -p.place().priority())
          .thenComparing(p -> p.place().due())
          .thenComparingLong(p -> p.place().sequence())
          .thenComparingInt(p -> p.id().lineNo())
          .thenComparingInt(p -> p.id().portionNo())
          .thenComparing(p -> p.id().orderId());

  private final PortionBook portions;
  private final WaitingBook waiting;
  private final SupplyBook supplies;
  private final QueueFillBook fills;
  private final FencedUnits fencedUnits;
  private final Items items;
  private final Promisings promisings;
  private final Suppliers suppliers;

  FencedQueue(
      PortionBook portions,
      WaitingBook waiting,
      SupplyBook supplies,
      QueueFillBook fills,
      FencedUnits fencedUnits,
      Items items,
      Promisings promisings,
      Suppliers suppliers) {
    this.portions = portions;
    this.waiting = waiting;
    this.supplies = supplies;
    this.fills = fills;
    this.fencedUnits = fencedUnits;
    this.items = items;
    this.promisings = promisings;
    this.suppliers = suppliers;
  }

  void onClosing(@Observes BooksClosing closing) {
    closing.changes().ringFenced().forEach(sku -> serve(closing.changes(), sku));
  }

  /** Whether it decides about a queue: a location that takes no part keeps nothing. */
  boolean decides(Changes changes, StockKey key) {
    return changes.isRingFenced(key.sku())
        && promisings.active(changes.now()).stream()
            .anyMatch(place -> place.location().code().equals(key.location()));
  }

  /** Gives all who wait for an item what they may have now. */
  public void serve(Changes changes, String sku) {
    if (isWaitedFor(changes, sku)) {
      new Round(changes, sku, 0).run();
    }
  }

  /**
   * The same when units have arrived at one location: they are not protected yet, the queue goes
   * first.
   */
  void serveArrived(Changes changes, StockKey key, String supplyId, long units) {
    if (units > 0 && isWaitedFor(changes, key.sku())) {
      Round round = new Round(changes, key.sku(), units);
      if (!supplyId.isEmpty()) {
        round.arrivedAt = key.location();
      }
      round.run();
    }
  }

  private static boolean isWaitedFor(Changes changes, String sku) {
    return rows(changes, sku).stream().anyMatch(row -> row.waiting() > 0);
  }

  private static List<StockRow> rows(Changes changes, String sku) {
    return changes.locked().keySet().stream()
        .filter(key -> key.sku().equals(sku))
        .map(changes::row)
        .toList();
  }

  /** One item at one moment. */
  private final class Round {
    private final Changes changes;
    private final String sku;
    private final long protectedQuantity;
    private final List<Promising> places;
    private final List<SupplyRow> coming;
    private final KnownSuppliers known;
    private final Map<String, Map<String, Long>> arriving = new HashMap<>();
    private String arrivedAt = "";

    /**
     * A round.
     *
     * @param arrived units on the shelf that are not protected
     */
    Round(Changes changes, String sku, long arrived) {
      this.changes = changes;
      this.sku = sku;
      List<Promising> active =
          promisings.active(changes.now()).stream()
              .filter(place -> changes.locked().containsKey(key(place)))
              .toList();
      this.places = new ArrayList<>();
      active.forEach(place -> places.add(0, place));
      this.coming =
          supplies.live(Set.of(sku)).stream()
              .filter(s -> !s.overdue() && active.stream().anyMatch(p -> key(p).equals(s.key())))
              .toList();
      this.known = suppliers.of(coming);
      ItemPolicy policy = items.policies(Set.of(sku), "").get(sku);
      long onShelves = places.stream().mapToLong(p -> changes.row(key(p)).free()).sum();
      this.protectedQuantity =
          policy == null
              ? 0
              : Math.min(policy.protectedQuantity(), Math.max(0, onShelves - arrived));
      for (Promising place : places) {
        if (changes.row(key(place)).queueReserved() > 0) {
          arriving.put(place.location().code(), fills.remainingBySupply(key(place)));
        }
      }
    }

    void run() {
      for (int i = places.size() - 1; i >= 0; i--) {
        // What was set aside is given first, or later units would overtake it.
        if (changes.row(key(places.get(i))).queueReserved() == 0) {
          fill(i);
        }
      }
      // What is kept lies over supplies by the days that suppliers say; who gains goes by the days
      // on which they are likely there.
      known.byDay(coming).forEach(supply -> peg(coming.indexOf(supply)));
    }

    private void fill(int pool) {
      Promising place = places.get(pool);
      StockKey key = key(place);
      boolean arrived = place.location().code().equals(arrivedAt);
      give(
          pool,
          key,
          () -> allSupplies(key),
          portion -> {
            Promising dates = place.on(portion.channel());
            return portion.filled(
                arrived ? dates.fromArrival(portion.terms()) : dates.fromStock(portion.terms()));
          },
          (portion, units) -> {
            changes.addFilled(key, portion.channel(), units);
            changes.touch(portion.id().orderId(), ChangeCause.FILLED);
          });
    }

    private void peg(int index) {
      SupplyRow supply = coming.get(index);
      Arrival arrival = known.arrival(supply);
      Promising place = promisings.at(supply.key().location(), changes.now());
      List<SupplyRow> there =
          coming.stream().filter(other -> other.key().equals(supply.key())).toList();
      give(
          places.size() + index,
          supply.key(),
          () -> Pegs.gainers(changes, known, there, supply),
          portion ->
              portion.pegged(
                  supply.supplyId(),
                  place.on(portion.channel()).fromSupply(arrival, portion.terms())),
          (portion, units) -> {
            changes.peg(supply.supplyId(), units);
            changes.touch(portion.id().orderId(), ChangeCause.SUPPLY_CHANGED);
          });
    }

    /**
     * Gives units of one pool to lines until nobody may have more of them.
     *
     * @param fate what becomes of a portion
     * @param account what else changes when so many units of a portion get it
     */
    private void give(
        int pool,
        StockKey key,
        Supplier<List<String>> gainers,
        UnaryOperator<Portion> fate,
        ObjLongConsumer<Portion> account) {
      Supplier<List<String>> from = gainers;
      boolean moved = true;
      while (moved && changes.row(key).unmetWaiting() > 0) {
        PortionMoves moves = new PortionMoves();
        boolean refused = false;
        for (Portion portion : candidates(pool, key, from.get())) {
          long units = Math.min(portion.quantity(), mayHave(pool, portion.segment()));
          Portion whole = fate.apply(portion);
          if (units > 0
              && !whole.reserved()
              && Pegs.isWorse(whole.promise(), portion, today(key))) {
            refused = true;
          } else if (units > 0) {
            account.accept(portion, units);
            moves.move(
                portion,
                units,
                part -> part.withFate(whole.reserved(), whole.supplyId(), whole.promise()));
            changes.peg(portion.supplyId(), -units);
            changes.repromised(portion.withQuantity(units), whole.withQuantity(units));
            if (!portion.isPegged()) {
              fencedUnits.got(changes, portion, units);
            }
          }
        }
        moved = moves.size() > 0 || refused;
        if (moves.size() == 0) {
          // Those who stay where they are stand before others that have no supply at all.
          from = () -> List.of("");
        }
        moves.write(portions);
      }
    }

    private LocalDate today(StockKey key) {
      return promisings.at(key.location(), changes.now()).today();
    }

    private SortedSet<Portion> candidates(int pool, StockKey key, List<String> supplyIds) {
      List<Pool> pools = pools();
      Kept kept = kept(pools);
      SortedSet<Portion> candidates = new TreeSet<>(QUEUE_ORDER);
      long beyond = pools.get(pool).free() - kept.all(pool);
      if (beyond > 0) {
        candidates.addAll(
            waiting.firstEager(
                key, supplyIds, Optional.empty(), (int) Math.min(beyond, LINES_PER_READ)));
      }
      for (Segment segment : kept.segments(pool)) {
        candidates.addAll(
            waiting.firstEagerOf(
                segment, key, supplyIds, (int) Math.min(pools.get(pool).free(), LINES_PER_READ)));
      }
      fencedUnits.read(changes, key, candidates);
      return candidates;
    }

    private long mayHave(int pool, Segment segment) {
      List<Pool> pools = pools();
      return pools.get(pool).free() - kept(pools).keptFrom(segment, pool);
    }

    private Kept kept(List<Pool> pools) {
      return fencedUnits.of(changes, sku).lay(protectedQuantity, pools);
    }

    /** Shelves, the one that is asked last first, and then what comes, by date. */
    private List<Pool> pools() {
      List<Pool> pools = new ArrayList<>();
      for (Promising place : places) {
        pools.add(
            new Pool(place.location().code(), Math.max(0, changes.row(key(place)).free()), true));
      }
      for (SupplyRow supply : coming) {
        pools.add(new Pool(supply.key().location(), free(supply), false));
      }
      return pools;
    }

    private long free(SupplyRow read) {
      SupplyRow supply = changes.withPegs(read);
      long arrived =
          arriving
              .getOrDefault(supply.key().location(), Map.of())
              .getOrDefault(supply.supplyId(), 0L);
      return Math.max(0, supply.open() - Math.max(0, supply.pegged() - arrived));
    }

    private List<String> allSupplies(StockKey key) {
      List<String> ids = new ArrayList<>();
      ids.add("");
      supplies.live(key).stream()
          .filter(supply -> changes.withPegs(supply).pegged() > 0)
          .map(SupplyRow::supplyId)
          .forEach(ids::add);
      return ids;
    }

    private StockKey key(Promising place) {
      return new StockKey(sku, place.location().code());
    }
  }
}
