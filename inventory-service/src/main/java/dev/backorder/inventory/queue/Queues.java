package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.WaitingBook;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.Pool;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.queue.QueueFillBook.QueueFill;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Gives units that came free to those who wait (AL5), always in a transaction that has locked the
 * stock row.
 *
 * <p>Who gets them: goods of a supply go first to the lines that are pegged to it, because they
 * were promised these very units; what then remains, and units that come from elsewhere (a release,
 * a return, a find), go to everybody who waits, in queue order: higher priority first, then who
 * came first. A line that gets units earlier than its own supply frees its peg, and {@link Pegs}
 * hands that supply on to the next in the queue, so that no early unit is wasted and nobody's date
 * gets worse. A line that is wanted later and whose own supply comes in time takes no other units.
 *
 * <p>No newcomer can take them: they leave the available units in the transaction in which they
 * came. When the queue is long, lines get them in steps, and until then they are queue-reserved.
 */
@ApplicationScoped
public class Queues {
  private final StockBook stock;
  private final PortionBook portions;
  private final WaitingBook waiting;
  private final SupplyBook supplies;
  private final QueueFillBook fills;
  private final Pegs pegs;
  private final FencedQueue fencedQueue;
  private final FencedUnits fencedUnits;
  private final Promisings promisings;
  private final Items items;
  private final QueueConfig config;

  Queues(
      StockBook stock,
      PortionBook portions,
      WaitingBook waiting,
      SupplyBook supplies,
      QueueFillBook fills,
      Pegs pegs,
      FencedQueue fencedQueue,
      FencedUnits fencedUnits,
      Promisings promisings,
      Items items,
      QueueConfig config) {
    this.stock = stock;
    this.portions = portions;
    this.waiting = waiting;
    this.supplies = supplies;
    this.fills = fills;
    this.pegs = pegs;
    this.fencedQueue = fencedQueue;
    this.fencedUnits = fencedUnits;
    this.promisings = promisings;
    this.items = items;
    this.config = config;
  }

  /**
   * Takes as many of the units that came free as are waited for out of available, and gives them to
   * lines.
   *
   * @param units that the caller has just added to what is free
   * @param supplyId the supply that they came from; empty when from elsewhere
   * @return units that went to the queue
   */
  public long serve(Changes changes, StockKey key, long units, String supplyId) {
    var row = changes.row(key);
    long forQueue = Math.min(units, takers(row, supplyId));
    if (forQueue <= 0) {
      return 0;
    }
    if (fencedQueue.decides(changes, key)) {
      return serveFenced(changes, key, forQueue, supplyId);
    }
    return setAside(changes, key, forQueue, supplyId);
  }

  /**
   * On an item with ring fences only a told promise goes before what is kept: lines that are pegged
   * to the supply get its units, and the rest of the queue what is not kept from them.
   */
  private long serveFenced(Changes changes, StockKey key, long units, String supplyId) {
    long before = changes.row(key).unmetWaiting();
    long pegged = Math.min(units, peggedTo(changes, key, supplyId));
    if (pegged > 0) {
      setAside(changes, key, pegged, supplyId);
    }
    fencedQueue.serveArrived(changes, key, supplyId, units - pegged);
    return before - changes.row(key).unmetWaiting();
  }

  /** Units that wait for a supply and for which none of it was set aside yet. */
  private long peggedTo(Changes changes, StockKey key, String supplyId) {
    if (supplyId.isEmpty()) {
      return 0;
    }
    long pegged = supplies.find(supplyId).map(changes::withPegs).map(SupplyRow::pegged).orElse(0L);
    long setAside =
        changes.row(key).queueReserved() > 0
            ? fills.remainingBySupply(key).getOrDefault(supplyId, 0L)
            : 0;
    return Math.max(0, pegged - setAside);
  }

  private long setAside(Changes changes, StockKey key, long forQueue, String supplyId) {
    var row = changes.row(key);
    // Units set aside earlier are given first, or the later ones would overtake them.
    long given =
        row.queueReserved() > 0 ? 0 : give(changes, key, supplyId, forQueue, linesLeft(changes));
    if (given < forQueue) {
      fills.insert(key, supplyId, forQueue - given, changes.now());
      changes.add(key, StockDelta.queueReserved(forQueue - given));
    }
    return forQueue;
  }

