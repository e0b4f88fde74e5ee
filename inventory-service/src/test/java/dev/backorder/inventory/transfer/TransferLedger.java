package dev.backorder.inventory.transfer;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.v1.LedgerEntry;
import dev.backorder.inventory.v1.LedgerTransaction;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.Transfer;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the ledger tells of a transfer, one line of text per ledger transaction, oldest first. */
final class TransferLedger {
  private TransferLedger() {}

  static List<String> told(Inventory inventory, Transfer transfer) {
    Set<String> references =
        Stream.concat(
                Stream.of(transfer.getTransferId()),
                transfer.getLinesList().stream().map(line -> line.getSupplyId()))
            .collect(Collectors.toSet());
    return inventory
        .stock
        .listLedgerTransactions(ListLedgerTransactionsRequest.newBuilder().setPageSize(500).build())
        .getLedgerTransactionsList()
        .stream()
        .filter(transaction -> references.contains(transaction.getReference()))
        .map(TransferLedger::text)
        .toList();
  }

  private static String text(LedgerTransaction transaction) {
    return transaction.getKind().name().replace("LEDGER_TRANSACTION_KIND_", "")
        + ": "
        + transaction.getEntriesList().stream()
            .map(TransferLedger::text)
            .collect(Collectors.joining(", "));
  }

  private static String text(LedgerEntry entry) {
    return entry.getAccount().name().replace("LEDGER_ACCOUNT_", "")
        + (entry.getLocation().isEmpty() ? " " : " " + entry.getLocation() + " ")
        + entry.getQuantity()
        + " -> "
        + entry.getNewBalanceQuantity();
  }
}
