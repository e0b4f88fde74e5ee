package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.LedgerAccount;
import dev.backorder.inventory.v1.LedgerEntry;
import dev.backorder.inventory.v1.LedgerTransaction;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.ListLedgerTransactionsResponse;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.Shipment;
import dev.backorder.order.v1.ShipmentState;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the stock ledger with what the other services say went out, came in and came back, item
 * by item.
 */
final class StockBooks {

  private static final int SHIPMENTS_PER_PAGE = 100;
  private static final int TRANSACTIONS_PER_PAGE = 200;

  private StockBooks() {}

  static List<Invariant> movementsMatchLedger(Cluster cluster) {
    KitLines kits = KitLines.read(cluster);
    Map<String, Long> shippedByOrders = new TreeMap<>();
    Map<String, Long> returnedByOrders = new TreeMap<>();
    Map<String, Long> receivedBySuppliers = new TreeMap<>();
    forEachShipment(
        cluster,
        shipment -> {
          if (hasLeft(shipment)) {
            shipment
                .getLinesList()
                .forEach(
                    line ->
                        kits.units(
                            shipment.getOrderId(),
                            line.getLineId(),
                            line.getSku(),
                            line.getQuantity(),
                            (sku, units) -> add(shippedByOrders, sku, units)));
          }
        });
    OrderBooks.forEachOrder(
        cluster,
        order ->
            order
                .getLinesList()
                .forEach(
                    line ->
                        kits.units(
                            order.getOrderId(),
                            line.getLineId(),
                            line.getSku(),
                            line.getReturnedQuantity(),
                            (sku, units) -> add(returnedByOrders, sku, units))));
    SupplyBooks.forEachPurchaseOrder(
        cluster,
        order ->
            order
                .getLinesList()
                .forEach(
                    line -> add(receivedBySuppliers, line.getSku(), line.getReceivedQuantity())));

    Map<String, Long> shipped = new TreeMap<>();
    Map<String, Long> returned = new TreeMap<>();
    Map<String, Long> received = new TreeMap<>();
    forEachTransaction(
        cluster,
        transaction ->
            inside(transaction)
                .forEach(
                    (sku, quantity) -> {
                      switch (transaction.getKind()) {
                        case LEDGER_TRANSACTION_KIND_SHIPMENT -> add(shipped, sku, -quantity);
                        case LEDGER_TRANSACTION_KIND_RETURN -> add(returned, sku, quantity);
                        case LEDGER_TRANSACTION_KIND_RECEIPT -> add(received, sku, quantity);
                        default -> {
                          // Adjustments, quality holds and transfers belong to inventory-service
                          // alone.
                        }
                      }
                    }));
    return List.of(
        compare(
            shippedByOrders,
            shipped,
            "across.shipments_match_ledger",
            "Per item, the units in shipments that left equal the ledger's shipments"),
        compare(
            returnedByOrders,
            returned,
            "across.returns_match_ledger",
            "Per item, the units that orders say came back equal the ledger's returns"),
        compare(
            receivedBySuppliers,
            received,
            "across.receipts_match_ledger",
            "Per item, the units received on purchase orders equal the ledger's receipts"));
  }

  private static boolean hasLeft(Shipment shipment) {
    return shipment.getState() == ShipmentState.SHIPMENT_STATE_SHIPPED
        || shipment.getState() == ShipmentState.SHIPMENT_STATE_DELIVERED;
  }

  /** What came in or left, per item: units on hand and in quality hold. */
  private static Map<String, Long> inside(LedgerTransaction transaction) {
    Map<String, Long> bySku = new TreeMap<>();
    for (LedgerEntry entry : transaction.getEntriesList()) {
      LedgerAccount account = entry.getAccount();
      if (account == LedgerAccount.LEDGER_ACCOUNT_ON_HAND
          || account == LedgerAccount.LEDGER_ACCOUNT_QUARANTINE) {
        add(bySku, entry.getSku(), entry.getQuantity());
      }
    }
    return bySku;
  }

  private static void add(Map<String, Long> sums, String sku, long quantity) {
    if (quantity != 0) {
      sums.merge(sku, quantity, Math::addExact);
    }
  }

  private static Invariant compare(
      Map<String, Long> first, Map<String, Long> second, String name, String description) {
    Books books = new Books();
    first.forEach((sku, units) -> books.first(sku, units + " units"));
    second.forEach((sku, units) -> books.second(sku, units + " units"));
    return books.outcome(name, description);
  }

  static void forEachShipment(Cluster cluster, java.util.function.Consumer<Shipment> shipments) {
    Pages.forEach(
        token -> {
          ListShipmentsRequest request =
              ListShipmentsRequest.newBuilder()
                  .setPageSize(SHIPMENTS_PER_PAGE)
                  .setPageToken(token)
                  .build();
          return cluster.shipments(stub -> stub.listShipments(request));
        },
        ListShipmentsResponse::getShipmentsList,
        ListShipmentsResponse::getNextPageToken,
        shipments);
  }

  private static void forEachTransaction(
      Cluster cluster, java.util.function.Consumer<LedgerTransaction> transactions) {
    Pages.forEach(
        token -> {
          ListLedgerTransactionsRequest request =
              ListLedgerTransactionsRequest.newBuilder()
                  .setPageSize(TRANSACTIONS_PER_PAGE)
                  .setPageToken(token)
                  .build();
          return cluster.stock(stub -> stub.listLedgerTransactions(request));
        },
        ListLedgerTransactionsResponse::getLedgerTransactionsList,
        ListLedgerTransactionsResponse::getNextPageToken,
        transactions);
  }
}
