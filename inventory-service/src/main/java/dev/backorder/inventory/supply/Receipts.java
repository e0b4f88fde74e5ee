package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Ledger;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyKind;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.quality.Quarantine;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.inventory.transit.model.Transfer;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GoodsReceived;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.Receipt;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The one door in: goods of a supply arrive and serve the queue before anybody else can buy them.
 */
@ApplicationScoped
public class Receipts {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final Ledger ledger;
  private final Queues queues;
  private final Quarantine quarantine;
  private final Locations locations;
  private final Books books;
  private final RequestLog requests;
  private final EventLog events;
  private final ReceiptBook receiptBook;
  private final TransferArrivals transferArrivals;
  private final Items items;
  private final Ids ids;
  private final Clock clock;

  Receipts(
      StockBook stock,
      SupplyBook supplies,
      Ledger ledger,
      Queues queues,
      Quarantine quarantine,
      Locations locations,
      Books books,
      RequestLog requests,
      EventLog events,
      ReceiptBook receiptBook,
      TransferArrivals transferArrivals,
      Items items,
      Ids ids,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.ledger = ledger;
    this.queues = queues;
    this.quarantine = quarantine;
    this.locations = locations;
    this.books = books;
    this.requests = requests;
    this.events = events;
    this.receiptBook = receiptBook;
    this.transferArrivals = transferArrivals;
    this.items = items;
    this.ids = ids;
    this.clock = clock;
  }

  /** Records that goods arrived, all or none. */
  @Transactional
  ReceiveGoodsResponse receive(ReceiveGoodsRequest request) {
    Map<String, ArrivedGoods> arrived = parse(request);
    return requests.once(
        request.getRequestId(),
        request,
        ReceiveGoodsResponse.parser(),
        () -> record(arrived, request.getActor()));
  }

  private static Map<String, ArrivedGoods> parse(ReceiveGoodsRequest request) {
    FieldProblems problems = new FieldProblems();
    Map<String, ArrivedGoods> arrived = new LinkedHashMap<>();
    for (int i = 0; i < request.getGoodsCount(); i++) {
      ArrivedGoods goods = request.getGoods(i);
      boolean first = arrived.putIfAbsent(goods.getSupplyId(), goods) == null;
      problems.check(first, "goods[%d].supply_id".formatted(i), "must not be named twice");
      problems.check(
          goods.getQualityHoldQuantity() <= goods.getQuantity(),
          "goods[%d].quality_hold_quantity".formatted(i),
          "must not be more than quantity");
    }
    problems.throwIfAny();
    return arrived;
  }

  /** What a supply was and is, and which of its goods arrived. */
  private record Arrival(SupplyRow before, SupplyRow after, ArrivedGoods goods) {
    long quantity() {
      return after.received() - before.received();
    }

    long toInspect() {
      return goods.getQualityHoldQuantity();
    }

    long good() {
      return quantity() - toInspect();
    }

    StockDelta delta() {
      return StockDelta.onHand(good())
          .plus(
              StockDelta.coming(
                  after.coming().inbound() - before.coming().inbound(),
                  after.coming().planned() - before.coming().planned()));
    }
  }

  private ReceiveGoodsResponse record(Map<String, ArrivedGoods> arrived, String givenActor) {
    Set<StockKey> keys = new TreeSet<>();
    find(arrived.keySet()).forEach(supply -> keys.add(supply.key()));
    Instant now = clock.instant();
    Changes changes = new Changes(now, stock.lock(keys));
    items.refuseKits(keys.stream().map(StockKey::sku).toList());
    List<SupplyRow> found = find(arrived.keySet());
    SortedMap<String, Transfer> transfers = transferArrivals.lock(found);
    List<Arrival> arrivals = new ArrayList<>();
    for (SupplyRow before : found) {
      ArrivedGoods goods = arrived.get(before.supplyId());
      TransferArrivals.refuseUnlessShipped(before, transfers);
      refuseUnlessExpected(before, goods.getQuantity());
      arrivals.add(
          new Arrival(before, before.withReceived(before.received() + goods.getQuantity()), goods));
    }
    supplies.save(arrivals.stream().map(Arrival::after).toList());
    Map<String, Long> units = new HashMap<>();
    arrivals.forEach(arrival -> units.put(arrival.after().supplyId(), arrival.quantity()));
    transferArrivals.record(transfers, units, now);
    String actor = givenActor.isEmpty() ? Calls.caller() : givenActor;
    ledger.postAll(
        arrivals.stream().map(arrival -> movement(arrival, actor, now)).toList(), changes.locked());
    // All units first: what serves a queue counts everything that came for it.
    arrivals.forEach(arrival -> changes.add(arrival.after().key(), arrival.delta()));
    List<Receipt> receipts = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      long toQueue =
          queues.serve(changes, arrival.after().key(), arrival.good(), arrival.after().supplyId());
      String holdId = arrival.toInspect() > 0 ? inspect(changes, arrival, actor) : "";
      receipts.add(receipt(arrival, toQueue, actor, now).setQualityHoldId(holdId).build());
    }
    keys.forEach(key -> queues.settle(changes, key));
    receiptBook.insert(receipts, now);

