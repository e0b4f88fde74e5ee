package dev.backorder.cli.command;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.cli.console.TextTable;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.Destination;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.ShipComplete;
import dev.backorder.order.v1.ShipConsolidated;
import dev.backorder.order.v1.ShipRule;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Places, shows and cancels orders. */
@Command(
    name = "order",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "(place | show | cancel)",
    description = "Place, show or cancel an order.")
public final class OrderCommand {

  /** What `place` may be told beside its lines. */
  static final class PlaceOptions {
    @Option(
        names = {"-c", "--customer"},
        paramLabel = "ID",
        required = true,
        description = "The customer.")
    private String customer;

    @Option(
        names = "--reference",
        paramLabel = "TEXT",
        defaultValue = "",
        description = "The channel's own order number.")
    private String reference;

    @Option(
        names = "--country",
        paramLabel = "CC",
        defaultValue = "",
        description = "Destination, two letters.")
    private String country;

    @Option(
        names = "--currency",
        paramLabel = "CODE",
        defaultValue = "GBP",
        description = "Currency of the prices (default: ${DEFAULT-VALUE}).")
    private String currency;

    @Option(
        names = "--partial",
        description = "Take what can be had instead of refusing the order.")
    private boolean partial;

    @Option(names = "--complete", description = "Ship nothing before everything is there.")
    private boolean complete;

    @Option(
        names = "--window",
        paramLabel = "DAYS",
        description = "Let what is there wait at most so many days for what comes soon.")
    private Integer windowDays;

    @Option(
        names = "--request-id",
        paramLabel = "UUID",
        description = "Repeat a call that may have got through: the same id is never done twice.")
    private UUID requestId;
  }

  @Command(
      name = "place",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Place an order.",
      footer = {
        "",
        "Example: backorder order place -c 17850 --country GB 85123A:6@2.55 71053:2@3.39"
      })
  int place(
      @Mixin Target target,
      @Mixin PlaceOptions options,
      @Parameters(
              paramLabel = "SKU:QTY[@PRICE]",
              arity = "1..*",
              description = "Items, units and price of one unit.")
          List<String> lines) {
    PlaceOrderRequest.Builder request =
        PlaceOrderRequest.newBuilder()
            .setRequestId(idOr(options.requestId))
            .setReference(options.reference)
            .setCustomerId(options.customer)
            .setCurrencyCode(options.currency)
            .setDestination(Destination.newBuilder().setCountry(options.country))
            .setShortageRule(
                options.partial
                    ? ShortageRule.SHORTAGE_RULE_REFUSE_UNITS
                    : ShortageRule.SHORTAGE_RULE_REFUSE_ORDER);
    shipRule(options).ifPresent(request::setShipRule);
    for (String text : lines) {
      LineText line = LineText.parse(text);
      request
          .addLinesBuilder()
          .setSku(line.sku())
          .setQuantity(line.quantity())
          .setPrice(
              Price.newBuilder()
                  .setCurrencyCode(options.currency)
                  .setAmountMinor(line.priceMinor())
                  .setPriceQuantity(1));
    }
    Order order =
        target.with(cluster -> cluster.orders(stub -> stub.placeOrder(request.build()))).getOrder();
    print(order);
    return order.getState() == OrderState.ORDER_STATE_REJECTED ? ExitCodes.REFUSED : ExitCodes.OK;
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Show an order.")
  int show(
      @Mixin Target target,
      @Parameters(paramLabel = "ORDER", description = "Its id, or the channel's own number.")
          String name) {
    print(target.with(cluster -> find(cluster, name)));
    return ExitCodes.OK;
  }

  @Command(
      name = "cancel",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      description = "Cancel what has not left of an order, or some units of it.")
  int cancel(
      @Mixin Target target,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              defaultValue = "by hand",
              description = "Why.")
          String reason,
      @Option(
              names = "--request-id",
              paramLabel = "UUID",
              description = "Repeat a call that may have got through.")
          UUID requestId,
      @Parameters(
              index = "0",
              paramLabel = "ORDER",
              description = "Its id, or the channel's own number.")
          String name,
      @Parameters(
              index = "1..*",
              paramLabel = "SKU:QTY",
              description = "Units to cancel; nothing means all.")
          List<String> lines) {
    Order cancelled =
        target.with(
            cluster -> {
              Order order = find(cluster, name);
              CancelOrderRequest.Builder request =
                  CancelOrderRequest.newBuilder()
                      .setRequestId(idOr(requestId))
                      .setOrderId(order.getOrderId())
                      .setReason(reason);
              for (String text : lines == null ? List.<String>of() : lines) {
                request.addLines(quantity(order, LineText.parse(text)));
              }
              return cluster.orders(stub -> stub.cancelOrder(request.build())).getOrder();
            });
    print(cancelled);
    return ExitCodes.OK;
  }

