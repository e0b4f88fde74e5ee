package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.Pages;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what was sent to customers. */
@Command(
    name = "outbox",
    header = "Show the latest messages to customers.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Show the latest messages to customers and what became of them.")
public final class OutboxCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Option(
      names = "--order",
      paramLabel = "ID",
      defaultValue = "",
      description = "Only about this order.")
  private String orderId;

  @Option(
      names = "--customer",
      paramLabel = "ID",
      defaultValue = "",
      description = "Only to this customer.")
  private String customerId;

  @Option(
      names = "--last",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int last;

  @Override
  public Integer call() {
    Deque<Delivery> latest = new ArrayDeque<>();
    target.with(
        cluster -> {
          Pages.forEach(
              token -> {
                ListDeliveriesRequest request =
                    ListDeliveriesRequest.newBuilder()
                        .setPageSize(500)
                        .setPageToken(token)
                        .setOrderId(orderId)
                        .setCustomerId(customerId)
                        .build();
                return cluster.deliveries(stub -> stub.listDeliveries(request));
              },
              ListDeliveriesResponse::getDeliveriesList,
              ListDeliveriesResponse::getNextPageToken,
              delivery -> {
                latest.addLast(delivery);
                if (latest.size() > last) {
                  latest.removeFirst();
                }
              });
          return ExitCodes.OK;
        });
    TextTable table = new TextTable("created", "message", "customer", "order", "state", "tries");
    latest.forEach(
        delivery ->
            table.row(
                Dates.instant(delivery.getCreateTime()),
                Words.of(delivery.getKind()),
                delivery.getCustomerId(),
                delivery.getOrderId(),
                Words.of(delivery.getState()),
                delivery.getAttemptCount()));
    if (table.isEmpty()) {
      System.out.println("No message was sent yet.");
    } else {
      table.print(System.out);
    }
    return ExitCodes.OK;
  }
}
