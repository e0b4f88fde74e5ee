package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.ChannelBook;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldRow;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.Kits;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.queue.FencedQueue;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.supplierterms.Suppliers;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Opens the books of some items for decisions: locks their stock rows, ends holds whose time has
 * passed, and puts together what can be had. All in one transaction, which the caller closes.
 */
@ApplicationScoped
public class OpenBooks {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final ChannelBook channelBook;
  private final HoldBook holds;
  private final HeldUnits heldUnits;
  private final FencedQueue fencedQueue;
  private final FencedUnits fencedUnits;
  private final Items items;
  private final Kits kits;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final Clock clock;
  private final AllocationConfig config;

  OpenBooks(
      StockBook stock,
      SupplyBook supplies,
      ChannelBook channelBook,
      HoldBook holds,
      HeldUnits heldUnits,
      FencedQueue fencedQueue,
      FencedUnits fencedUnits,
      Items items,
      Kits kits,
      Promisings promisings,
      Suppliers suppliers,
      Clock clock,
      AllocationConfig config) {
    this.stock = stock;
    this.supplies = supplies;
    this.channelBook = channelBook;
    this.holds = holds;
    this.heldUnits = heldUnits;
    this.fencedQueue = fencedQueue;
    this.fencedUnits = fencedUnits;
    this.items = items;
    this.kits = kits;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.clock = clock;
    this.config = config;
  }

  /**
   * Books under lock.
   *
   * @param policies how the items are sold, by channel and sku
   * @param holds what the carts hold, by cart; those that hold nothing are missing
   */
  public record Open(
      Changes changes,
      Decider decider,
      Map<String, Map<String, ItemPolicy>> policies,
      Map<String, CartHold> holds) {

    /** What a cart holds. */
    public CartHold holdOf(String cartId) {
      return holds.getOrDefault(cartId, CartHold.NOTHING);
    }
  }

  /**
   * What a cart holds, under lock.
   *
   * @param row empty for a cart that has no hold; a hold that has expired is there without units
   */
  public record CartHold(Optional<HoldRow> row, List<HoldUnits> units) {
    /** Of a cart that holds nothing. */
    public static final CartHold NOTHING = new CartHold(Optional.empty(), List.of());

    /** As the decision needs it. */
    public OwnHold own() {
      return new OwnHold(
          row.map(CartHold::buyer).orElse(Segment.ORDINARY),
          units.stream()
              .map(
                  u ->
                      new OwnHold.Units(u.key().sku(), u.key().location(), u.onShelf(), u.places()))
              .toList());
    }

    private static Segment buyer(HoldRow hold) {
      return new Segment(hold.context().channel(), hold.context().customerClass());
    }

    /** What ends when the hold does, by stock row. */
    public Map<StockKey, StockDelta> end() {
      Map<StockKey, StockDelta> end = new TreeMap<>();
      units.forEach(u -> end.put(u.key(), u.end()));
      return end;
    }
  }

  /**
   * Opens the books.
   *
   * @param skus items that are asked for; those that carts hold and the components of kits come to
   *     them
   * @param channels on which they are sold
   * @param cartIds carts that ask
   */
  public Open open(
      Collection<String> skus, Collection<String> channels, Collection<String> cartIds) {
    Set<String> all = kits.withComponents(skus);
    if (!cartIds.isEmpty()) {
      holds.units(cartIds).values().forEach(units -> units.forEach(u -> all.add(u.key().sku())));
    }
    Instant now = clock.instant();
    List<Promising> active = promisings.active(now);
    SortedMap<StockKey, StockRow> locked =
        stock.lockItems(all, active.stream().map(p -> p.location().code()).toList(), this::stocked);
    // Everything below is read under the lock.
    Changes changes = new Changes(now, locked);
    heldUnits.endExpired(changes);
    Map<String, RingFences> fences = fences(changes);
    SortedMap<StockKey, StockRow> rows = new TreeMap<>();
    locked.keySet().forEach(key -> rows.put(key, changes.row(key)));
    List<SupplyRow> coming = supplies.live(all).stream().map(changes::withPegs).toList();
    Decider decider =
        new Decider(
            ItemBooks.of(
                all,
                rows,
                coming,
                channelBook.waiting(all, channels, now),
                active,
                fences,
                suppliers.of(all, coming)),
            config.sourcingPolicy());
    Map<String, Map<String, ItemPolicy>> policies = new HashMap<>();
    channels.forEach(channel -> policies.computeIfAbsent(channel, c -> items.policies(all, c)));
    for (Map<String, ItemPolicy> known : policies.values()) {
      if (kits.isMissing(known.values(), all)) {
        throw new Transactions.LostRace("what kits are made of");
      }
    }
    return new Open(changes, decider, policies, cartHolds(cartIds, locked.keySet()));
  }

  /** Which of these are items that have stock: kits have none. */
  private Set<String> stocked(Set<String> skus) {
    Set<String> stocked = new HashSet<>();
    items.policies(skus, "").values().stream()
        .filter(policy -> !policy.isKit())
        .forEach(policy -> stocked.add(policy.sku()));
    return stocked;
  }

  /** Those who wait get first what a ring fence kept whose time has passed. */
  private Map<String, RingFences> fences(Changes changes) {
    Map<String, RingFences> fences = new HashMap<>();
    for (String sku : changes.ringFenced()) {
      fencedQueue.serve(changes, sku);
      fences.put(sku, fencedUnits.of(changes, sku));
    }
    return fences;
  }

  private Map<String, CartHold> cartHolds(Collection<String> cartIds, Set<StockKey> locked) {
    Map<String, CartHold> found = new HashMap<>();
    if (cartIds.isEmpty()) {
      return found;
    }
    Map<String, List<HoldUnits>> units = holds.units(cartIds);
    holds
        .find(cartIds)
        .forEach(
            (cartId, row) ->
                found.put(
                    cartId, new CartHold(Optional.of(row), units.getOrDefault(cartId, List.of()))));
    for (CartHold hold : found.values()) {
      if (hold.units().stream().anyMatch(u -> !locked.contains(u.key()))) {
        throw new Transactions.LostRace("what a cart holds");
      }
    }
    return found;
  }
}
