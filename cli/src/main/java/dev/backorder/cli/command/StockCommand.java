package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.Supply;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows what is there of an item and what is coming. */
@Command(
    name = "stock",
    header = "Show what is there of an item, and what is coming.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show the balances of an item at every location, and what is coming.")
public final class StockCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Parameters(paramLabel = "SKU", description = "The item.")
  private String sku;

  @Override
  public Integer call() {
    return target.with(
        cluster -> {
          GetStockRequest stock = GetStockRequest.newBuilder().setSku(sku).build();
          TextTable balances =
              new TextTable(
                  "location",
                  "on hand",
                  "reserved",
                  "for the queue",
                  "outgoing",
                  "protected",
                  "available",
                  "waiting",
                  "coming");
          for (StockBalance balance :
              cluster.stock(stub -> stub.getStock(stock)).getBalancesList()) {
            balances.row(
                balance.getLocation(),
                balance.getOnHandQuantity(),
                balance.getReservedQuantity(),
                balance.getQueueReservedQuantity(),
                balance.getOutgoingQuantity(),
                balance.getProtectedQuantity(),
                balance.getAvailableQuantity(),
                balance.getWaitingQuantity(),
                balance.getInboundQuantity());
          }
          if (balances.isEmpty()) {
            System.out.println("No location has ever had " + sku + ".");
          } else {
            balances.print(System.out);
          }
          ListSuppliesRequest supplies =
              ListSuppliesRequest.newBuilder()
                  .setSku(sku)
                  .setOpenOnly(true)
                  .setPageSize(100)
                  .build();
          TextTable coming =
              new TextTable("expected", "units", "received", "promised", "from", "state", "supply");
          for (Supply supply :
              cluster.supplies(stub -> stub.listSupplies(supplies)).getSuppliesList()) {
            coming.row(
                Dates.text(supply.hasExpectedDate(), supply.getExpectedDate()),
                supply.getExpectedQuantity(),
                supply.getReceivedQuantity(),
                supply.getPeggedQuantity(),
                supply.getSupplier().isEmpty() ? Words.of(supply.getKind()) : supply.getSupplier(),
                Words.of(supply.getState()),
                supply.getSupplyId());
          }
          if (!coming.isEmpty()) {
            System.out.println();
            coming.print(System.out);
          }
          return ExitCodes.OK;
        });
  }
}