  /** Waiting units that would take units of this supply, or from elsewhere, and have none yet. */
  private long takers(StockRow row, String supplyId) {
    if (row.patient() == 0) {
      return row.unmetWaiting();
    }
    Map<String, Long> filling =
        row.queueReserved() > 0 ? fills.remainingBySupply(row.key()) : Map.of();
    Set<String> own = new HashSet<>(filling.keySet());
    own.add(supplyId);
    long takers = row.waiting() - row.queueReserved() - row.patient();
    for (Map.Entry<String, Long> patient : waiting.patient(row.key(), own).entrySet()) {
      // What was set aside for them is no unit that the others have.
      long set = Math.min(filling.getOrDefault(patient.getKey(), 0L), patient.getValue());
      takers += patient.getKey().equals(supplyId) ? patient.getValue() : set;
    }
    return Math.max(0, Math.min(takers, row.unmetWaiting()));
  }

  /** Brings the queue in order after its lines, its supplies or its units changed. */
  public void settle(Changes changes, StockKey key) {
    returnSurplus(changes, key);
    // Most items have no queue: they cost no read at all.
    if (changes.row(key).waiting() > 0) {
      boolean arriving = changes.row(key).queueReserved() > 0;
      pegs.renew(changes, key, arriving ? fills.remainingBySupply(key) : Map.of());
      if (changes.locked().get(key).patient() > 0 && serveIdle(changes, key)) {
        settle(changes, key);
      }
    }
  }

  /** A line that was left to a supply which does not come in time any more takes what is there. */
  private boolean serveIdle(Changes changes, StockKey key) {
    if (changes.row(key).eagerWaiting() == 0 || changes.row(key).free() <= 0) {
      return false;
    }
    return serve(changes, key, changes.row(key).free() - protectedAt(changes, key), "") > 0;
  }

  /**
   * Protected units lie at the locations that are asked last, as they do for newcomers; those are
   * read without a lock, so a unit may be given here while one there is just being sold.
   */
  private long protectedAt(Changes changes, StockKey key) {
    ItemPolicy policy = items.policies(Set.of(key.sku()), "").get(key.sku());
    if (policy == null || policy.protectedQuantity() == 0) {
      return 0;
    }
    Map<StockKey, StockRow> rows = stock.read(Set.of(key.sku()));
    List<Pool> lastFirst = new ArrayList<>();
    int askedLater = 0;
    for (Promising place : promisings.active(changes.now())) {
      StockKey at = new StockKey(key.sku(), place.location().code());
      StockRow row =
          changes.locked().containsKey(at)
              ? changes.row(at)
              : rows.getOrDefault(at, StockRow.empty(at));
      askedLater = at.equals(key) ? 0 : askedLater + 1;
      lastFirst.add(0, new Pool(at.location(), row.free(), true));
    }
    // An inactive location takes no part: nothing is protected there.
    return askedLater < lastFirst.size()
        ? RingFences.none().lay(policy.protectedQuantity(), lastFirst).secured(askedLater)
        : 0;
  }

  /**
   * Units that arrived have to be inspected: the lines that they were promised to keep them, pegged
   * to the hold.
   *
   * @param supply that they came from, as it is now
   * @param hold the supply that they are until they are released
   */
  public void inspect(Changes changes, SupplyRow supply, SupplyRow hold) {
    StockKey key = supply.key();
    SupplyRow now = changes.withPegs(supply);
    boolean arriving = changes.row(key).queueReserved() > 0;
    long stillToCome =
        now.open()
            + (arriving ? fills.remainingBySupply(key).getOrDefault(now.supplyId(), 0L) : 0L);
    long units = Math.min(now.pegged() - stillToCome, hold.open());
    if (units > 0) {
      pegs.moveLowest(changes, now, hold, units);
    }
  }

  /**
   * Units are gone (AL8): what was set aside for the queue is no longer, and when that is not
   * enough, the lowest-ranked reservations go back to the queue with a new date.
   *
   * @param location where they are gone, already taken off what is on hand
   * @param skus of which
   */
  public void shrink(Changes changes, String location, Collection<String> skus) {
    Map<String, Long> missing = new TreeMap<>();
    for (String sku : skus) {
      StockKey key = new StockKey(sku, location);
      var row = changes.row(key);
      takeBack(changes, key, Math.min(-row.free(), row.queueReserved()));
      long reserved = -changes.row(key).free();
      if (reserved > 0) {
        missing.put(sku, reserved);
      }
    }
    if (missing.isEmpty()) {
      return;
    }
    PortionMoves moves = new PortionMoves();
    for (Portion portion : portions.lowestReserved(location, missing)) {
      long units = Math.min(missing.get(portion.key().sku()), portion.quantity());
      missing.merge(portion.key().sku(), -units, Math::addExact);
      moves.move(portion, units, lost -> lost.pegged("", pegs.unpegged(changes, lost)));
      fencedUnits.lost(changes, portion, units);
      changes.addFilled(portion.key(), portion.channel(), -units);
      changes.touch(portion.id().orderId(), ChangeCause.SHRINKAGE);
    }
    moves.write(portions);
    if (missing.values().stream().anyMatch(units -> units > 0)) {
      throw new IllegalStateException("reserved without portions: " + missing);
    }
  }

