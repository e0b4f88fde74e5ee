package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.Pages;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.GetTransferRequest;
import dev.backorder.inventory.v1.ListTransfersRequest;
import dev.backorder.inventory.v1.ListTransfersResponse;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferLine;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves units between locations. */
@Command(
    name = "transfer",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(create | ship | list | show)",
    description =
        "Move units between locations. What arrives is received by `receive`, under its supply.")
public final class TransferCommand {

  private static final int PAGE_SIZE = 50;

  /** What calls that change something may be told. */
  static final class ChangeOptions {
    @Option(
        names = "--request-id",
        paramLabel = "UUID",
        description = "Repeat a call that may have got through: the same id is never done twice.")
    private UUID requestId;

    @Option(
        names = "--expected",
        paramLabel = "DATE",
        description = "Day of arrival, as 2011-12-24 (default: what the service expects).")
    private LocalDate expected;

    @Option(
        names = "--actor",
        paramLabel = "NAME",
        defaultValue = "console",
        description = "Who does it.")
    private String actor;

    private String idOrNew() {
      return (requestId == null ? UUID.randomUUID() : requestId).toString();
    }
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Plan a transfer: its units are set aside at once.",
      footer = {"", "Example: backorder transfer create main north 85123A:6 71053:2"})
  int create(
      @Mixin Target target,
      @Mixin ChangeOptions options,
      @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why.")
          String reason,
      @Option(names = "--validate-only", description = "Only say what would come of it.")
          boolean validateOnly,
      @Parameters(index = "0", paramLabel = "FROM", description = "Location that they leave.")
          String from,
      @Parameters(index = "1", paramLabel = "TO", description = "Location that they go to.")
          String to,
      @Parameters(
              index = "2..*",
              paramLabel = "SKU:QTY",
              arity = "1..*",
              description = "Items and units.")
          List<String> lines) {
    CreateTransferRequest.Builder request =
        CreateTransferRequest.newBuilder()
            .setRequestId(options.idOrNew())
            .setFromLocation(from)
            .setToLocation(to)
            .setReason(reason)
            .setActor(options.actor)
            .setValidateOnly(validateOnly);
    if (options.expected != null) {
      request.setExpectedDate(Dates.date(options.expected));
    }
    for (String text : lines) {
      LineText line = LineText.parse(text);
      request.addLinesBuilder().setSku(line.sku()).setQuantity(line.quantity());
    }
    print(
        target
            .with(cluster -> cluster.transfers(stub -> stub.createTransfer(request.build())))
            .getTransfer());
    return ExitCodes.OK;
  }

  @Command(
      name = "ship",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description =
          "Record that a planned transfer left. What does not leave with it is given back.",
      footer = {
        "",
        "Example: backorder transfer ship 0190a5c4-9d3e-7b1a-8c55-3f0e6f1a2b3c 71053:1",
      })
  int ship(
      @Mixin Target target,
      @Mixin ChangeOptions options,
      @Parameters(index = "0", paramLabel = "TRANSFER", description = "Its id.") UUID transfer,
      @Parameters(
              index = "1..*",
              paramLabel = "SKU:QTY",
              arity = "0..*",
              description = "Items of which fewer left than planned; all others leave whole.")
          List<String> lines) {
    ShipTransferRequest.Builder request =
        ShipTransferRequest.newBuilder()
            .setRequestId(options.idOrNew())
            .setTransferId(transfer.toString())
            .setActor(options.actor);
    if (options.expected != null) {
      request.setExpectedDate(Dates.date(options.expected));
    }
    for (String text : lines == null ? List.<String>of() : lines) {
      LineText line = LineText.parse(text);
      request.addLinesBuilder().setSku(line.sku()).setQuantity(line.quantity());
    }
    print(
        target
            .with(cluster -> cluster.transfers(stub -> stub.shipTransfer(request.build())))
            .getTransfer());
    return ExitCodes.OK;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "List transfers.")
  int list(
      @Mixin Target target,
      @Option(
              names = "--sku",
              paramLabel = "SKU",
              defaultValue = "",
              description = "Only of this item.")
          String sku,
      @Option(
              names = "--from",
              paramLabel = "CODE",
              defaultValue = "",
              description = "Only from this location.")
          String from,
      @Option(
              names = "--to",
              paramLabel = "CODE",
              defaultValue = "",
              description = "Only to this location.")
          String to,
      @Option(names = "--open", description = "Only those of which something is still to arrive.")
          boolean openOnly) {
    TextTable table =
        new TextTable(
            "transfer", "from", "to", "state", "expected", "lines", "units", "in transit");
    target.with(
        cluster -> {
          Pages.forEach(
              token -> {
                ListTransfersRequest request =
                    ListTransfersRequest.newBuilder()
                        .setPageSize(PAGE_SIZE)
                        .setPageToken(token)
                        .setSku(sku)
                        .setFromLocation(from)
                        .setToLocation(to)
                        .setOpenOnly(openOnly)
                        .build();
                return cluster.transfers(stub -> stub.listTransfers(request));
              },
              ListTransfersResponse::getTransfersList,
              ListTransfersResponse::getNextPageToken,
              transfer -> row(table, transfer));
          return ExitCodes.OK;
        });
    if (table.isEmpty()) {
      System.out.println("There is no such transfer.");
    } else {
      table.print(System.out);
    }
    return ExitCodes.OK;
  }

  private static void row(TextTable table, Transfer transfer) {
    List<TransferLine> lines = transfer.getLinesList();
    table.row(
        transfer.getTransferId(),
        transfer.getFromLocation(),
        transfer.getToLocation(),
        Words.of(transfer.getState()),
        Dates.text(transfer.hasExpectedDate(), transfer.getExpectedDate()),
        lines.size(),
        lines.stream().mapToLong(TransferLine::getPlannedQuantity).sum(),
        lines.stream().mapToLong(TransferLine::getInTransitQuantity).sum());
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Show one transfer.")
  int show(
      @Mixin Target target,
      @Parameters(paramLabel = "TRANSFER", description = "Its id.") UUID transfer) {
    GetTransferRequest request =
        GetTransferRequest.newBuilder().setTransferId(transfer.toString()).build();
    print(
        target.with(cluster -> cluster.transfers(stub -> stub.getTransfer(request))).getTransfer());
    return ExitCodes.OK;
  }

  private static void print(Transfer transfer) {
    System.out.println(
        "From "
            + transfer.getFromLocation()
            + " to "
            + transfer.getToLocation()
            + ", "
            + Words.of(transfer.getState())
            + ", expected "
            + Dates.text(transfer.hasExpectedDate(), transfer.getExpectedDate())
            + (transfer.getTransferId().isEmpty()
                ? ", only validated"
                : ", " + transfer.getTransferId()));
    TextTable table =
        new TextTable(
            "sku",
            "units",
            "set aside",
            "shipped",
            "received",
            "written off",
            "in transit",
            "supply");
    for (TransferLine line : transfer.getLinesList()) {
      table.row(
          line.getSku(),
          line.getPlannedQuantity(),
          line.getOutgoingQuantity(),
          line.getShippedQuantity(),
          line.getReceivedQuantity(),
          line.getWrittenOffQuantity(),
          line.getInTransitQuantity(),
          line.getSupplyId());
    }
    table.print(System.out);
  }
}
