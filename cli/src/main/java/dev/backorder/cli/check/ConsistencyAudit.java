package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.check.Invariant.Mismatch;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckConsistencyResponse;
import dev.backorder.common.v1.CheckResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Asks every service whether its own books are right, and compares the books of different services.
 * In a system that is at work a fact takes a moment to reach the others, so what differs is looked
 * at again before it counts.
 */
public final class ConsistencyAudit {

  private static final int LIMIT = 100;

  private final Cluster cluster;

  /** Checks this system. */
  public ConsistencyAudit(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Runs every check, sorted by name.
   *
   * @param attempts how often a check that finds differences is run before it counts
   * @param pauseMillis between attempts
   */
  public List<Invariant> run(int attempts, long pauseMillis) {
    Map<String, Invariant> outcomes = new TreeMap<>();
    List<Function<Cluster, List<Invariant>>> checks = new ArrayList<>();
    for (ServiceKind kind : ServiceKind.values()) {
      checks.add(services -> own(services, kind));
    }
    checks.add(services -> List.of(OrderBooks.ordersMatchAllocations(services)));
    checks.add(services -> List.of(SupplyBooks.suppliesMatchPurchaseOrders(services)));
    checks.add(services -> StockBooks.movementsMatchLedger(services));
    checks.add(services -> List.of(MessageBooks.factsMatchMessages(services)));
    for (Function<Cluster, List<Invariant>> check : checks) {
      runPatiently(check, attempts, pauseMillis)
          .forEach(outcome -> outcomes.put(outcome.name(), outcome));
    }
    return outcomes.values().stream().sorted(Comparator.comparing(Invariant::name)).toList();
  }

  private List<Invariant> runPatiently(
      Function<Cluster, List<Invariant>> check, int attempts, long pauseMillis) {
    List<Invariant> outcomes = check.apply(cluster);
    for (int attempt = 1;
        attempt < attempts && !outcomes.stream().allMatch(Invariant::holds);
        attempt++) {
      try {
        Thread.sleep(pauseMillis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return outcomes;
      }
      outcomes = check.apply(cluster);
    }
    return outcomes;
  }

  private static List<Invariant> own(Cluster cluster, ServiceKind kind) {
    CheckConsistencyResponse response =
        cluster.checkConsistency(
            kind, CheckConsistencyRequest.newBuilder().setLimit(LIMIT).build());
    return response.getResultsList().stream().map(result -> outcome(kind, result)).toList();
  }

  private static Invariant outcome(ServiceKind kind, CheckResult result) {
    List<Mismatch> differences = new ArrayList<>();
    result
        .getDifferencesList()
        .forEach(
            difference ->
                differences.add(
                    new Mismatch(
                        difference.getSubject(),
                        difference.getExpected(),
                        difference.getActual())));
    if (!result.getConsistent() && differences.isEmpty()) {
      differences.add(new Mismatch(result.getCheck(), "consistent", "inconsistent"));
    }
    return new Invariant(
        kind.shortName() + "." + result.getCheck(), result.getDescription(), differences);
  }
}
