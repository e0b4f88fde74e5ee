package dev.backorder.cli.command;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.Pages;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.supplier.v1.GetPurchaseOrderRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows purchase orders. */
@Command(
    name = "po",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(list | show)",
    description = "Show purchase orders.")
public final class PurchaseOrderCommand {

  private static final int PAGE_SIZE = 20;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "List purchase orders.")
  int list(
      @Mixin Target target,
      @Option(
              names = "--supplier",
              paramLabel = "CODE",
              defaultValue = "",
              description = "Only of this supplier.")
          String supplier,
      @Option(names = "--open", description = "Only those from which something is still to come.")
          boolean openOnly) {
    TextTable table =
        new TextTable("number", "supplier", "state", "lines", "units", "received", "created");
    target.with(
        cluster -> {
          forEach(cluster, supplier, openOnly, order -> row(table, order));
          return ExitCodes.OK;
        });
    if (table.isEmpty()) {
      System.out.println("There is no such purchase order.");
    } else {
      table.print(System.out);
    }
    return ExitCodes.OK;
  }

  private static void row(TextTable table, PurchaseOrder order) {
    table.row(
        order.getNumber(),
        order.getSupplier(),
        Words.of(order.getState()),
        order.getLinesCount(),
        order.getLinesList().stream().mapToLong(PurchaseOrderLine::getOrderedQuantity).sum(),
        order.getLinesList().stream().mapToLong(PurchaseOrderLine::getReceivedQuantity).sum(),
        Dates.instant(order.getCreateTime()));
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Show one purchase order.")
  int show(
      @Mixin Target target,
      @Parameters(paramLabel = "NUMBER", description = "Its number or id.") String number) {
    PurchaseOrder order = target.with(cluster -> find(cluster, number));
    System.out.println(
        order.getNumber()
            + " to "
            + order.getSupplier()
            + ", "
            + Words.of(order.getState())
            + ", "
            + order.getPurchaseOrderId());
    TextTable table =
        new TextTable("sku", "units", "accepted", "received", "expected", "state", "supply");
    for (PurchaseOrderLine line : order.getLinesList()) {
      table.row(
          line.getSku(),
          line.getOrderedQuantity(),
          line.getAcceptedQuantity(),
          line.getReceivedQuantity(),
          Dates.text(line.hasExpectedDate(), line.getExpectedDate()),
          Words.of(line.getState()),
          line.getLineId());
    }
    table.print(System.out);
    return ExitCodes.OK;
  }

  private static PurchaseOrder find(Cluster cluster, String number) {
    if (isUuid(number)) {
      GetPurchaseOrderRequest request =
          GetPurchaseOrderRequest.newBuilder().setPurchaseOrderId(number).build();
      return cluster.purchaseOrders(stub -> stub.getPurchaseOrder(request)).getPurchaseOrder();
    }
    List<PurchaseOrder> found = new ArrayList<>();
    forEach(
        cluster,
        "",
        false,
        order -> {
          if (order.getNumber().equalsIgnoreCase(number)) {
            found.add(order);
          }
        });
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.usage(
                    "No purchase order is called " + number + ": see `backorder po list`."));
  }

  private static void forEach(
      Cluster cluster, String supplier, boolean openOnly, Consumer<PurchaseOrder> orders) {
    Pages.forEach(
        token -> {
          ListPurchaseOrdersRequest.Builder request =
              ListPurchaseOrdersRequest.newBuilder()
                  .setPageSize(PAGE_SIZE)
                  .setPageToken(token)
                  .setSupplier(supplier);
          if (openOnly) {
            request
                .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT)
                .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT)
                .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_ACKNOWLEDGED)
                .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_PARTLY_RECEIVED);
          }
          return cluster.purchaseOrders(stub -> stub.listPurchaseOrders(request.build()));
        },
        ListPurchaseOrdersResponse::getPurchaseOrdersList,
        ListPurchaseOrdersResponse::getNextPageToken,
        orders);
  }

  static boolean isUuid(String text) {
    try {
      return UUID.fromString(text).toString().equalsIgnoreCase(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
