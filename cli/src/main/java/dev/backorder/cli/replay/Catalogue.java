package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.RequestIds;
import dev.backorder.cli.orderfile.OrderFileScan;
import dev.backorder.cli.orderfile.OrderFileScan.SkuDemand;
import dev.backorder.cli.orderfile.UnitPrice;
import dev.backorder.cli.scenario.Draw;
import dev.backorder.cli.scenario.Scenario;
import dev.backorder.cli.scenario.Scenario.SalesModeShare;
import dev.backorder.cli.scenario.Scenario.SupplierRule;
import dev.backorder.common.v1.Price;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.ReplenishmentPolicy;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.TransitTime;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * Sets up the shop that a scenario describes: location, suppliers, items, who sells what, and
 * opening stock.
 */
final class Catalogue {

  private static final int BATCH = 500;
  private static final int MINUTES_A_DAY = 24 * 60;
  private static final double EARLY_WEEKS = OrderFileScan.EARLY.toDays() / 7.0;

  private final Cluster cluster;
  private final Scenario scenario;
  private final RequestIds requestIds;
  private final Draw draw;
  private final Map<String, String> descriptions;

  Catalogue(
      Cluster cluster, Scenario scenario, RequestIds requestIds, Map<String, String> descriptions) {
    this.cluster = cluster;
    this.scenario = scenario;
    this.requestIds = requestIds;
    this.draw = new Draw(scenario.seed());
    this.descriptions = descriptions;
  }

  /** Creates everything and tells how many units are on the shelf. */
  long create(Map<String, SkuDemand> demand) {
    createLocation();
    Map<SupplierRule, List<SupplierItem>> sold = new java.util.LinkedHashMap<>();
    scenario.suppliers().forEach(rule -> sold.put(rule, new ArrayList<>()));
    List<Item> items = new ArrayList<>();
    List<StockAdjustment> opening = new ArrayList<>();
    for (Map.Entry<String, SkuDemand> entry : new TreeMap<>(demand).entrySet()) {
      String sku = entry.getKey();
      SupplierRule supplier = supplierOf(sku);
      items.add(item(sku, entry.getValue(), supplier));
      sold.get(supplier).add(supplierItem(sku, entry.getValue(), supplier));
      long units = openingUnits(entry.getValue());
      if (units > 0) {
        opening.add(StockAdjustment.newBuilder().setSku(sku).setQuantity(units).build());
      }
    }
    // Suppliers first: as soon as an item exists, it may be found to need buying.
    sold.forEach(this::createSupplier);
    inBatches(items, this::createItems);
    inBatches(opening, this::open);
    return opening.stream().mapToLong(StockAdjustment::getQuantity).sum();
  }

  /** The supplier of a SKU: by hash, so that the file's order does not matter. */
  private SupplierRule supplierOf(String sku) {
    return pick(scenario.suppliers(), SupplierRule::sharePercent, "supplier of " + sku);
  }

  private SalesModeShare salesModeOf(String sku) {
    return pick(scenario.salesModes(), SalesModeShare::sharePercent, "sales mode of " + sku);
  }

  private <T> T pick(List<T> choices, ToIntFunction<T> sharePercent, String subject) {
    double point = draw.share(subject) * 100;
    for (T choice : choices) {
      point -= sharePercent.applyAsInt(choice);
      if (point < 0) {
        return choice;
      }
    }
    return choices.get(choices.size() - 1);
  }

  private long openingUnits(SkuDemand demand) {
    return Math.max(
        scenario.stock().openingMinimum(), units(demand, scenario.stock().openingWeeks()));
  }

  /** So many weeks of the mean weekly demand after the first sale, rounded up. */
  private static long units(SkuDemand demand, double weeks) {
    return (long) Math.ceil(demand.earlyQuantity() / EARLY_WEEKS * weeks);
  }

  private void createLocation() {
    Scenario.Warehouse warehouse = scenario.warehouse();
    Location.Builder location =
        Location.newBuilder()
            .setCode(warehouse.code())
            .setName(warehouse.name())
            .setTimeZone(warehouse.zone().getId())
            .setActive(true)
            .setHandlingDays(warehouse.handlingDays());
    warehouse
        .transitDays()
        .forEach(
            (country, days) ->
                location.addTransitTimes(
                    TransitTime.newBuilder().setDestinationCountry(country).setDays(days)));
    CreateLocationRequest request =
        CreateLocationRequest.newBuilder()
            .setRequestId(requestIds.of("location"))
            .setLocation(location)
            .build();
    cluster.locations(stub -> stub.createLocation(request));
  }