  /** Gives the next step of units set aside to lines; returns how many lines or rows were done. */
  int continueFill(Changes changes, StockKey key) {
    List<QueueFill> open = fills.of(key);
    if (open.isEmpty()) {
      return 0;
    }
    QueueFill fill = open.get(0);
    int mostLines = linesLeft(changes);
    if (mostLines == 0) {
      return 0;
    }
    long given = give(changes, key, fill.supplyId(), fill.remaining(), mostLines);
    // Nobody waits any more: the units are available again.
    long done = given == 0 ? fill.remaining() : given;
    fills.take(fill, done);
    changes.add(key, StockDelta.queueReserved(-done));
    settle(changes, key);
    return 1;
  }

  /** A transaction serves so many more lines, whatever number of queues they stand in. */
  private int linesLeft(Changes changes) {
    return Math.max(0, config.linesPerStep() - changes.linesServed());
  }

  /** Units set aside for lines that no longer wait become available again, the latest first. */
  private void returnSurplus(Changes changes, StockKey key) {
    var row = changes.row(key);
    takeBack(changes, key, row.queueReserved() - row.waiting());
  }

  private void takeBack(Changes changes, StockKey key, long most) {
    long surplus = most;
    if (surplus <= 0) {
      return;
    }
    List<QueueFill> latestFirst = new ArrayList<>(fills.of(key));
    Collections.reverse(latestFirst);
    for (QueueFill fill : latestFirst) {
      long units = Math.min(surplus, fill.remaining());
      if (units > 0) {
        fills.take(fill, units);
        changes.add(key, StockDelta.queueReserved(-units));
        surplus -= units;
      }
    }
  }

  private long give(Changes changes, StockKey key, String supplyId, long units, int mostLines) {
    if (mostLines == 0) {
      return 0;
    }
    Promising promising = promisings.at(key.location(), changes.now());
    boolean toInspect = isToInspect(supplyId);
    PortionMoves moves = new PortionMoves();
    long remaining = units;
    for (Portion portion : next(changes, key, supplyId, units, mostLines)) {
      long part = Math.min(remaining, portion.quantity());
      if (part == 0) {
        break;
      }
      Promising dates = promising.on(portion.channel());
      Promise promise =
          toInspect ? dates.fromArrival(portion.terms()) : dates.fromStock(portion.terms());
      moves.move(portion, part, whole -> whole.filled(promise));
      changes.peg(portion.supplyId(), -part);
      changes.patient(key, -portion.withQuantity(part).patient());
      if (!portion.isPegged()) {
        fencedUnits.got(changes, portion, part);
      }
      changes.addFilled(key, portion.channel(), part);
      changes.touch(portion.id().orderId(), ChangeCause.FILLED);
      remaining -= part;
    }
    changes.addLinesServed(moves.size());
    moves.write(portions);
    return units - remaining;
  }

  /** Goods that arrived are inspected; those that quality hold released have been. */
  private boolean isToInspect(String supplyId) {
    return !supplyId.isEmpty()
        && supplies.find(supplyId).filter(SupplyRow::isQualityHold).isEmpty();
  }

  /** Who is next: enough lines for these units, but no more lines than one step may serve. */
  private List<Portion> next(
      Changes changes, StockKey key, String supplyId, long units, int mostLines) {
    List<Portion> next = new ArrayList<>();
    long covered = 0;
    int most = (int) Math.min(units, mostLines);
    if (!supplyId.isEmpty()) {
      next.addAll(portions.firstWaiting(key, List.of(supplyId), most));
      covered = next.stream().mapToLong(Portion::quantity).sum();
    }
    boolean isForPegged = !supplyId.isEmpty() && fencedQueue.decides(changes, key);
    if (covered < units && next.size() < most && !isForPegged) {
      next.addAll(
          waiting.firstEager(
              key, others(changes, key, supplyId), Optional.empty(), most - next.size()));
    }
    return next;
  }

  private List<String> others(Changes changes, StockKey key, String supplyId) {
    List<String> ids = new ArrayList<>();
    ids.add("");
    supplies.live(key).stream()
        .map(changes::withPegs)
        .filter(supply -> supply.pegged() > 0)
        .map(SupplyRow::supplyId)
        .filter(id -> !id.equals(supplyId))
        .forEach(ids::add);
    return ids;
  }
}
