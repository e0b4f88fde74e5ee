package dev.backorder.supplier.testing;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.backorder.inventory.v1.GoodsReceived;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Receipt;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.ReorderNeedState;
import dev.backorder.inventory.v1.ReorderNeeded;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.platform.testing.FakeFeed;
import dev.backorder.platform.testing.FakePeer;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;

/** The feed of inventory-service, for all tests of one JVM, and what it says. */
public final class InventoryPeer {
  private static FakeFeed feed;

  private InventoryPeer() {}

  /** The feed; the first call starts its server where the application expects it. */
  public static synchronized FakeFeed feed() {
    if (feed == null) {
      String target =
          ConfigProvider.getConfig().getValue("backorder.peers.inventory", String.class);
      feed = new FakeFeed();
      // Lives as long as the JVM: the application calls it whenever time moves.
      FakePeer unused =
          FakePeer.start(Integer.parseInt(target.substring(target.lastIndexOf(':') + 1)), feed);
    }
    return feed;
  }

  /** A need that is raised now. */
  public static ReorderNeed need(String sku, String location, long quantity) {
    return ReorderNeed.newBuilder()
        .setNeedId(UUID.randomUUID().toString())
        .setSku(sku)
        .setLocation(location)
        .setQuantity(quantity)
        .setNeedByDate(Date.newBuilder().setYear(2026).setMonth(4).setDay(1))
        .setState(ReorderNeedState.REORDER_NEED_STATE_OPEN)
        .build();
  }

  /** Publishes a need; it reaches the service when its time moves. */
  public static ReorderNeed tell(ReorderNeed need) {
    feed()
        .publish(
            need.getSku(),
            InventoryEvent.newBuilder()
                .setReorderNeeded(ReorderNeeded.newBuilder().setReorderNeed(need))
                .build());
    return need;
  }

  /** Publishes a receipt: so many units, {@code total} of the line so far. */
  public static void tellReceived(PurchaseOrder order, PurchaseOrderLine line, long total) {
    tellReceived(order, line, total, Instant.parse(SupplierResource.START));
  }

  /** The same at a moment. */
  public static void tellReceived(
      PurchaseOrder order, PurchaseOrderLine line, long total, Instant time) {
    feed()
        .publish(
            order.getPurchaseOrderId(),
            InventoryEvent.newBuilder()
                .setGoodsReceived(
                    GoodsReceived.newBuilder()
                        .addGoods(
                            ReceivedGoods.newBuilder()
                                .setReceipt(
                                    Receipt.newBuilder()
                                        .setReceiptId(UUID.randomUUID().toString())
                                        .setSupplyId(line.getLineId())
                                        .setReceivedTime(
                                            Timestamp.newBuilder()
                                                .setSeconds(time.getEpochSecond())))
                                .setSupply(
                                    Supply.newBuilder()
                                        .setSupplyId(line.getLineId())
                                        .setPurchaseOrderId(order.getPurchaseOrderId())
                                        .setReceivedQuantity(total))))
                .build());
  }
}
