package dev.backorder.cli.bench;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.check.ConsistencyAudit;
import dev.backorder.cli.console.CommandFailure;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.cli.stack.Stack;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.GetSupplyRequest;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLineDraft;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * How long a queue of a thousand, ten thousand and a hundred thousand lines takes to be served by
 * one receipt, or to get new dates when its one supply moves, while other orders go on.
 */
final class QueueBench {

  private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000);
  private static final int OTHER_ITEMS = 1_000;
  private static final int BULK = 100;
  private static final int BULK_CALLS_IN_FLIGHT = 4;
  private static final int OTHER_CALLERS = 4;
  private static final Duration QUIET = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final String SUPPLIER = "BENCH";
  private static final int POLL_MILLIS = 20;
  private static final int CHECK_ATTEMPTS = 60;
  private static final int CHECK_PAUSE_MILLIS = 1_000;

  private final Stack stack;
  private final Cluster cluster;
  private final BenchShop shop;
  private final Consumer<String> notes;

  QueueBench(Stack stack, Cluster cluster, Consumer<String> notes) {
    this.stack = stack;
    this.cluster = cluster;
    this.shop = new BenchShop(cluster);
    this.notes = notes;
  }

  BenchResult run(BenchKind kind) {
    List<String> others = BenchShop.names("sku", OTHER_ITEMS);
    shop.open();
    shop.stock(others, SalesMode.SALES_MODE_IN_STOCK_ONLY, BenchShop.PLENTY);
    openSupplier();
    Workload other = Workloads.orders(number -> List.of(others.get((int) (number % OTHER_ITEMS))));
    String address = "127.0.0.1:" + stack.options().ports().grpc(ServiceKind.INVENTORY, 1);
    try (LoadDriver driver = new LoadDriver(address)) {
      notes.accept("Warming up ...");
      driver.run(other, OTHER_CALLERS, QUIET.multipliedBy(2));
      Load quiet = driver.run(other, OTHER_CALLERS, QUIET);
      Load echo = driver.run(Workloads.echo(), OTHER_CALLERS, QUIET);
      Load health = driver.run(Workloads.health(), OTHER_CALLERS, QUIET);
      ProcessUse use = new ProcessUse(stack.processes());
      List<String> found = new ArrayList<>();
      found.add(
          String.format(
              Locale.ROOT,
              "other orders, nothing else going on: p50 %.1f ms, p99 %.1f ms",
              quiet.millisAt(50),
              quiet.millisAt(99)));
      Load largest = Load.none();
      for (int size : SIZES) {
        largest = measure(kind, size, other, driver, found);
      }
      var uses = use.since();
      notes.accept("Checking the books of all services ...");
      var invariants = new ConsistencyAudit(cluster).run(CHECK_ATTEMPTS, CHECK_PAUSE_MILLIS);
      return new BenchResult(
          kind.title(),
          OTHER_CALLERS,
          largest,
          echo,
          health,
          Load.none(),
          0,
          0,
          uses,
          found,
          largest.errors() + largest.refused() == 0,
          invariants);
    }
  }

  /** One size: lines a second, with the latencies of the other orders meanwhile. */
  private Load measure(
      BenchKind kind, int size, Workload other, LoadDriver driver, List<String> found) {
    String sku = "queue-" + size;
    notes.accept(String.format(Locale.ROOT, "A queue of %,d lines ...", size));
    shop.stock(List.of(sku), SalesMode.SALES_MODE_BACKORDER, 0);
    driver.runCalls(
        Workloads.bulk(number -> List.of(sku), BULK), BULK_CALLS_IN_FLIGHT, size / BULK);
    LocalDate day = LocalDate.now(ZoneOffset.UTC).plusDays(20);
    long ordered = System.nanoTime();
    PurchaseOrder order = order(sku, size, day);
    String supplyId = order.getLines(0).getLineId();
    await("every line to be promised", () -> isPegged(supplyId, size));
    double pegged = (System.nanoTime() - ordered) / 1e9;

    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Load> meanwhile =
        CompletableFuture.supplyAsync(
            () -> driver.runWhile(other, OTHER_CALLERS, () -> !done.get()));
    long started = System.nanoTime();
    if (kind == BenchKind.RECEIPT) {
      receive(supplyId, size);
      await("the queue to be served", () -> isServed(sku));
    } else {
      redate(order, day.plusDays(7));
      await("the new date", () -> isExpectedOn(supplyId, day.plusDays(7)));
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    done.set(true);
    Load others = meanwhile.join();
    found.add(
        String.format(
            Locale.ROOT,
            "%,7d lines: %.2f s (%,.0f a second; promised from the order in %.2f s); other orders meanwhile: %,d,"
                + " p50 %.1f ms, p99 %.1f ms, longest %.0f ms",
            size,
            seconds,
            size / seconds,
            pegged,
            others.operations(),
            others.millisAt(50),
            others.millisAt(99),
            others.millisAt(100)));
    return new Load(size, others.refused(), others.errors(), seconds, others.nanos());
  }

  private void openSupplier() {
    CreateSupplierRequest supplier =
        CreateSupplierRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(
                Supplier.newBuilder()
                    .setCode(SUPPLIER)
                    .setName("Bench")
                    .setTimeZone("Europe/London")
                    .setActive(true))
            .build();
    cluster.suppliers(stub -> stub.createSupplier(supplier));
  }

  private PurchaseOrder order(String sku, long quantity, LocalDate day) {
    BatchSetSupplierItemsRequest sells =
        BatchSetSupplierItemsRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(SUPPLIER)
            .addItems(SupplierItem.newBuilder().setSku(sku).setLeadTimeDays(10))
            .build();
    cluster.suppliers(stub -> stub.batchSetSupplierItems(sells));
    CreatePurchaseOrderRequest create =
        CreatePurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(SUPPLIER)
            .setLocation(BenchShop.LOCATION)
            .addLines(PurchaseOrderLineDraft.newBuilder().setSku(sku).setQuantity(quantity))
            .build();
    PurchaseOrder order =
        cluster.purchaseOrders(stub -> stub.createPurchaseOrder(create)).getPurchaseOrder();
    SendPurchaseOrderRequest send =
        SendPurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setPurchaseOrderId(order.getPurchaseOrderId())
            .build();
    cluster.purchaseOrders(stub -> stub.sendPurchaseOrder(send));
    AcknowledgePurchaseOrderRequest acknowledge =
        AcknowledgePurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setPurchaseOrderId(order.getPurchaseOrderId())
            .addLines(
                LineAcknowledgement.newBuilder()
                    .setLineId(order.getLines(0).getLineId())
                    .setAcceptedQuantity(quantity)
                    .setExpectedDate(Dates.date(day)))
            .build();
    return cluster
        .purchaseOrders(stub -> stub.acknowledgePurchaseOrder(acknowledge))
        .getPurchaseOrder();
  }

  private void redate(PurchaseOrder order, LocalDate day) {
    RedatePurchaseOrderRequest request =
        RedatePurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setPurchaseOrderId(order.getPurchaseOrderId())
            .setReason("late")
            .addLines(
                LineRedate.newBuilder()
                    .setLineId(order.getLines(0).getLineId())
                    .setExpectedDate(Dates.date(day)))
            .build();
    cluster.purchaseOrders(stub -> stub.redatePurchaseOrder(request));
  }

  private void receive(String supplyId, long quantity) {
    ReceiveGoodsRequest request =
        ReceiveGoodsRequest.newBuilder()
            .setRequestId(request())
            .addGoods(ArrivedGoods.newBuilder().setSupplyId(supplyId).setQuantity(quantity))
            .build();
    cluster.supplies(stub -> stub.receiveGoods(request));
  }

  private Supply supply(String supplyId) {
    GetSupplyRequest request = GetSupplyRequest.newBuilder().setSupplyId(supplyId).build();
    return cluster.supplies(stub -> stub.getSupply(request)).getSupply();
  }

  /** The supply reaches inventory-service by the feed, some moments later. */
  private boolean isPegged(String supplyId, long size) {
    try {
      return supply(supplyId).getPeggedQuantity() == size;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private boolean isServed(String sku) {
    StockBalance balance = shop.balance(sku);
    return balance.getWaitingQuantity() == 0 && balance.getQueueReservedQuantity() == 0;
  }

  private boolean isExpectedOn(String supplyId, LocalDate day) {
    return supply(supplyId).getExpectedDate().equals(Dates.date(day));
  }

  private static void await(String what, BooleanSupplier reached) {
    long giveUp = System.nanoTime() + LONGEST.toNanos();
    while (!reached.getAsBoolean()) {
      if (System.nanoTime() > giveUp) {
        throw CommandFailure.environment(
            "Waited " + LONGEST.toMinutes() + " minutes for " + what + ".");
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      }
    }
  }

  private static String request() {
    return UUID.randomUUID().toString();
  }
}
