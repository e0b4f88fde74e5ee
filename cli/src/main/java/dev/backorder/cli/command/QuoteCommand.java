package dev.backorder.cli.command;

import dev.backorder.cli.console.ExitCodes;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.SalesContext;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks: can I have it, and when? */
@Command(
    name = "quote",
    header = "Ask: can I have it, and when?.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Ask how much of an item can be had, and when. Changes nothing.")
public final class QuoteCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Option(
      names = "--country",
      paramLabel = "CC",
      defaultValue = "",
      description = "Destination, two letters.")
  private String country;

  @Option(
      names = "--channel",
      paramLabel = "CODE",
      defaultValue = "",
      description = "Sales channel.")
  private String channel;

  @Parameters(index = "0", paramLabel = "SKU", description = "The item.")
  private String sku;

  @Parameters(index = "1", paramLabel = "QTY", description = "Units.")
  private long quantity;

  @Override
  public Integer call() {
    QuoteAvailabilityRequest request =
        QuoteAvailabilityRequest.newBuilder()
            .setSalesContext(
                SalesContext.newBuilder().setDestinationCountry(country).setChannel(channel))
            .addLines(QuoteLine.newBuilder().setSku(sku).setQuantity(quantity))
            .build();
    QuotedLine line =
        target
            .with(cluster -> cluster.availability(stub -> stub.quoteAvailability(request)))
            .getLines(0);
    System.out.println(
        line.getUnknownItem() ? "No item is called " + sku + "." : Words.of(line.getKind()));
    if (line.getPortionsCount() > 0) {
      System.out.println(
          Words.portions(line.getPortionsList()).replace("; ", System.lineSeparator()));
    }
    if (!line.getUnknownItem()) {
      String limit =
          line.getOrderableQuantity() < 0
              ? "without limit"
              : line.getOrderableQuantity() + " units";
      System.out.printf(
          Locale.ROOT, "orderable now: %s%s%n", limit, line.getLowStock() ? ", low stock" : "");
    }
    return ExitCodes.OK;
  }
}
