package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.ListSuppliesResponse;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyKind;
import dev.backorder.inventory.v1.SupplyState;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import java.util.function.Consumer;

/**
 * Compares what suppliers have confirmed and delivered with what inventory-service believes is
 * coming and came.
 */
final class SupplyBooks {

  private static final int PURCHASE_ORDERS_PER_PAGE = 20;
  private static final int SUPPLIES_PER_PAGE = 500;

  private SupplyBooks() {}

  static Invariant suppliesMatchPurchaseOrders(Cluster cluster) {
    Books books = new Books();
    forEachPurchaseOrder(
        cluster,
        order -> {
          // What was never sent is no supply: a draft, or one that was cancelled as a draft.
          if (order.hasSentTime()) {
            order.getLinesList().forEach(line -> books.first(line.getLineId(), says(line)));
          }
        });
    Pages.forEach(
        token -> {
          ListSuppliesRequest request =
              ListSuppliesRequest.newBuilder()
                  .setPageSize(SUPPLIES_PER_PAGE)
                  .setPageToken(token)
                  .build();
          return cluster.supplies(stub -> stub.listSupplies(request));
        },
        ListSuppliesResponse::getSuppliesList,
        ListSuppliesResponse::getNextPageToken,
        supply -> {
          // Units in quality hold were received already, and those of a transfer were bought once:
          // they belong to no
          // purchase order.
          if (supply.getKind() == SupplyKind.SUPPLY_KIND_PURCHASE) {
            books.second(supply.getSupplyId(), says(supply));
          }
        });
    return books.outcome(
        "across.supplies_match_purchase_orders",
        "Every purchase order line and its supply agree on item, received units, and while open on units and date");
  }

  static void forEachPurchaseOrder(Cluster cluster, Consumer<PurchaseOrder> orders) {
    Pages.forEach(
        token -> {
          ListPurchaseOrdersRequest request =
              ListPurchaseOrdersRequest.newBuilder()
                  .setPageSize(PURCHASE_ORDERS_PER_PAGE)
                  .setPageToken(token)
                  .build();
          return cluster.purchaseOrders(stub -> stub.listPurchaseOrders(request));
        },
        ListPurchaseOrdersResponse::getPurchaseOrdersList,
        ListPurchaseOrdersResponse::getNextPageToken,
        orders);
  }

  private static String says(PurchaseOrderLine line) {
    PurchaseOrderLineState state = line.getState();
    boolean accepted = state == PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_ACCEPTED;
    boolean open = accepted || state == PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_OPEN;
    long expected = accepted ? line.getAcceptedQuantity() : line.getOrderedQuantity();
    return text(
        line.getSku(),
        line.getReceivedQuantity(),
        open,
        expected,
        Dates.text(line.hasExpectedDate(), line.getExpectedDate()));
  }

  private static String says(Supply supply) {
    boolean open =
        supply.getState() == SupplyState.SUPPLY_STATE_PLANNED
            || supply.getState() == SupplyState.SUPPLY_STATE_CONFIRMED;
    return text(
        supply.getSku(),
        supply.getReceivedQuantity(),
        open,
        supply.getExpectedQuantity(),
        Dates.text(supply.hasExpectedDate(), supply.getExpectedDate()));
  }

  private static String text(String sku, long received, boolean open, long expected, String date) {
    String rest = open ? "open, expects " + expected + " on " + date : "closed";
    return sku + ", received " + received + ", " + rest;
  }
}
