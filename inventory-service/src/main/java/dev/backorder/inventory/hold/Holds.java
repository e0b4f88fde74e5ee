package dev.backorder.inventory.hold;

import dev.backorder.inventory.allocation.OpenBooks;
import dev.backorder.inventory.allocation.OpenBooks.CartHold;
import dev.backorder.inventory.allocation.OpenBooks.Open;
import dev.backorder.inventory.allocation.SalesContexts;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldRow;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.v1.PlaceHoldResponse;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.ReleaseHoldResponse;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Holds units for carts until a time (AL2), by the same decision that allocates orders. A hold
 * replaces what its cart held before; what it gives up serves the queue.
 */
@ApplicationScoped
public class Holds {
  private static final int CARTS_PER_STEP = 100;

  private final OpenBooks openBooks;
  private final HoldBook holds;
  private final HeldUnits heldUnits;
  private final Books books;
  private final RequestLog requests;

  Holds(
      OpenBooks openBooks, HoldBook holds, HeldUnits heldUnits, Books books, RequestLog requests) {
    this.openBooks = openBooks;
    this.holds = holds;
    this.heldUnits = heldUnits;
    this.books = books;
    this.requests = requests;
  }

  /** Answers a batch of calls, in their order. */
  @Transactional
  List<Verdict<PlaceHoldResponse>> place(List<HoldCall> calls) {
    return requests.onceEach(calls, HoldCall::draft, PlaceHoldResponse.parser(), this::decide);
  }

  private Map<RequestKey, Verdict<PlaceHoldResponse>> decide(List<HoldCall> calls) {
    if (calls.isEmpty()) {
      return Map.of();
    }
    Set<String> skus = new HashSet<>();
    calls.forEach(call -> call.demands().forEach(demand -> skus.add(demand.sku())));
    Open open =
        openBooks.open(
            skus,
            calls.stream().map(HoldCall::channel).collect(Collectors.toSet()),
            calls.stream().map(HoldCall::cartId).collect(Collectors.toSet()));
    Map<String, CartHold> now = new LinkedHashMap<>();
    Set<String> changed = new HashSet<>();
    Map<RequestDraft, PlaceHoldResponse> responses = new LinkedHashMap<>();
    for (HoldCall call : calls) {
      CartHold before = now.getOrDefault(call.cartId(), open.holdOf(call.cartId()));
      Decision decision =
          open.decider()
              .decide(
                  call.question(open.policies().get(call.channel()), before.own()),
                  call.shortageRule());
      if (decision.isTaken(call.shortageRule())) {
        now.put(call.cartId(), after(call, decision, open));
        changed.add(call.cartId());
      }
      CartHold after = now.getOrDefault(call.cartId(), before);
      responses.put(call.draft(), HoldMessages.response(call, decision, after));
    }
    replace(open, changed, now);
    books.close(open.changes());
    requests.saveAll(responses);
    Map<RequestKey, Verdict<PlaceHoldResponse>> verdicts = new HashMap<>();
    responses.forEach(
        (draft, response) -> verdicts.put(draft.key(), new Verdict.Answer<>(response)));
    return verdicts;
  }

  private static CartHold after(HoldCall call, Decision decision, Open open) {
    Instant now = open.changes().now();
    Instant expiry = now.plus(call.timeToLive());
    // A cart that changes twice in a batch is written once.
    long version = open.holdOf(call.cartId()).row().map(HoldRow::version).orElse(0L) + 1;
    SortedMap<StockKey, HoldUnits> units = new TreeMap<>();
    for (Grant grant : decision.units()) {
      StockKey key = new StockKey(grant.sku(), grant.location());
      long onShelf = grant.reserved() ? grant.quantity() : 0;
      units.merge(
          key,
          new HoldUnits(call.cartId(), key, onShelf, grant.quantity() - onShelf, expiry),
          (a, b) ->
              new HoldUnits(
                  a.cartId(), key, a.onShelf() + b.onShelf(), a.places() + b.places(), expiry));
    }
    return new CartHold(
        Optional.of(
            new HoldRow(
                call.cartId(),
                SalesContexts.row(call.request().getSalesContext()),
                expiry,
                now,
                version)),
        List.copyOf(units.values()));
  }

  /** Writes the new holds in the place of the old ones. */
  private void replace(Open open, Set<String> carts, Map<String, CartHold> now) {
    if (carts.isEmpty()) {
      return;
    }
    Changes changes = open.changes();
    holds.deleteUnits(carts);
    SortedMap<StockKey, StockDelta> moved = new TreeMap<>();
    List<HoldUnits> units = new ArrayList<>();
    List<HoldRow> rows = new ArrayList<>();
    for (String cart : carts) {
      open.holdOf(cart).end().forEach((key, end) -> moved.merge(key, end, StockDelta::plus));
      CartHold after = now.get(cart);
      for (HoldUnits held : after.units()) {
        moved.merge(held.key(), StockDelta.held(held.onShelf(), held.places()), StockDelta::plus);
        units.add(held);
      }
      rows.add(after.row().orElseThrow());
    }
    holds.insert(units);
    if (!holds.save(rows)) {
      throw new Transactions.LostRace("hold of one cart by two requests");
    }
    heldUnits.end(changes, moved);
  }

  /** Gives up what a cart holds. */
  @Transactional
  ReleaseHoldResponse release(ReleaseHoldRequest request) {
    return requests.once(
        request.getRequestId(),
        request,
        ReleaseHoldResponse.parser(),
        () -> HoldMessages.released(end(request.getCartId())));
  }

  /** Takes away holds whose time has passed, a bounded number of them; returns how many. */
  @Transactional
  int endExpired(Instant now) {
    List<String> carts = holds.expiredCarts(now, CARTS_PER_STEP);
    if (!carts.isEmpty()) {
      // Opening the books ends what has expired; a hold that was renewed meanwhile has not.
      Open open = openBooks.open(Set.of(), Set.of(), carts);
      delete(carts.stream().map(open::holdOf).filter(hold -> hold.units().isEmpty()).toList());
      books.close(open.changes());
    }
    return carts.size();
  }

  private List<HoldUnits> end(String cart) {
    Open open = openBooks.open(Set.of(), Set.of(), Set.of(cart));
    CartHold hold = open.holdOf(cart);
    if (!hold.units().isEmpty()) {
      holds.deleteUnits(Set.of(cart));
      heldUnits.end(open.changes(), hold.end());
    }
    delete(List.of(hold));
    books.close(open.changes());
    return hold.units();
  }

  private void delete(List<CartHold> ended) {
    holds.delete(ended.stream().flatMap(hold -> hold.row().stream()).toList());
  }
}
