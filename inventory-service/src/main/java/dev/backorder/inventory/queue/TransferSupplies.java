package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyKind;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.transit.model.TransferLine;
import dev.backorder.inventory.transit.model.TransferState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a transfer is at its destination: supply, from the plan on (AL5, AL6). */
@ApplicationScoped
public class TransferSupplies {
  private final SupplyBook supplies;
  private final SupplySchedule schedule;

  TransferSupplies(SupplyBook supplies, SupplySchedule schedule) {
    this.supplies = supplies;
    this.schedule = schedule;
  }

  /**
   * Lets the supplies of a transfer say what it is now, in a transaction that has locked the stock
   * rows of those lines that changed; lines that they feed are promised anew.
   */
  public void follow(Changes changes, Transfer transfer) {
    Map<String, SupplyRow> known = new HashMap<>();
    supplies
        .findAll(transfer.lines().stream().map(TransferLine::supplyId).toList())
        .forEach(row -> known.put(row.supplyId(), row));
    List<SupplyRow> changed = new ArrayList<>();
    for (TransferLine line : transfer.lines()) {
      SupplyRow before = known.get(line.supplyId());
      if (before == null) {
        changed.add(create(transfer, line));
      } else if (isNews(before, transfer, line)) {
        changed.add(next(before, transfer, line));
      }
    }
    if (!changed.isEmpty()) {
      schedule.replace(changes, known, changed);
    }
  }

  /** What is over stays as it was; of the rest, the version alone is no change. */
  private static boolean isNews(SupplyRow before, Transfer transfer, TransferLine line) {
    return before.state().isOpen()
        && !next(before, transfer, line).equals(before.withSourceVersion(transfer.version()));
  }

  private static SupplyRow create(Transfer transfer, TransferLine line) {
    return new SupplyRow(
        line.supplyId(),
        SupplyKind.TRANSFER,
        transfer.id(),
        "",
        new StockKey(line.sku(), transfer.to()),
        line.expected(),
        0,
        0,
        transfer.expectedDate(),
        transfer.expectedDate(),
        false,
        SupplyState.CONFIRMED,
        0,
        transfer.version());
  }

  private static SupplyRow next(SupplyRow before, Transfer transfer, TransferLine line) {
    boolean redated = !before.expectedDate().equals(transfer.expectedDate());
    return new SupplyRow(
        before.supplyId(),
        before.kind(),
        before.sourceId(),
        before.supplier(),
        before.key(),
        line.expected(),
        line.received(),
        before.pegged(),
        transfer.expectedDate(),
        redated ? transfer.expectedDate() : before.effectiveDate(),
        !redated && before.overdue(),
        state(transfer, line),
        before.tolerance(),
        transfer.version());
  }

  private static SupplyState state(Transfer transfer, TransferLine line) {
    if (transfer.state() == TransferState.CANCELLED) {
      return SupplyState.CANCELLED;
    }
    return line.toCome() == 0 ? SupplyState.CLOSED : SupplyState.CONFIRMED;
  }
}