    List<ReceivedGoods> received = new ArrayList<>();
    for (int i = 0; i < arrivals.size(); i++) {
      received.add(
          ReceivedGoods.newBuilder()
              .setReceipt(receipts.get(i))
              .setSupply(SupplyMessages.render(changes.withPegs(arrivals.get(i).after())))
              .build());
    }
    books.close(changes);
    announce(received);
    return ReceiveGoodsResponse.newBuilder().addAllGoods(received).build();
  }

  private static Ledger.Movement movement(Arrival arrival, String actor, Instant now) {
    boolean isTransfer = arrival.after().kind() == SupplyKind.TRANSFER;
    SortedMap<String, Long> inTransit = new TreeMap<>();
    if (isTransfer) {
      inTransit.put(arrival.after().key().sku(), -arrival.quantity());
    }
    return new Ledger.Movement(
        new Ledger.Posting(
            isTransfer ? Ledger.Kind.TRANSFER_RECEIPT : Ledger.Kind.RECEIPT,
            "goods received",
            actor,
            arrival.after().supplyId(),
            now),
        units(arrival, arrival.good()),
        units(arrival, arrival.toInspect()),
        inTransit);
  }

  private static SortedMap<StockKey, Long> units(Arrival arrival, long units) {
    SortedMap<StockKey, Long> moved = new TreeMap<>();
    if (units > 0) {
      moved.put(arrival.after().key(), units);
    }
    return moved;
  }

  /** Lines that were promised these goods keep them and their date. */
  private String inspect(Changes changes, Arrival arrival, String actor) {
    SupplyRow supply = arrival.after();
    LocalDate today = locations.find(supply.key().location()).orElseThrow().today(changes.now());
    LocalDate day =
        supply.overdue() || supply.effectiveDate().isBefore(today) ? today : supply.effectiveDate();
    String reason = arrival.goods().getQualityHoldReason();
    SupplyRow hold =
        quarantine.holdAsSupply(
            changes,
            new Quarantine.Suspects(
                supply.key(),
                arrival.toInspect(),
                reason.isEmpty() ? "inspection" : reason,
                actor,
                supply.supplyId(),
                supply.supplier(),
                Optional.of(day)));
    queues.inspect(changes, supply, hold);
    return hold.supplyId();
  }

  private Receipt.Builder receipt(Arrival arrival, long toQueue, String actor, Instant now) {
    return Receipt.newBuilder()
        .setReceiptId(ids.next().toString())
        .setSupplyId(arrival.after().supplyId())
        .setSku(arrival.after().key().sku())
        .setLocation(arrival.after().key().location())
        .setQuantity(arrival.quantity())
        .setQueueQuantity(toQueue)
        .setReceivedTime(Wire.timestamp(now))
        .setActor(actor)
        .setQualityHoldQuantity(arrival.toInspect());
  }

  /**
   * One fact for each purchase order; a transfer has told its own. Last: it locks the receipts of
   * the purchase order.
   */
  private void announce(List<ReceivedGoods> received) {
    SortedMap<String, GoodsReceived.Builder> byOrder = new TreeMap<>();
    for (ReceivedGoods goods : received) {
      String purchaseOrderId = goods.getSupply().getPurchaseOrderId();
      if (!purchaseOrderId.isEmpty()) {
        byOrder.computeIfAbsent(purchaseOrderId, id -> GoodsReceived.newBuilder()).addGoods(goods);
      }
    }
    List<EventDraft> drafts = new ArrayList<>();
    byOrder.forEach(
        (purchaseOrderId, fact) ->
            drafts.add(
                EventDraft.of(
                    purchaseOrderId,
                    receiptBook.nextVersion(purchaseOrderId),
                    InventoryEvent.newBuilder().setGoodsReceived(fact).build())));
    events.appendAll(drafts);
  }

  /** In the order in which they were asked for. */
  private List<SupplyRow> find(Collection<String> supplyIds) {
    Map<String, SupplyRow> found = new HashMap<>();
    supplies.findAll(supplyIds).forEach(supply -> found.put(supply.supplyId(), supply));
    for (String supplyId : supplyIds) {
      if (!found.containsKey(supplyId)) {
        throw DomainException.notFound(
            ErrorReason.ERROR_REASON_SUPPLY_NOT_FOUND, "supply", supplyId);
      }
    }
    return supplyIds.stream().map(found::get).toList();
  }

  private static void refuseUnlessExpected(SupplyRow supply, long quantity) {
    if (supply.isQualityHold()) {
      throw DomainException.precondition(
          ErrorReason.ERROR_REASON_SUPPLY_IN_QUALITY_HOLD,
          "These goods are here already: they are released, not received.",
          Map.of("supply_id", supply.supplyId()));
    }
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
              "supply_id",
              supply.supplyId(),
              "open",
              Long.toString(supply.open()),
              "tolerance",
              Long.toString(supply.tolerance())));
    }
  }
}