  private void createSupplier(SupplierRule rule, List<SupplierItem> items) {
    Supplier.Builder supplier =
        Supplier.newBuilder()
            .setCode(rule.code())
            .setName(rule.name())
            .setTimeZone(scenario.warehouse().zone().getId())
            .setActive(true)
            .setAutoSend(true)
            .setSendDelayMinutes(rule.sendDelayMinutes())
            .addAllWorkingWeekdays(rule.workingWeekdays());
    rule.closedDates().forEach(day -> supplier.addClosedDates(Dates.date(day)));
    CreateSupplierRequest request =
        CreateSupplierRequest.newBuilder()
            .setRequestId(requestIds.of("supplier " + rule.code()))
            .setSupplier(supplier)
            .build();
    cluster.suppliers(stub -> stub.createSupplier(request));
    inBatches(
        items,
        batch -> {
          BatchSetSupplierItemsRequest set =
              BatchSetSupplierItemsRequest.newBuilder()
                  .setRequestId(
                      requestIds.of("supplier items " + rule.code() + " " + batch.get(0).getSku()))
                  .setSupplier(rule.code())
                  .addAllItems(batch)
                  .build();
          cluster.suppliers(stub -> stub.batchSetSupplierItems(set));
        });
  }

  private void createItems(List<Item> items) {
    BatchCreateItemsRequest request =
        BatchCreateItemsRequest.newBuilder()
            .setRequestId(requestIds.of("items " + items.get(0).getSku()))
            .addAllItems(items)
            .build();
    cluster.items(stub -> stub.batchCreateItems(request));
  }

  private void open(List<StockAdjustment> opening) {
    AdjustStockRequest request =
        AdjustStockRequest.newBuilder()
            .setRequestId(requestIds.of("opening stock " + opening.get(0).getSku()))
            .setLocation(scenario.warehouse().code())
            .setReason("opening stock")
            .addAllAdjustments(opening)
            .build();
    cluster.stock(stub -> stub.adjustStock(request));
  }

  private static <T> void inBatches(List<T> all, Consumer<List<T>> batch) {
    for (int from = 0; from < all.size(); from += BATCH) {
      batch.accept(all.subList(from, Math.min(all.size(), from + BATCH)));
    }
  }

  private Item item(String sku, SkuDemand demand, SupplierRule supplier) {
    SalesModeShare mode = salesModeOf(sku);
    long reorderMin =
        Math.max(
            scenario.stock().reorderMinimum(), units(demand, scenario.stock().reorderMinWeeks()));
    long reorderMax = Math.max(reorderMin + 1, units(demand, scenario.stock().reorderMaxWeeks()));
    return Item.newBuilder()
        .setSku(sku)
        .setDescription(descriptions.getOrDefault(sku, sku))
        .setSalesPolicy(
            SalesPolicy.newBuilder()
                .setSalesMode(
                    switch (mode.mode()) {
                      case IN_STOCK_ONLY -> SalesMode.SALES_MODE_IN_STOCK_ONLY;
                      case BACKORDER -> SalesMode.SALES_MODE_BACKORDER;
                    })
                .setBackorderLimit(limit(mode, demand))
                .setLeadTimeDays(
                    supplier.leadTimeDays()
                        + Math.floorDiv(
                            supplier.sendDelayMinutes() + MINUTES_A_DAY - 1, MINUTES_A_DAY))
                .setMaxWaitDays(mode.maxWaitDays()))
        .setReplenishmentPolicy(
            ReplenishmentPolicy.newBuilder()
                .setMethod(ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX)
                .setMinQuantity(reorderMin)
                .setMaxQuantity(reorderMax))
        .build();
  }

  private static BackorderLimit limit(SalesModeShare mode, SkuDemand demand) {
    return switch (mode.limit()) {
      case NONE ->
          BackorderLimit.newBuilder().setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_NONE).build();
      case FIXED ->
          BackorderLimit.newBuilder()
              .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
              .setQuantity(units(demand, mode.limitWeeks()))
              .build();
      case INBOUND ->
          BackorderLimit.newBuilder()
              .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_INBOUND)
              .setReliabilityReservePercent(mode.reservePercent())
              .build();
    };
  }

  private SupplierItem supplierItem(String sku, SkuDemand demand, SupplierRule rule) {
    UnitPrice price = demand.unitPrice();
    return SupplierItem.newBuilder()
        .setSupplier(rule.code())
        .setSku(sku)
        .setCost(
            Price.newBuilder()
                .setCurrencyCode(scenario.currency())
                .setAmountMinor(price.amountMinor() * rule.costPercent())
                .setPriceQuantity(price.priceQuantity() * 100))
        .setMinimumQuantity(rule.minimumQuantity())
        .setMultipleQuantity(rule.multipleQuantity())
        .setLeadTimeDays(rule.leadTimeDays())
        .build();
  }
}
