package dev.backorder.cli.check;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Pages;
import dev.backorder.inventory.v1.AllocationComponent;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListAllocationsResponse;
import dev.backorder.inventory.v1.ListItemsRequest;
import dev.backorder.inventory.v1.ListItemsResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ObjLongConsumer;

/**
 * What lines of kits are made of: orders and shipments count kits, the stock ledger their
 * components.
 */
final class KitLines {

  private static final int ITEMS_PER_PAGE = 500;
  private static final int ALLOCATIONS_PER_PAGE = 100;

  private final Map<String, List<AllocationComponent>> components = new HashMap<>();

  /** Reads all allocations, but only when some item is a kit. */
  static KitLines read(Cluster cluster) {
    KitLines kits = new KitLines();
    if (anyItemIsKit(cluster)) {
      Pages.forEach(
          token -> {
            ListAllocationsRequest request =
                ListAllocationsRequest.newBuilder()
                    .setPageSize(ALLOCATIONS_PER_PAGE)
                    .setPageToken(token)
                    .build();
            return cluster.allocations(stub -> stub.listAllocations(request));
          },
          ListAllocationsResponse::getAllocationsList,
          ListAllocationsResponse::getNextPageToken,
          allocation ->
              allocation.getLinesList().stream()
                  .filter(line -> line.getComponentsCount() > 0)
                  .forEach(
                      line ->
                          kits.components.put(
                              key(allocation.getOrderId(), line.getLineId()),
                              line.getComponentsList())));
    }
    return kits;
  }

  /** Tells units of a line as units of items that have stock. */
  void units(
      String orderId, String lineId, String sku, long quantity, ObjLongConsumer<String> units) {
    List<AllocationComponent> parts = components.get(key(orderId, lineId));
    if (parts == null) {
      units.accept(sku, quantity);
    } else {
      parts.forEach(part -> units.accept(part.getSku(), quantity * part.getUnitsPerKit()));
    }
  }

  private static boolean anyItemIsKit(Cluster cluster) {
    AtomicBoolean found = new AtomicBoolean();
    Pages.forEach(
        token -> {
          ListItemsRequest request =
              ListItemsRequest.newBuilder().setPageSize(ITEMS_PER_PAGE).setPageToken(token).build();
          return cluster.items(stub -> stub.listItems(request));
        },
        ListItemsResponse::getItemsList,
        ListItemsResponse::getNextPageToken,
        item -> {
          if (item.getComponentsCount() > 0) {
            found.set(true);
          }
        });
    return found.get();
  }

  private static String key(String orderId, String lineId) {
    return orderId + "/" + lineId;
  }
}
