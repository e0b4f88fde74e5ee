package dev.backorder.cli.command;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.console.ExitCodes;
import dev.backorder.inventory.v1.AllocationComparison;
import dev.backorder.inventory.v1.AllocationDecision;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.inventory.v1.ExplainedLine;
import dev.backorder.inventory.v1.QueueStanding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells why an order has what it has, and when it is its turn. */
@Command(
    name = "explain",
    header = "Tell why an order has what it has.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tell what was decided about an order and why, and its place in its queues. With another order, tell which of the two",
      "is preferred for which units."
    })
public final class ExplainCommand implements Callable<Integer> {

  @Mixin private Target target;

  @Parameters(paramLabel = "ORDER", description = "Id of the order.")
  private String orderId;

  @Option(names = "--other", paramLabel = "ORDER", description = "Id of an order to compare with.")
  private String otherId = "";

  @Override
  public Integer call() {
    ExplainAllocationRequest request =
        ExplainAllocationRequest.newBuilder().setOrderId(orderId).setOtherOrderId(otherId).build();
    ExplainAllocationResponse response =
        target.with(cluster -> cluster.explanations(stub -> stub.explainAllocation(request)));
    print(orderId, response.getLinesList());
    print(otherId, response.getOtherLinesList());
    if (!response.getDecisionsComplete()) {
      System.out.println("The oldest decisions are not kept any more.");
    }
    for (AllocationComparison comparison : response.getComparisonsList()) {
      System.out.println(comparison.getSku() + ": " + comparison.getSentence());
    }
    return ExitCodes.OK;
  }

  private static void print(String order, List<ExplainedLine> lines) {
    if (!lines.isEmpty()) {
      System.out.println("Order " + order);
    }
    for (ExplainedLine line : lines) {
      System.out.printf(
          "  %d x %s: %d reserved, %d waiting, %d shipped%n",
          line.getLine().getOrderedQuantity(),
          line.getLine().getSku(),
          line.getLine().getReservedQuantity(),
          line.getLine().getWaitingQuantity(),
          line.getLine().getShippedQuantity());
      for (AllocationDecision decision : line.getDecisionsList()) {
        System.out.printf(
            "    %s  %s%n", Dates.instant(decision.getDecisionTime()), decision.getSentence());
      }
      for (QueueStanding standing : line.getStandingsList()) {
        System.out.printf(
            "    now: %d waiting at %s, place %d, %d units before them%n",
            standing.getWaitingQuantity(),
            standing.getLocation(),
            standing.getPlace(),
            standing.getAheadQuantity());
      }
    }
  }
}
