package dev.backorder.cli.bench;

import dev.backorder.cli.bench.BenchKind.Plan;
import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.cli.stack.Stack;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.StockBalance;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How many calls of one kind a second. The baselines run in the same run, in turns with the calls
 * that are measured, so that a machine that is slow for a while is slow for all of them.
 */
final class ThroughputBench {

  private static final int ROUNDS = 5;
  // The compilers of four fresh services keep two cores busy for about a minute.
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);
  private static final int WARM_UPS = 4;
  private static final Duration TRY = Duration.ofMillis(1500);
  private static final String SCARCE = "scarce";
  private static final int SCARCE_UNITS = 500;
  private static final int SCARCE_CALLERS = 5_000;
  private static final int CHECK_ATTEMPTS = 20;
  private static final int CHECK_PAUSE_MILLIS = 500;

  private final Stack stack;
  private final Cluster cluster;
  private final Consumer<String> notes;

  ThroughputBench(Stack stack, Cluster cluster, Consumer<String> notes) {
    this.stack = stack;
    this.cluster = cluster;
    this.notes = notes;
  }

  BenchResult run(BenchKind kind, int inFlight, Duration time) {
    Plan plan = kind.plan();
    BenchShop shop = new BenchShop(cluster);
    notes.accept(String.format(Locale.ROOT, "Setting up %,d items ...", plan.skus().size()));
    shop.open();
    shop.stock(plan.skus(), SalesMode.SALES_MODE_IN_STOCK_ONLY, BenchShop.PLENTY);
    String address = "127.0.0.1:" + stack.options().ports().grpc(ServiceKind.INVENTORY, 1);
    try (LoadDriver driver = new LoadDriver(address);
        RowBaseline row = new RowBaseline(stack, plan.skus(), plan.skusOf())) {
      notes.accept("Warming up ...");
      Duration warmUp = time.multipliedBy(WARM_UPS);
      warmUp = warmUp.compareTo(LONGEST_WARM_UP) < 0 ? warmUp : LONGEST_WARM_UP;
      driver.run(plan.workload(), inFlight, warmUp);
      driver.run(Workloads.echo(), inFlight, warmUp.dividedBy(4));
      driver.run(Workloads.health(), inFlight, warmUp.dividedBy(8));
      int rowThreads = plan.comparesRows() ? row.findBest(TRY) : 0;

      notes.accept("Measuring, in turns with the baselines ...");
      ProcessUse use = new ProcessUse(stack.processes());
      Load target = Load.none();
      Load echo = Load.none();
      Load health = Load.none();
      Load rows = Load.none();
      Duration turn = time.dividedBy(ROUNDS);
      for (int round = 0; round < ROUNDS; round++) {
        target = target.plus(driver.run(plan.workload(), inFlight, turn));
        echo = echo.plus(driver.run(Workloads.echo(), inFlight, turn.dividedBy(2)));
        health = health.plus(driver.run(Workloads.health(), inFlight, turn.dividedBy(4)));
        rows = plan.comparesRows() ? rows.plus(row.run(turn.dividedBy(2))) : rows;
      }
      var uses = use.since();
      Optional<Stampede> stampede =
          kind == BenchKind.HOT_SKU ? Optional.of(stampede(shop, driver)) : Optional.empty();
      long oversold = oversold(shop, plan) + stampede.map(Stampede::oversold).orElse(0L);
      notes.accept("Checking the books of all services ...");
      var invariants = new ConsistencyAudit(cluster).run(CHECK_ATTEMPTS, CHECK_PAUSE_MILLIS);
      boolean isSound =
          oversold == 0
              && target.errors() == 0
              && target.refused() == 0
              && stampede.map(Stampede::isRight).orElse(true);
      return new BenchResult(
          kind.title(),
          inFlight,
          target,
          echo,
          health,
          rows,
          rowThreads,
          oversold,
          uses,
          stampede.map(Stampede::note).stream().toList(),
          isSound,
          invariants);
    }
  }

  /** Callers for fewer units: how many got one. */
  private record Stampede(Load load) {
    long granted() {
      return load.operations() - load.refused();
    }

    long oversold() {
      return Math.max(0, granted() - SCARCE_UNITS);
    }

    boolean isRight() {
      return granted() == SCARCE_UNITS && load.errors() == 0;
    }

    String note() {
      return String.format(
          Locale.ROOT,
          "%,d callers at once for %d units: %d granted, %,d refused, %d errors, %.2f s",
          SCARCE_CALLERS,
          SCARCE_UNITS,
          granted(),
          load.refused(),
          load.errors(),
          load.seconds());
    }
  }

  private static Stampede stampede(BenchShop shop, LoadDriver driver) {
    shop.stock(List.of(SCARCE), SalesMode.SALES_MODE_IN_STOCK_ONLY, SCARCE_UNITS);
    return new Stampede(
        driver.runCalls(
            Workloads.orders(number -> List.of(SCARCE)), SCARCE_CALLERS, SCARCE_CALLERS));
  }

  /** Units reserved beyond what is on hand, over all items. */
  private static long oversold(BenchShop shop, Plan plan) {
    long oversold = 0;
    for (String sku : plan.skus().subList(0, Math.min(plan.skus().size(), 100))) {
      StockBalance balance = shop.balance(sku);
      oversold += Math.max(0, balance.getReservedQuantity() - balance.getOnHandQuantity());
    }
    return oversold;
  }
}
