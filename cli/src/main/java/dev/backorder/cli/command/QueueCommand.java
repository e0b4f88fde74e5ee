package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.ListQueueResponse;
import dev.backorder.inventory.v1.QueueEntry;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows who waits for an item. */
@Command(
    name = "queue",
    header = "Show who waits for an item.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show who waits for an item, in the order in which they will be served.")
public final class QueueCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Parameters(paramLabel = "SKU", description = "The item.")
  private String sku;

  @Override
  public Integer call() {
    ListQueueRequest request = ListQueueRequest.newBuilder().setSku(sku).setPageSize(100).build();
    ListQueueResponse response =
        target.with(cluster -> cluster.allocations(stub -> stub.listQueue(request)));
    TextTable table = new TextTable("place", "units", "since", "leaves by", "location", "order");
    for (QueueEntry entry : response.getEntriesList()) {
      table.row(
          entry.getPlace(),
          entry.getWaitingQuantity(),
          Dates.instant(entry.getWaitingSinceTime()),
          entry.hasPromise() ? Words.promise(entry.getPromise()) : "-",
          entry.getLocation(),
          entry.getOrderId());
    }
    if (table.isEmpty()) {
      System.out.println("Nobody waits for " + sku + ".");
    } else {
      table.print(System.out);
    }
    if (!response.getNextPageToken().isEmpty()) {
      System.out.println("  ... and more");
    }
    return ExitCodes.OK;
  }
}
