package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.SupplyKind;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.TransferBook;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferCause;
import dev.backorder.inventory.transit.model.TransferState;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Units of transfers arrive. */
@ApplicationScoped
class TransferArrivals {
  private final TransferBook transfers;

  TransferArrivals(TransferBook transfers) {
    this.transfers = transfers;
  }

  /** Locks the transfers that these supplies are of, whose stock rows are locked already. */
  SortedMap<String, Transfer> lock(Collection<SupplyRow> supplies) {
    return transfers.lock(
        supplies.stream()
            .filter(supply -> supply.kind() == SupplyKind.TRANSFER)
            .map(SupplyRow::sourceId)
            .distinct()
            .toList());
  }

  /** Units that are set aside somewhere else cannot have arrived. */
  static void refuseUnlessShipped(SupplyRow supply, Map<String, Transfer> locked) {
    if (supply.kind() == SupplyKind.TRANSFER
        && locked.get(supply.sourceId()).state() == TransferState.PLANNED) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_TRANSFER_NOT_SHIPPED,
          "These goods have not left their origin: ship the transfer first.",
          Map.of("supply_id", supply.supplyId(), "transfer_id", supply.sourceId()));
    }
  }

  /** Records what arrived, each transfer once. */
  void record(SortedMap<String, Transfer> locked, Map<String, Long> unitsBySupply, Instant now) {
    List.copyOf(locked.values())
        .forEach(
            transfer ->
                transfers.save(transfer.received(unitsBySupply, now), TransferCause.RECEIVED));
  }
}
