package dev.backorder.cli.command;

import dev.backorder.cli.console.ExitCodes;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.ReceivedGoods;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records that goods arrived. */
@Command(
    name = "receive",
    header = "Record that goods arrived.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Record that goods of a supply arrived. They serve the queue first. `po show`, `transfer show` and `stock` list supplies.")
public final class ReceiveCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Option(
      names = "--request-id",
      paramLabel = "UUID",
      description = "Repeat a call that may have got through: the same id is never done twice.")
  private UUID requestId;

  @Option(
      names = "--actor",
      paramLabel = "NAME",
      defaultValue = "console",
      description = "Who received them.")
  private String actor;

  @Parameters(
      index = "0",
      paramLabel = "SUPPLY",
      description = "The supply (a line of a purchase order or of a transfer).")
  private String supply;

  @Parameters(index = "1", paramLabel = "QTY", description = "Units that arrived in good order.")
  private long quantity;

  @Override
  public Integer call() {
    ReceiveGoodsRequest request =
        ReceiveGoodsRequest.newBuilder()
            .setRequestId((requestId == null ? UUID.randomUUID() : requestId).toString())
            .addGoods(ArrivedGoods.newBuilder().setSupplyId(supply).setQuantity(quantity))
            .setActor(actor)
            .build();
    ReceiveGoodsResponse response =
        target.with(cluster -> cluster.supplies(stub -> stub.receiveGoods(request)));
    ReceivedGoods goods = response.getGoods(0);
    System.out.printf(
        "Received %d of %s: %d for waiting customers. %d of %d have come.%n",
        goods.getReceipt().getQuantity(),
        goods.getReceipt().getSku(),
        goods.getReceipt().getQueueQuantity(),
        goods.getSupply().getReceivedQuantity(),
        goods.getSupply().getExpectedQuantity());
    return ExitCodes.OK;
  }
}
