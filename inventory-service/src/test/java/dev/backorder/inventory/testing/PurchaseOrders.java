package dev.backorder.inventory.testing;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChanged;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.SupplierEvent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * One purchase order of one line, as supplier-service would tell of it. Each verb publishes the
 * next version on the feed.
 */
public final class PurchaseOrders {
  private PurchaseOrder order;

  private PurchaseOrders(PurchaseOrder order) {
    this.order = order;
  }

  /** A draft for {@link Inventory#LEEDS}; nothing is published yet. */
  public static PurchaseOrders draft(String sku, long quantity, List<String> needIds) {
    return new PurchaseOrders(
        PurchaseOrder.newBuilder()
            .setPurchaseOrderId(UUID.randomUUID().toString())
            .setNumber("PO-000001")
            .setSupplier("acme")
            .setLocation(Inventory.LEEDS)
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT)
            .addLines(
                PurchaseOrderLine.newBuilder()
                    .setLineId(UUID.randomUUID().toString())
                    .setSku(sku)
                    .setOrderedQuantity(quantity)
                    .setState(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_OPEN)
                    .addAllNeedIds(needIds))
            .build());
  }

  /** The draft is made known. */
  public PurchaseOrders drafted() {
    return publish(order.toBuilder());
  }

  /** Sent: arrival is our estimate. */
  public PurchaseOrders sent(LocalDate expected) {
    Instant time = Instant.parse(InventoryResource.START);
    return publish(
        order.toBuilder()
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT)
            .setSentTime(Timestamp.newBuilder().setSeconds(time.getEpochSecond()))
            .setLines(0, order.getLines(0).toBuilder().setExpectedDate(date(expected))));
  }

  /** The supplier accepts so many units for a day. */
  public PurchaseOrders acknowledged(long quantity, LocalDate expected) {
    return publish(
        order.toBuilder()
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_ACKNOWLEDGED)
            .setLines(
                0,
                order.getLines(0).toBuilder()
                    .setState(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_ACCEPTED)
                    .setAcceptedQuantity(quantity)
                    .setExpectedDate(date(expected))));
  }

  /** The supplier accepts nothing. */
  public PurchaseOrders rejected() {
    return publish(
        order.toBuilder()
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_REJECTED)
            .setLines(
                0,
                order.getLines(0).toBuilder()
                    .setState(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_REJECTED)
                    .clearExpectedDate()));
  }

  /** Nothing more comes. */
  public PurchaseOrders closed() {
    return publish(
        order.toBuilder()
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_CLOSED)
            .setLines(
                0,
                order.getLines(0).toBuilder()
                    .setState(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_CLOSED)));
  }

  /** We cancel it. */
  public PurchaseOrders cancelled() {
    return publish(
        order.toBuilder()
            .setState(PurchaseOrderState.PURCHASE_ORDER_STATE_CANCELLED)
            .setLines(
                0,
                order.getLines(0).toBuilder()
                    .setState(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_CANCELLED)));
  }

  /** Tells a state of earlier again, as a feed does that starts anew. */
  public void tellAgain(PurchaseOrder old) {
    SupplierPeer.feed()
        .publish(old.getPurchaseOrderId(), old.getVersion(), event(old), Instant.EPOCH);
  }

  /** The newest state. */
  public PurchaseOrder order() {
    return order;
  }

  /** Id of the line, and so of the supply. */
  public String supplyId() {
    return order.getLines(0).getLineId();
  }

  private PurchaseOrders publish(PurchaseOrder.Builder changed) {
    order = changed.setVersion(order.getVersion() + 1).build();
    SupplierPeer.feed()
        .publish(
            order.getPurchaseOrderId(),
            order.getVersion(),
            event(order),
            Instant.parse(InventoryResource.START));
    return this;
  }

  private static SupplierEvent event(PurchaseOrder order) {
    return SupplierEvent.newBuilder()
        .setPurchaseOrderChanged(PurchaseOrderChanged.newBuilder().setPurchaseOrder(order))
        .build();
  }

  private static Date date(LocalDate day) {
    return Date.newBuilder()
        .setYear(day.getYear())
        .setMonth(day.getMonthValue())
        .setDay(day.getDayOfMonth())
        .build();
  }
}
