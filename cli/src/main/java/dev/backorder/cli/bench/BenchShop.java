package dev.backorder.cli.bench;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.StockBalance;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** One location with items, for measurements. */
final class BenchShop {

  static final String LOCATION = "MAIN";
  static final long PLENTY = 1_000_000_000;

  private static final int BATCH = 500;

  private final Cluster cluster;

  BenchShop(Cluster cluster) {
    this.cluster = cluster;
  }

  void open() {
    CreateLocationRequest request =
        CreateLocationRequest.newBuilder()
            .setRequestId(request())
            .setLocation(
                Location.newBuilder()
                    .setCode(LOCATION)
                    .setName("Bench")
                    .setTimeZone("Europe/London")
                    .setActive(true)
                    .setHandlingDays(1))
            .build();
    cluster.locations(stub -> stub.createLocation(request));
  }

  /** Items with the same number of units on the shelf; a lead time lets the rest wait. */
  void stock(List<String> skus, SalesMode mode, long units) {
    inBatches(
        skus,
        some -> {
          BatchCreateItemsRequest.Builder items =
              BatchCreateItemsRequest.newBuilder().setRequestId(request());
          some.forEach(
              sku ->
                  items.addItems(
                      Item.newBuilder()
                          .setSku(sku)
                          .setSalesPolicy(
                              SalesPolicy.newBuilder().setSalesMode(mode).setLeadTimeDays(10))));
          cluster.items(stub -> stub.batchCreateItems(items.build()));
        });
    if (units > 0) {
      inBatches(
          skus,
          some -> {
            AdjustStockRequest.Builder opening =
                AdjustStockRequest.newBuilder()
                    .setRequestId(request())
                    .setLocation(LOCATION)
                    .setReason("opening stock")
                    .setActor("bench");
            some.forEach(
                sku ->
                    opening.addAdjustments(
                        StockAdjustment.newBuilder().setSku(sku).setQuantity(units)));
            cluster.stock(stub -> stub.adjustStock(opening.build()));
          });
    }
  }

  /** The balance of an item. */
  StockBalance balance(String sku) {
    return cluster.stock(
        stub -> stub.getStock(GetStockRequest.newBuilder().setSku(sku).build()).getBalances(0));
  }

  /** Names of items. */
  static List<String> names(String prefix, int count) {
    List<String> skus = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      skus.add(prefix + "-" + i);
    }
    return skus;
  }

  private static void inBatches(List<String> skus, Consumer<List<String>> work) {
    for (int from = 0; from < skus.size(); from += BATCH) {
      work.accept(skus.subList(from, Math.min(skus.size(), from + BATCH)));
    }
  }

  private static String request() {
    return UUID.randomUUID().toString();
  }
}
