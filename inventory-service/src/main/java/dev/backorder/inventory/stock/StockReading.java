package dev.backorder.inventory.stock;

import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.GetStockResponse;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListStockResponse;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Balances as people and services see them. */
@ApplicationScoped
public class StockReading {
  private static final String LIST = "stock";

  private final StockBook stock;
  private final HoldBook holds;
  private final RingFenceBook ringFences;
  private final Items items;
  private final Promisings promisings;
  private final Sql sql;
  private final Clock clock;

  StockReading(
      StockBook stock,
      HoldBook holds,
      RingFenceBook ringFences,
      Items items,
      Promisings promisings,
      Sql sql,
      Clock clock) {
    this.stock = stock;
    this.holds = holds;
    this.ringFences = ringFences;
    this.items = items;
    this.promisings = promisings;
    this.sql = sql;
    this.clock = clock;
  }

  /** Balances of one item: active locations as they are asked, then the others by code. */
  @Transactional
  GetStockResponse get(GetStockRequest request) {
    oneMoment();
    String sku = request.getSku();
    if (items.policies(Set.of(sku), "").isEmpty()) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, "item", sku);
    }
    Instant now = clock.instant();
    return GetStockResponse.newBuilder()
        .addAllBalances(balances(Set.of(sku), now).values())
        .setAsOfTime(Wire.timestamp(now))
        .build();
  }

  /** Balances by sku and location. */
  @Transactional
  ListStockResponse list(ListStockRequest request) {
    oneMoment();
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    if (after.size() == 1) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
    StockKey from =
        after.isEmpty() ? new StockKey("", "") : new StockKey(after.get(0), after.get(1));
    List<StockRow> rows = stock.page(from, request.getWaitingOnly(), size + 1);
    TreeSet<String> skus = new TreeSet<>();
    rows.forEach(row -> skus.add(row.key().sku()));
    Map<StockKey, StockBalance> balances = balances(skus, clock.instant());
    ListStockResponse.Builder response = ListStockResponse.newBuilder();
    rows.stream().limit(size).forEach(row -> response.addBalances(balances.get(row.key())));
    if (rows.size() > size) {
      StockKey last = rows.get(size - 1).key();
      response.setNextPageToken(PageTokens.encode(LIST, last.sku(), last.location()));
    }
    return response.build();
  }

  /** First in its transaction, so that all reads see the same moment. */
  private void oneMoment() {
    sql.later("set transaction isolation level repeatable read, read only");
  }

  private Map<StockKey, StockBalance> balances(Collection<String> skus, Instant now) {
    SortedMap<StockKey, StockRow> rows = stock.read(skus);
    holds
        .expired(skus, now)
        .forEach((key, end) -> rows.computeIfPresent(key, (k, r) -> r.plus(end)));
    Map<String, RingFences> fences = ringFences.remaining(rows.values(), now);
    Map<String, ItemPolicy> policies = items.policies(skus, "");
    List<Promising> active = promisings.active(now);
    Map<StockKey, StockBalance> balances = new java.util.LinkedHashMap<>();
    for (String sku : new TreeSet<>(skus)) {
      Map<StockKey, OnShelf> onShelf =
          OnShelf.of(
              sku,
              rows,
              Optional.ofNullable(policies.get(sku)),
              active,
              fences.getOrDefault(sku, RingFences.none()));
      for (Promising promising : active) {
        StockKey key = new StockKey(sku, promising.location().code());
        if (rows.containsKey(key)) {
          balances.put(key, render(rows.get(key), onShelf.get(key)));
        }
      }
      rows.subMap(new StockKey(sku, ""), new StockKey(sku + "\0", ""))
          .forEach((key, row) -> balances.computeIfAbsent(key, k -> render(row, OnShelf.NOTHING)));
    }
    return balances;
  }

  /** What is neither owned nor available is kept back: protected, or of an inactive location. */
  private static StockBalance render(StockRow row, OnShelf onShelf) {
    return StockBalance.newBuilder()
        .setSku(row.key().sku())
        .setLocation(row.key().location())
        .setOnHandQuantity(row.onHand())
        .setReservedQuantity(row.reserved())
        .setQueueReservedQuantity(row.queueReserved())
        .setProtectedQuantity(row.free() - onShelf.available() - onShelf.fenced())
        .setRingFencedQuantity(onShelf.fenced())
        .setAvailableQuantity(onShelf.available())
        .setWaitingQuantity(row.waiting())
        .setInboundQuantity(row.inbound())
        .setVersion(row.version())
        .setHeldQuantity(row.held())
        .setQuarantineQuantity(row.quarantined())
        .setOutgoingQuantity(row.outgoing())
        .build();
  }
}
