package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.WaitingBook;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.PromiseConfig;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Arrival;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.promise.model.StillToBuy;
import dev.backorder.inventory.promise.model.SupplierOffer;
import dev.backorder.inventory.supplierterms.KnownSuppliers;
import dev.backorder.inventory.supplierterms.Suppliers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Ties waiting lines to the supplies that will serve them (AL6).
 *
 * <p>A told promise pegs its units to a supply and is an entitlement: nobody takes the peg away
 * while the supply holds. When there is more (a new supply, a larger one, a freed peg), the lines
 * without a supply and those pegged to a later one gain, in queue order; the pegs that they leave
 * pass on in the same way, supply by supply in the order of their dates. When there is less, the
 * lowest-ranked pegged lines lose, and are then served like lines without a supply. When a date
 * moves, exactly the lines pegged to that supply get the new date.
 *
 * <p>A line that is wanted later and whose supply comes in time gains nothing. One without a supply
 * is first tried with the latest that still comes in time.
 */
@ApplicationScoped
public class Pegs {
  private static final int LINES_PER_READ = 1_000;

  private final PortionBook portions;
  private final WaitingBook waiting;
  private final SupplyBook supplies;
  private final FencedUnits fencedUnits;
  private final FencedQueue fencedQueue;
  private final Items items;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final PromiseConfig config;

  Pegs(
      PortionBook portions,
      WaitingBook waiting,
      SupplyBook supplies,
      FencedUnits fencedUnits,
      FencedQueue fencedQueue,
      Items items,
      Promisings promisings,
      Suppliers suppliers,
      PromiseConfig config) {
    this.portions = portions;
    this.waiting = waiting;
    this.supplies = supplies;
    this.fencedUnits = fencedUnits;
    this.fencedQueue = fencedQueue;
    this.items = items;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.config = config;
  }

