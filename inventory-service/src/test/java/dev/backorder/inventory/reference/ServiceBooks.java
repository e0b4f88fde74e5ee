package dev.backorder.inventory.reference;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.Hold;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListHoldsRequest;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.QueueEntry;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.wire.Wire;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The books as the service lists them, line by line. */
final class ServiceBooks {
  private static final int MOST = 500;

  private final Inventory inventory;

  /** What the reference calls a quality hold, by its id. */
  private final Map<String, String> names;

  private final SortedMap<String, String> lines = new TreeMap<>();

  private ServiceBooks(Inventory inventory, Map<String, String> names) {
    this.inventory = inventory;
    this.names = names;
  }

  static SortedMap<String, String> of(
      Inventory inventory, Collection<String> skus, Map<String, String> names) {
    ServiceBooks books = new ServiceBooks(inventory, names);
    books.balances();
    books.allocations();
    books.supplies();
    skus.forEach(books::queue);
    books.carts();
    return books.lines;
  }

  private void balances() {
    List<StockBalance> balances =
        inventory
            .stock
            .listStock(ListStockRequest.newBuilder().setPageSize(MOST).build())
            .getBalancesList();
    for (StockBalance balance : balances) {
      String text =
          Texts.balance(
              balance.getOnHandQuantity(),
              balance.getReservedQuantity(),
              balance.getHeldQuantity(),
              balance.getAvailableQuantity(),
              balance.getWaitingQuantity(),
              balance.getInboundQuantity(),
              balance.getQuarantineQuantity());
      if (!text.equals(Texts.balance(0, 0, 0, 0, 0, 0, 0))) {
        lines.put("balance " + new Place(balance.getSku(), balance.getLocation()), text);
      }
    }
  }

  private void allocations() {
    List<Allocation> allocations =
        inventory
            .allocations
            .listAllocations(ListAllocationsRequest.newBuilder().setPageSize(MOST).build())
            .getAllocationsList();
    for (Allocation allocation : allocations) {
      for (AllocationLine line : allocation.getLinesList()) {
        lines.put(
            "line " + allocation.getOrderId() + "/" + line.getLineId(),
            Texts.line(
                line.getReservedQuantity(),
                line.getWaitingQuantity(),
                line.getShippedQuantity(),
                line.getReleasedQuantity(),
                line.getRefusedQuantity(),
                line.getReturnedQuantity(),
                parts(line.getPortionsList(), names)));
      }
    }
  }

  /** Units that share a fate, whatever portions they are in. */
  static String parts(List<AllocationPortion> portions, Map<String, String> names) {
    Map<String, Long> units = new TreeMap<>();
    for (AllocationPortion portion : portions) {
      boolean reserved = portion.getState() == PortionState.PORTION_STATE_RESERVED;
      units.merge(
          part(reserved, portion.getLocation(), portion.getPromise(), names),
          portion.getQuantity(),
          Long::sum);
    }
    return units.toString();
  }

  private static String part(
      boolean reserved, String site, Promise promise, Map<String, String> names) {
    String supply = promise.getSupplyId();
    Told told =
        new Told(
            Wire.day(promise.getShipByDate()),
            Wire.day(promise.getDeliverByDate()),
            promise.getBasis().name().replace("PROMISE_BASIS_", ""),
            promise.getConstraint().name().replace("PROMISE_CONSTRAINT_", ""));
    return Texts.part(reserved, site, names.getOrDefault(supply, supply), told.toString());
  }

  /** What can be promised for which day. */
  static String days(Inventory inventory, Place place) {
    return String.join(
        "\n",
        inventory
            .availability
            .getAvailableToPromise(
                GetAvailableToPromiseRequest.newBuilder()
                    .setSku(place.sku())
                    .setLocation(place.site())
                    .setHorizonDays(Outlook.DAYS)
                    .build())
            .getDaysList()
            .stream()
            .map(
                day ->
                    Texts.day(
                        Wire.day(day.getDate()),
                        day.getSupplyQuantity(),
                        day.getDemandQuantity(),
                        day.getProjectedQuantity(),
                        day.getAvailableToPromiseQuantity()))
            .toList());
  }

  private void supplies() {
    List<Supply> supplies =
        inventory
            .supplies
            .listSupplies(ListSuppliesRequest.newBuilder().setPageSize(MOST).build())
            .getSuppliesList();
    for (Supply supply : supplies) {
      lines.put(
          "supply " + names.getOrDefault(supply.getSupplyId(), supply.getSupplyId()),
          Texts.supply(
              supply.getExpectedQuantity(),
              supply.getReceivedQuantity(),
              supply.getPeggedQuantity(),
              Wire.day(supply.getExpectedDate()),
              supply.getState().name().replace("SUPPLY_STATE_", "")));
    }
  }

  private void queue(String sku) {
    List<QueueEntry> entries =
        inventory
            .allocations
            .listQueue(ListQueueRequest.newBuilder().setSku(sku).setPageSize(MOST).build())
            .getEntriesList();
    for (QueueEntry entry : entries) {
      lines.put(
          "queue " + new Place(sku, entry.getLocation()) + " #" + entry.getPlace(),
          Texts.queued(
              entry.getOrderId(),
              entry.getLineId(),
              entry.getWaitingQuantity(),
              part(false, entry.getLocation(), entry.getPromise(), names)));
    }
  }

  private void carts() {
    List<Hold> holds =
        inventory
            .holds
            .listHolds(ListHoldsRequest.newBuilder().setPageSize(MOST).build())
            .getHoldsList();
    for (Hold hold : holds) {
      StringBuilder held = new StringBuilder();
      hold.getLinesList()
          .forEach(
              line ->
                  held.append(
                          Texts.held(
                              line.getSku(), line.getOnHandQuantity(), line.getPlaceQuantity()))
                      .append("; "));
      Instant until =
          Instant.ofEpochSecond(hold.getExpireTime().getSeconds(), hold.getExpireTime().getNanos());
      if (!held.isEmpty()) {
        lines.put("cart " + hold.getCartId(), held + "until " + until);
      }
    }
  }
}
