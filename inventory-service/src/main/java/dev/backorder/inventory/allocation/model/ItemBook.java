package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.ItemPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All that can be had of one item, at all locations. The numbers run down while orders are decided.
 */
public final class ItemBook {
  private static final int WHOLE = 100;

  private final List<Shelf> shelves;
  private final long confirmedInbound;
  private final long version;
  private final Waiting waiting;

  /** Units that wait, which all views of one item share. */
  private static final class Waiting {
    private final Map<String, Long> byChannel;
    private long all;

    Waiting(long all, Map<String, Long> byChannel) {
      this.all = all;
      this.byChannel = new HashMap<>(byChannel);
    }
  }

  /**
   * An item.
   *
   * @param shelves at active locations, in the order in which they are asked
   * @param waiting units that wait, at all locations, and places in the queue that carts hold
   * @param waitingByChannel the same of the channels that ask; a channel that is missing has none
   * @param confirmedInbound open units of confirmed supply that is not overdue
   * @param version grows with every change of its balances
   */
  public ItemBook(
      List<Shelf> shelves,
      long waiting,
      Map<String, Long> waitingByChannel,
      long confirmedInbound,
      long version) {
    this(shelves, new Waiting(waiting, waitingByChannel), confirmedInbound, version);
  }

  private ItemBook(List<Shelf> shelves, Waiting waiting, long confirmedInbound, long version) {
    this.shelves = List.copyOf(shelves);
    this.waiting = waiting;
    this.confirmedInbound = confirmedInbound;
    this.version = version;
  }

  /** At active locations, in the order in which they are asked. */
  public List<Shelf> shelves() {
    return shelves;
  }

  /**
   * The same item for one who takes from a single location: what is taken of one is taken of both.
   */
  public ItemBook at(String location) {
    return new ItemBook(
        shelves.stream()
            .filter(shelf -> shelf.promising().location().code().equals(location))
            .toList(),
        waiting,
        confirmedInbound,
        version);
  }

  /** Grows with every change of its balances. */
  public long version() {
    return version;
  }

  /**
   * Units that the asking one can have from each shelf now: what its cart holds, and what is free.
   * Protected units are one number for the item; they are kept at the locations that are asked
   * last, so that the first ones sell without a gap.
   */
  public long[] available(long protectedQuantity) {
    long[] available = keptBack(protectedQuantity);
    for (int i = 0; i < available.length; i++) {
      Shelf shelf = shelves.get(i);
      available[i] = Math.max(0, shelf.unclaimed() - available[i]) + shelf.own();
    }
    return available;
  }

  /** Units on each shelf that belong to nobody and that nobody may have. */
  public long[] keptBack(long protectedQuantity) {
    long[] kept = new long[shelves.size()];
    long toProtect = protectedQuantity;
    for (int i = shelves.size() - 1; i >= 0; i--) {
      kept[i] = Math.min(shelves.get(i).free(), toProtect);
      toProtect -= kept[i];
    }
    return kept;
  }

  /**
   * Units that may still be added to the queue (AV3): within the item's limit, which counts all
   * that wait, and within the channel's, which counts its own. The smaller one wins.
   */
  public long headroom(ItemPolicy policy, String channel) {
    long ofItem = room(policy.itemLimit(), waiting.all);
    if (channel.isEmpty()) {
      return ofItem;
    }
    BackorderLimit limit = policy.sales().limit();
    boolean shared = limit.kind() == BackorderLimit.Kind.INBOUND;
    return Math.min(
        ofItem, room(limit, shared ? waiting.all : waiting.byChannel.getOrDefault(channel, 0L)));
  }

  private long room(BackorderLimit limit, long counted) {
    long most =
        switch (limit.kind()) {
          case NONE -> Long.MAX_VALUE;
          case FIXED -> limit.quantity();
          case INBOUND ->
              Math.floorDiv(
                  Math.multiplyExact(confirmedInbound, WHOLE - limit.reliabilityReservePercent()),
                  WHOLE);
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
