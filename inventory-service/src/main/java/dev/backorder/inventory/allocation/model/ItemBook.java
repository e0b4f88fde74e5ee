package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.SupplierOffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that can be had of one item, at all locations. The numbers run down while orders are decided.
 */
public final class ItemBook {
  private static final int WHOLE = 100;

  /** All that count for what is kept; those that are asked are among them. */
  private final List<Shelf> all;

  private final RingFences fences;
  private final List<Shelf> shelves;
  private final long confirmedInbound;
  private final long version;
  private final Waiting waiting;
  private final Optional<SupplierOffer> offer;

  /** Units that wait, which all views of one item share. */
  private static final class Waiting {
    private final Map<String, Long> byChannel;
    private long all;

    Waiting(long all, Map<String, Long> byChannel) {
      this.all = all;
      this.byChannel = new HashMap<>(byChannel);
    }
  }

  /** An item whose supplier is not known. */
  public ItemBook(
      List<Shelf> shelves,
      long waiting,
      Map<String, Long> waitingByChannel,
      long confirmedInbound,
      RingFences fences,
      long version) {
    this(shelves, waiting, waitingByChannel, confirmedInbound, fences, version, Optional.empty());
  }

  /**
   * An item.
   *
   * @param shelves at active locations, in the order in which they are asked
   * @param waiting units that wait, at all locations, and places in the queue that carts hold
   * @param waitingByChannel the same of the channels that ask; a channel that is missing has none
   * @param confirmedInbound open units of confirmed supply that is not overdue
   * @param fences what is kept for whom
   * @param version grows with every change of its balances
   * @param offer of the supplier that it would be bought from, when one is known
   */
  public ItemBook(
      List<Shelf> shelves,
      long waiting,
      Map<String, Long> waitingByChannel,
      long confirmedInbound,
      RingFences fences,
      long version,
      Optional<SupplierOffer> offer) {
    this(
        shelves,
        shelves,
        new Waiting(waiting, waitingByChannel),
        confirmedInbound,
        fences,
        version,
        offer);
  }

  private ItemBook(
      List<Shelf> all,
      List<Shelf> shelves,
      Waiting waiting,
      long confirmedInbound,
      RingFences fences,
      long version,
      Optional<SupplierOffer> offer) {
    this.all = List.copyOf(all);
    this.fences = fences;
    this.shelves = List.copyOf(shelves);
    this.waiting = waiting;
    this.confirmedInbound = confirmedInbound;
    this.version = version;
    this.offer = offer;
  }

  /** At active locations, in the order in which they are asked. */
  public List<Shelf> shelves() {
    return shelves;
  }

  /**
   * The same item for one who takes from a single location: what is taken of one is taken of both,
   * and what is kept stays where it is.
   */
  public ItemBook at(String location) {
    return new ItemBook(
        all,
        shelves.stream()
            .filter(shelf -> shelf.promising().location().code().equals(location))
            .toList(),
        waiting,
        confirmedInbound,
        fences,
        version,
        offer);
  }

  /** Of the supplier that it would be bought from, when one is known. */
  Optional<SupplierOffer> offer() {
    return offer;
  }

  /** Grows with every change of its balances. */
  public long version() {
    return version;
  }

  /** Which of its units are kept at this moment, and for whom. */
  public KeptUnits kept(long protectedQuantity) {
    return new KeptUnits(all, fences, protectedQuantity);
  }

  /** Units that a buyer can have from each shelf now. */
  public long[] available(long protectedQuantity, Segment buyer) {
    KeptUnits kept = kept(protectedQuantity);
    return shelves.stream().mapToLong(shelf -> kept.available(shelf, buyer)).toArray();
  }

  /** A buyer takes units that nobody had: those kept for him first. The undoing is returned. */
  Runnable take(Segment buyer, String location, long units) {
    List<RingFences.Use> uses = fences.take(buyer, location, units);
    return () -> fences.giveBack(uses);
  }

  /** What the asking cart held and did not take belongs to nobody, and is kept again. */
  void giveUpOwn(Shelf shelf, Segment buyer) {
    fences.letGo(buyer, shelf.promising().location().code(), shelf.giveUpOwn());
  }

  /**
   * Units that may still be added to the queue (AV3): within the item's limit, which counts all
   * that wait, and within the channel's, which counts its own. The smaller one wins. What comes and
   * is kept for others is no room.
   */
  public long headroom(ItemPolicy policy, Segment buyer) {
    String channel = buyer.channel();
    long fenced = kept(policy.protectedQuantity()).confirmedKeptFrom(buyer);
    long ofItem = room(policy.itemLimit(), waiting.all, fenced);
    if (channel.isEmpty()) {
      return ofItem;
    }
    BackorderLimit limit = policy.sales().limit();
    boolean shared = limit.kind() == BackorderLimit.Kind.INBOUND;
    return Math.min(
        ofItem,
        room(limit, shared ? waiting.all : waiting.byChannel.getOrDefault(channel, 0L), fenced));
  }

  private long room(BackorderLimit limit, long counted, long fenced) {
    long most =
        switch (limit.kind()) {
          case NONE -> Long.MAX_VALUE;
          case FIXED -> limit.quantity();
          case INBOUND ->
              Math.floorDiv(
                      Math.multiplyExact(
                          confirmedInbound, WHOLE - limit.reliabilityReservePercent()),
                      WHOLE)
                  - fenced;
        };
    return most == Long.MAX_VALUE ? most : Math.max(0, most - counted);
  }

  void addWaiting(String channel, long units) {
    waiting.all = Math.addExact(waiting.all, units);
    if (!channel.isEmpty()) {
      waiting.byChannel.merge(channel, units, Math::addExact);
    }
  }
}