  /** Gives the lines that are pegged to a supply the date that it has now. */
  public void followDate(Changes changes, SupplyRow supply, ChangeCause cause) {
    Promising promising = promisings.at(supply.key().location(), changes.now());
    Arrival arrival = suppliers.arrival(supply);
    Optional<Portion> last = Optional.empty();
    List<Portion> page;
    do {
      page = portions.peggedAfter(supply.key(), supply.supplyId(), last, LINES_PER_READ);
      List<Portion> moved = new ArrayList<>();
      for (Portion portion : page) {
        Promise promise = promising.on(portion.channel()).fromSupply(arrival, portion.terms());
        if (!promise.equals(portion.promise())) {
          Portion after = portion.pegged(supply.supplyId(), promise);
          moved.add(after);
          changes.repromised(portion, after);
          changes.touch(portion.id().orderId(), cause);
        }
      }
      portions.update(moved);
      last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1));
    } while (page.size() == LINES_PER_READ);
  }

  /** Makes anew the dates of unpegged lines whose day has passed. */
  public void renewPassed(Changes changes, StockKey key, List<Portion> passed) {
    Promising promising = promisings.at(key.location(), changes.now());
    Policies policy = new Policies(key);
    portions.update(
        passed.stream().map(p -> p.pegged("", unpegged(p, policy, promising))).toList());
    passed.forEach(p -> changes.touch(p.id().orderId(), ChangeCause.OVERDUE));
  }

  /**
   * Takes pegs from supplies that have become too small and hands out those that are free.
   *
   * @param arriving units that have arrived and still have to be given to lines, by supply
   */
  void renew(Changes changes, StockKey key, Map<String, Long> arriving) {
    List<SupplyRow> read = supplies.live(key);
    for (SupplyRow row : read) {
      SupplyRow supply = changes.withPegs(row);
      long excess = supply.pegged() - supply.open() - arriving.getOrDefault(supply.supplyId(), 0L);
      if (excess > 0) {
        unpegLowest(changes, supply, excess);
      }
    }
    // With ring fences, who gains depends on all locations: it is decided when the books close.
    if (fencedQueue.decides(changes, key)) {
      return;
    }
    if (read.stream().map(changes::withPegs).allMatch(supply -> free(supply, arriving) == 0)) {
      return;
    }
    KnownSuppliers known = suppliers.of(read);
    List<SupplyRow> byDay = known.byDay(read);
    if (handOutAll(changes, known, byDay, arriving, true)) {
      // The later supply that some were left to may not have been enough for all of them.
      handOutAll(changes, known, byDay, arriving, false);
    }
  }

  /**
   * Hands out what is free, by the day on which it is likely there: what a line leaves behind is
   * always a later supply, which comes after.
   *
   * @param read by that day
   * @param sparing leaves lines that are wanted later to the later supply that is in time for them
   * @return whether lines may have been left and something is still free
   */
  private boolean handOutAll(
      Changes changes,
      KnownSuppliers known,
      List<SupplyRow> read,
      Map<String, Long> arriving,
      boolean sparing) {
    boolean spared = false;
    for (int i = 0; i < read.size(); i++) {
      SupplyRow supply = changes.withPegs(read.get(i));
      long free = free(supply, arriving);
      if (free > 0) {
        Optional<LocalDate> next =
            sparing
                ? nextFree(changes, known, read.subList(i + 1, read.size()), arriving)
                : Optional.empty();
        handOut(
            changes,
            supply,
            known.arrival(supply),
            gainers(changes, known, read, supply),
            free,
            next);
        spared |= next.isPresent() && free(changes.withPegs(read.get(i)), arriving) > 0;
      }
    }
    return spared;
  }

  /** Units that nobody is pegged to and that have not arrived. */
  private static long free(SupplyRow supply, Map<String, Long> arriving) {
    long stillPegged = Math.max(0, supply.pegged() - arriving.getOrDefault(supply.supplyId(), 0L));
    return supply.overdue() ? 0 : Math.max(0, supply.open() - stillPegged);
  }

  /**
   * The first day on which units of these supplies, which are in the order of their days, leave on
   * every channel.
   */
  private Optional<LocalDate> nextFree(
      Changes changes, KnownSuppliers known, List<SupplyRow> later, Map<String, Long> arriving) {
    return later.stream()
        .map(changes::withPegs)
        .filter(supply -> free(supply, arriving) > 0)
        .findFirst()
        .map(
            supply ->
                promisings
                    .at(supply.key().location(), changes.now())
                    .onEveryChannel()
                    .shipDayOf(known.arrival(supply)));
  }

  /**
   * Whose lines would gain by a peg to this supply: those without one, and those of later supplies.
   */
  static List<String> gainers(
      Changes changes, KnownSuppliers known, List<SupplyRow> read, SupplyRow supply) {
    List<String> gainers = new ArrayList<>();
    gainers.add("");
    read.stream()
        .filter(other -> known.day(other).isAfter(known.day(supply)))
        .filter(other -> changes.withPegs(other).pegged() > 0)
        .map(SupplyRow::supplyId)
        .forEach(gainers::add);
    return gainers;
  }

  /**
   * Whether a supply is no gain for units that have one: what they were told stays, and is later
   * with the other one. A day that has passed binds nobody.
   */
  static boolean isWorse(Promise promise, Portion portion, LocalDate today) {
    LocalDate told = portion.promise().shipBy();
    return portion.isPegged() && promise.shipBy().isAfter(told) && !told.isBefore(today);
  }

  private void handOut(
      Changes changes,
      SupplyRow supply,
      Arrival arrival,
      List<String> gainers,
      long free,
      Optional<LocalDate> wantedBefore) {
    Promising promising = promisings.at(supply.key().location(), changes.now());
    List<String> from = gainers;
    long remaining = free;
    while (remaining > 0) {
      PortionMoves moves = new PortionMoves();
      boolean refused = false;
      int most = (int) Math.min(remaining, LINES_PER_READ);
      for (Portion portion : waiting.firstEager(supply.key(), from, wantedBefore, most)) {
        long units = Math.min(remaining, portion.quantity());
        if (units == 0) {
          break;
        }
        Promise promise = promising.on(portion.channel()).fromSupply(arrival, portion.terms());
        if (isWorse(promise, portion, promising.today())) {
          refused = true;
          continue;
        }
        UnaryOperator<Portion> fate = part -> part.pegged(supply.supplyId(), promise);
        moves.move(portion, units, fate);
        changes.repromised(portion.withQuantity(units), fate.apply(portion.withQuantity(units)));
        changes.peg(portion.supplyId(), -units);
        changes.peg(supply.supplyId(), units);
        if (!portion.isPegged()) {
          fencedUnits.got(changes, portion, units);
        }
        changes.touch(portion.id().orderId(), ChangeCause.SUPPLY_CHANGED);
        remaining -= units;
      }
      if (moves.size() == 0 && !refused) {
        return;
      }
      if (moves.size() == 0) {
        // Those who stay where they are stand before others that have no supply at all.
        from = List.of("");
      }
      moves.write(portions);
    }
  }

  /** Takes pegs from the lowest-ranked lines of a supply; they get the date of what is to buy. */
  private void unpegLowest(Changes changes, SupplyRow supply, long excess) {
    Promising promising = promisings.at(supply.key().location(), changes.now());
    Policies policy = new Policies(supply.key());
    repegLowest(
        changes, supply, excess, part -> part.pegged("", unpegged(part, policy, promising)));
  }

  /** Pegs the lowest-ranked lines of a supply to another, whose date they get. */
  void moveLowest(Changes changes, SupplyRow supply, SupplyRow other, long units) {
    Promising promising = promisings.at(supply.key().location(), changes.now());
    Arrival arrival = suppliers.arrival(other);
    repegLowest(
        changes,
        supply,
        units,
        part ->
            part.pegged(
                other.supplyId(), promising.on(part.channel()).fromSupply(arrival, part.terms())));
    changes.peg(other.supplyId(), units);
  }

  private void repegLowest(
      Changes changes, SupplyRow supply, long excess, UnaryOperator<Portion> repeg) {
    long remaining = excess;
    while (remaining > 0) {
      PortionMoves moves = new PortionMoves();
      for (Portion portion : lowest(changes, supply, remaining)) {
        long units = Math.min(remaining, portion.quantity());
        if (units == 0) {
          break;
        }
        moves.move(portion, units, repeg);
        Portion after = repeg.apply(portion.withQuantity(units));
        changes.repromised(portion.withQuantity(units), after);
        changes.peg(supply.supplyId(), -units);
        if (!after.isOwn()) {
          fencedUnits.lost(changes, portion, units);
        }
        changes.touch(portion.id().orderId(), ChangeCause.SUPPLY_CHANGED);
        remaining -= units;
      }
      if (moves.size() == 0) {
        throw new IllegalStateException("pegs of supply " + supply.supplyId() + " without lines");
      }
      moves.write(portions);
    }
  }

  private List<Portion> lowest(Changes changes, SupplyRow supply, long units) {
    List<Portion> lowest =
        portions.lastWaiting(
            supply.key(), supply.supplyId(), (int) Math.min(units, LINES_PER_READ));
    fencedUnits.read(changes, supply.key(), lowest);
    return lowest;
  }

  /** The same, for the policy that its item has now. */
  Promise unpegged(Changes changes, Portion portion) {
    return unpegged(
        portion,
        new Policies(portion.key()),
        promisings.at(portion.key().location(), changes.now()));
  }

  /** The date of units that have no supply. Some date must be told to who waits already. */
  private Promise unpegged(Portion portion, Policies policies, Promising promising) {
    Promising dates = promising.on(portion.channel());
    return policies
        .of(portion.channel())
        .flatMap(p -> StillToBuy.promise(p.sales(), dates, policies.offer(), portion.terms()))
        .orElseGet(
            () ->
                dates.fromPurchase(
                    config.unknownLeadTimeDays(), policies.offer(), portion.terms()));
  }

  /** How one item is sold, by channel, each read once, and how it would be bought. */
  private final class Policies {
    private final String sku;
    private final Map<String, Optional<ItemPolicy>> byChannel = new HashMap<>();
    private final List<KnownSuppliers> known = new ArrayList<>();

    Policies(StockKey key) {
      this.sku = key.sku();
    }

    Optional<ItemPolicy> of(String channel) {
      return byChannel.computeIfAbsent(
          channel, c -> Optional.ofNullable(items.policies(Set.of(sku), c).get(sku)));
    }

    Optional<SupplierOffer> offer() {
      if (known.isEmpty()) {
        known.add(suppliers.of(Set.of(sku), List.of()));
      }
      return known.get(0).offer(sku);
    }
  }
}
