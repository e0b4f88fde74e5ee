package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.TransferBook;
import dev.backorder.inventory.book.TransferBook.Outgoing;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferCause;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What becomes of units that are set aside for planned transfers when some are gone (AL8). */
@ApplicationScoped
class OutgoingUnits {
  private final TransferBook transfers;
  private final TransferSupplies transferSupplies;

  OutgoingUnits(TransferBook transfers, TransferSupplies transferSupplies) {
    this.transfers = transfers;
    this.transferSupplies = transferSupplies;
  }

  /** Where units are to go that are set aside at these stock rows. */
  Set<StockKey> destinations(Collection<StockKey> keys) {
    Set<StockKey> destinations = new TreeSet<>();
    transfers.outgoing(keys).forEach(outgoing -> destinations.add(outgoing.destination()));
    return destinations;
  }

  /**
   * Takes units from planned transfers, from the one that was planned last first; fewer are taken
   * when fewer are set aside. Lines at the destinations that were promised them are promised anew.
   */
  void lose(Changes changes, SortedMap<StockKey, Long> missing) {
    SortedMap<StockKey, Long> wanted = new TreeMap<>(missing);
    wanted.replaceAll((key, units) -> Math.min(units, changes.row(key).outgoing()));
    wanted.values().removeIf(units -> units == 0);
    if (wanted.isEmpty()) {
      return;
    }
    SortedMap<String, Map<String, Long>> lost = new TreeMap<>();
    for (Outgoing outgoing : transfers.outgoing(wanted.keySet())) {
      StockKey key = new StockKey(outgoing.sku(), outgoing.from());
      long units = Math.min(wanted.get(key), outgoing.units());
      if (units > 0) {
        if (!changes.locked().containsKey(outgoing.destination())) {
          throw new Transactions.LostRace("a transfer that was just planned");
        }
        wanted.merge(key, -units, Math::addExact);
        changes.add(key, StockDelta.outgoing(-units));
        lost.computeIfAbsent(outgoing.transferId(), id -> new HashMap<>())
            .put(outgoing.supplyId(), units);
      }
    }
    if (wanted.values().stream().anyMatch(units -> units > 0)) {
      throw new IllegalStateException("set aside for no transfer: " + wanted);
    }
    transfers
        .lock(lost.keySet())
        .forEach(
            (id, transfer) -> {
              Transfer left = transfer.lost(lost.get(id), changes.now());
              transfers.save(left, TransferCause.SHRINKAGE);
              transferSupplies.follow(changes, left);
            });
  }
}