  private static Optional<ShipRule> shipRule(PlaceOptions options) {
    if (options.complete && options.windowDays != null) {
      throw CommandFailure.usage("--complete and --window exclude each other.");
    }
    if (options.complete) {
      return Optional.of(
          ShipRule.newBuilder().setComplete(ShipComplete.getDefaultInstance()).build());
    }
    return Optional.ofNullable(options.windowDays)
        .map(
            days ->
                ShipRule.newBuilder()
                    .setConsolidated(ShipConsolidated.newBuilder().setWindowDays(days))
                    .build());
  }

  private static String idOr(UUID requestId) {
    return (requestId == null ? UUID.randomUUID() : requestId).toString();
  }

  private static OrderLineQuantity quantity(Order order, LineText wanted) {
    Optional<OrderLine> line =
        order.getLinesList().stream()
            .filter(candidate -> candidate.getSku().equals(wanted.sku()))
            .filter(
                candidate ->
                    candidate.getReservedQuantity() + candidate.getWaitingQuantity()
                        >= wanted.quantity())
            .findFirst();
    return OrderLineQuantity.newBuilder()
        .setLineId(
            line.orElseThrow(
                    () ->
                        CommandFailure.usage(
                            "No line of the order has "
                                + wanted.quantity()
                                + " open units of "
                                + wanted.sku()
                                + ": see `backorder order show`."))
                .getLineId())
        .setQuantity(wanted.quantity())
        .build();
  }

  private static Order find(Cluster cluster, String name) {
    if (PurchaseOrderCommand.isUuid(name)) {
      GetOrderRequest request = GetOrderRequest.newBuilder().setOrderId(name).build();
      return cluster.orders(stub -> stub.getOrder(request)).getOrder();
    }
    ListOrdersRequest request =
        ListOrdersRequest.newBuilder().setReference(name).setPageSize(2).build();
    List<Order> found = cluster.orders(stub -> stub.listOrders(request)).getOrdersList();
    if (found.size() != 1) {
      throw CommandFailure.usage(
          (found.isEmpty() ? "No order has" : "Several orders have")
              + " the number "
              + name
              + ": give the order id.");
    }
    return found.get(0);
  }

  private static void print(Order order) {
    System.out.println("order " + order.getOrderId() + ": " + Words.of(order.getState()));
    TextTable table =
        new TextTable(
            "sku", "ordered", "reserved", "waiting", "shipped", "cancelled", "refused", "when");
    for (OrderLine line : order.getLinesList()) {
      table.row(
          line.getSku(),
          line.getOrderedQuantity(),
          line.getReservedQuantity(),
          line.getWaitingQuantity(),
          line.getShippedQuantity(),
          line.getCancelledQuantity(),
          line.getRefusedQuantity(),
          Words.portions(line.getPortionsList()));
    }
    table.print(System.out);
    for (Refusal refusal : order.getRefusalsList()) {
      System.out.println(
          "  "
              + refusal.getSku()
              + ": "
              + refusal.getRequestedQuantity()
              + " asked for, "
              + refusal.getOrderableQuantity()
              + " can be ordered ("
              + Words.of(refusal.getReason())
              + ")");
    }
  }
}
