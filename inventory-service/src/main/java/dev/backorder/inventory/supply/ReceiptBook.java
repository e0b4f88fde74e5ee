package dev.backorder.inventory.supply;

import dev.backorder.inventory.v1.Receipt;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Receipts: rows that are only ever added. */
@ApplicationScoped
class ReceiptBook {
  private final Sql sql;

  ReceiptBook(Sql sql) {
    this.sql = sql;
  }

  /** A receipt and its place in the list. */
  record PlacedReceipt(long position, Receipt receipt) {}

  /** Receipts after a position, oldest first. */
  List<PlacedReceipt> page(String supplyId, long after, int limit) {
    return sql.list(
        ReceiptBook::read,
        """
        select * from receipt where (? = '' or supply_id = ?) and position > ?
        order by position limit ?""",
        supplyId,
        supplyId,
        after,
        limit);
  }

  /** Adds receipts in this order. */
  void insert(List<Receipt> receipts, Instant now) {
    sql.later(
        """
        insert into receipt (receipt_id, supply_id, sku, location, quantity, queue_quantity, received_time, actor,
          quality_hold_quantity, quality_hold_id)
        select receipt_id, supply_id, sku, location, quantity, queue_quantity, ?, actor, held, hold_id
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
          as r(receipt_id, supply_id, sku, location, quantity, queue_quantity, actor, held, hold_id, place)
        order by place""",
        now,
        receipts.stream().map(r -> UUID.fromString(r.getReceiptId())).toArray(UUID[]::new),
        text(receipts, Receipt::getSupplyId),
        text(receipts, Receipt::getSku),
        text(receipts, Receipt::getLocation),
        receipts.stream().map(Receipt::getQuantity).toArray(Long[]::new),
        receipts.stream().map(Receipt::getQueueQuantity).toArray(Long[]::new),
        text(receipts, Receipt::getActor),
        receipts.stream().map(Receipt::getQualityHoldQuantity).toArray(Long[]::new),
        text(receipts, Receipt::getQualityHoldId));
  }

  /**
   * The next version of a purchase order's receipts, locked until the end of the transaction: its
   * lines may be received apart, so their facts need a version and a lock of their own.
   */
  long nextVersion(String purchaseOrderId) {
    return sql.number(
        """
        insert into receipt_count as c (purchase_order_id, receipts) values (?, 1)
        on conflict (purchase_order_id) do update set receipts = c.receipts + 1 returning receipts""",
        purchaseOrderId);
  }

  private static String[] text(List<Receipt> receipts, Function<Receipt, String> column) {
    return receipts.stream().map(column).toArray(String[]::new);
  }

  private static PlacedReceipt read(ResultSet row) throws SQLException {
    return new PlacedReceipt(
        row.getLong("position"),
        Receipt.newBuilder()
            .setReceiptId(row.getString("receipt_id"))
            .setSupplyId(row.getString("supply_id"))
            .setSku(row.getString("sku"))
            .setLocation(row.getString("location"))
            .setQuantity(row.getLong("quantity"))
            .setQueueQuantity(row.getLong("queue_quantity"))
            .setReceivedTime(Wire.timestamp(Sql.instant(row, "received_time")))
            .setActor(row.getString("actor"))
            .setQualityHoldQuantity(row.getLong("quality_hold_quantity"))
            .setQualityHoldId(row.getString("quality_hold_id"))
            .build());
  }
}
