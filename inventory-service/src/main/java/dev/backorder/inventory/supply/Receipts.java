package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GoodsReceived;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Receipt;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The one door in: goods of a supply arrive and serve the queue before anybody else can buy them.
 */
@ApplicationScoped
public class Receipts {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final Ledger ledger;
  private final Queues queues;
  private final Books books;
  private final RequestLog requests;
  private final EventLog events;
  private final Sql sql;
  private final Ids ids;
  private final Clock clock;

  Receipts(
      StockBook stock,
      SupplyBook supplies,
      Ledger ledger,
      Queues queues,
      Books books,
      RequestLog requests,
      EventLog events,
      Sql sql,
      Ids ids,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.ledger = ledger;
    this.queues = queues;
    this.books = books;
    this.requests = requests;
    this.events = events;
    this.sql = sql;
    this.ids = ids;
    this.clock = clock;
  }

  /** Records that goods arrived. */
  @Transactional
  ReceiveGoodsResponse receive(ReceiveGoodsRequest request) {
    return requests.once(
        request.getRequestId(), request, ReceiveGoodsResponse.parser(), () -> record(request));
  }

  /** Receipts after a position, oldest first. */
  @Transactional
  List<PlacedReceipt> page(String supplyId, long after, int limit) {
    return sql.list(
        Receipts::read,
        """
        select * from receipt where (? = '' or supply_id = ?) and position > ?
        order by position limit ?""",
        supplyId,
        supplyId,
        after,
        limit);
  }

  /** A receipt and its place in the list. */
  record PlacedReceipt(long position, Receipt receipt) {}

  private ReceiveGoodsResponse record(ReceiveGoodsRequest request) {
    StockKey key = find(request.getSupplyId()).key();
    Instant now = clock.instant();
    Changes changes = new Changes(now, stock.lock(List.of(key)));
    SupplyRow before = find(request.getSupplyId());
    long quantity = request.getQuantity();
    refuseUnlessExpected(before, quantity);

    SupplyRow after = before.withReceived(before.received() + quantity);
    supplies.save(List.of(after));
    String actor = request.getActor().isEmpty() ? Calls.caller() : request.getActor();
    ledger.post(
        new Ledger.Posting(
            Ledger.Kind.RECEIPT, "goods received", actor, request.getSupplyId(), now),
        new TreeMap<>(Map.of(key, quantity)),
        changes.locked());
    changes.add(
        key,
        StockDelta.onHand(quantity)
            .plus(
                StockDelta.coming(
                    after.coming().inbound() - before.coming().inbound(),
                    after.coming().planned() - before.coming().planned())));
    long toQueue = queues.serve(changes, key, quantity, before.supplyId());
    queues.settle(changes, key);

    Receipt receipt =
        Receipt.newBuilder()
            .setReceiptId(ids.next().toString())
            .setSupplyId(before.supplyId())
            .setSku(key.sku())
            .setLocation(key.location())
            .setQuantity(quantity)
            .setQueueQuantity(toQueue)
            .setReceivedTime(Wire.timestamp(now))
            .setActor(actor)
            .build();
    insert(receipt, now);
    Supply supply = SupplyMessages.render(changes.withPegs(after));
    books.close(changes);
    // Last: it locks all receipts of the purchase order until this one is committed.
    events.append(
        before.purchaseOrderId(),
        nextVersion(before.purchaseOrderId()),
        InventoryEvent.newBuilder()
            .setGoodsReceived(GoodsReceived.newBuilder().setReceipt(receipt).setSupply(supply))
            .build());
    return ReceiveGoodsResponse.newBuilder().setReceipt(receipt).setSupply(supply).build();
  }

  /**
   * Lines of one purchase order are received apart, so its facts need a version and a lock of their
   * own.
   */
  private long nextVersion(String purchaseOrderId) {
    return sql.number(
        """
        insert into receipt_count as c (purchase_order_id, receipts) values (?, 1)
        on conflict (purchase_order_id) do update set receipts = c.receipts + 1 returning receipts""",
        purchaseOrderId);
  }

  private SupplyRow find(String supplyId) {
    return supplies
        .find(supplyId)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_SUPPLY_NOT_FOUND, "supply", supplyId));
  }

  private static void refuseUnlessExpected(SupplyRow supply, long quantity) {
    if (!supply.state().isOpen()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_SUPPLY_CLOSED,
          "This supply is closed or cancelled and takes no more goods.",
          Map.of("supply_id", supply.supplyId(), "state", supply.state().name()));
    }
    if (quantity > supply.open() + supply.tolerance()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_OVER_RECEIPT,
          "More arrived than was ordered and may be accepted.",
          Map.of(
              "open", Long.toString(supply.open()),
              "tolerance", Long.toString(supply.tolerance())));
    }
  }

  private void insert(Receipt receipt, Instant now) {
    sql.update(
        """
        insert into receipt (receipt_id, supply_id, sku, location, quantity, queue_quantity, received_time, actor)
        values (?, ?, ?, ?, ?, ?, ?, ?)""",
        UUID.fromString(receipt.getReceiptId()),
        receipt.getSupplyId(),
        receipt.getSku(),
        receipt.getLocation(),
        receipt.getQuantity(),
        receipt.getQueueQuantity(),
        now,
        receipt.getActor());
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
            .build());
  }
}
