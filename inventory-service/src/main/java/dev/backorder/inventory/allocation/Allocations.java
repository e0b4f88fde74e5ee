package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.OpenBooks.CartHold;
import dev.backorder.inventory.allocation.OpenBooks.Open;
import dev.backorder.inventory.allocation.model.Buyer;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.FencedUnits;
import dev.backorder.inventory.book.HoldBook;
import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Allocates whole orders (AL3), many in one transaction: locks the stock rows of all their items,
 * decides the orders one after the other in the order in which they came, and writes the result
 * with a handful of statements, however many lines there are.
 */
@ApplicationScoped
public class Allocations {
  private final OpenBooks openBooks;
  private final AllocationBook allocations;
  private final HoldBook holds;
  private final HeldUnits heldUnits;
  private final FencedUnits fencedUnits;
  private final Books books;
  private final RequestLog requests;
  private final EventLog events;

  Allocations(
      OpenBooks openBooks,
      AllocationBook allocations,
      HoldBook holds,
      HeldUnits heldUnits,
      FencedUnits fencedUnits,
      Books books,
      RequestLog requests,
      EventLog events) {
    this.openBooks = openBooks;
    this.allocations = allocations;
    this.holds = holds;
    this.heldUnits = heldUnits;
    this.fencedUnits = fencedUnits;
    this.books = books;
    this.requests = requests;
    this.events = events;
  }

  private record Decided(
      AllocateCall call, Decision decision, Map<String, ItemPolicy> policies, CartHold hold) {
    boolean isAllocated() {
      return decision.isTaken(call.shortageRule());
    }

    /** Units of the cart that are on a shelf and that the order did not take. */
    Map<StockKey, Long> leftOnShelf() {
      return left(HoldUnits::onShelf, Grant::reserved);
    }

    /** Whether the cart held units, or places in a queue, that the order did not take. */
    boolean leavesSomething() {
      return Stream.of(leftOnShelf(), left(HoldUnits::places, grant -> !grant.reserved()))
          .flatMap(left -> left.values().stream())
          .anyMatch(units -> units > 0);
    }

    private Map<StockKey, Long> left(ToLongFunction<HoldUnits> held, Predicate<Grant> takes) {
      Map<StockKey, Long> left = new TreeMap<>();
      hold.units().forEach(units -> left.put(units.key(), held.applyAsLong(units)));
      decision.units().stream()
          .filter(takes)
          .forEach(
              grant ->
                  left.computeIfPresent(
                      key(grant), (k, units) -> Math.max(0, units - grant.quantity())));
      return left;
    }
  }

  /**
   * Answers a batch of calls, in their order, up to one that leaves something in its cart: those
   * who wait get that before the next call is decided. So the answers may be fewer than the calls;
   * there is one at least.
   */
  @Transactional
  List<Verdict<AllocateOrderResponse>> allocate(List<AllocateCall> calls) {
    return requests.onceEach(
        calls, AllocateCall::draft, AllocateOrderResponse.parser(), this::decide);
  }

  private static Verdict<AllocateOrderResponse> replay(StoredResponse stored, AllocateCall call) {
    return Verdict.of(() -> stored.replay(call.draft(), AllocateOrderResponse.parser()));
  }

  private Map<RequestKey, Verdict<AllocateOrderResponse>> decide(List<AllocateCall> calls) {
    Map<RequestKey, Verdict<AllocateOrderResponse>> replies = new HashMap<>();
    if (calls.isEmpty()) {
      return replies;
    }
    Open open = open(calls);
    Set<String> taken =
        new HashSet<>(allocations.existing(calls.stream().map(AllocateCall::orderId).toList()));
    Map<RequestKey, StoredResponse> twins = twins(calls, taken);
    Map<String, CartHold> holds = new HashMap<>(open.holds());

    List<Decided> outcomes = new ArrayList<>();
    for (AllocateCall call : calls) {
      if (twins.containsKey(call.draft().key())) {
        replies.put(call.draft().key(), replay(twins.get(call.draft().key()), call));
        continue;
      }
      if (taken.contains(call.orderId())) {
        replies.put(call.draft().key(), new Verdict.Refused<>(exists(call.orderId())));
        continue;
      }
      CartHold hold = holds.getOrDefault(call.cartId(), CartHold.NOTHING);
      Map<String, ItemPolicy> policies = open.policies().get(call.buyer().channel());
      Decision decision =
          open.decider().decide(call.question(policies, hold.own()), call.shortageRule());
      outcomes.add(new Decided(call, decision, policies, hold));
      if (decision.isTaken(call.shortageRule())) {
        taken.add(call.orderId());
        holds.remove(call.cartId());
        if (outcomes.get(outcomes.size() - 1).leavesSomething()) {
          break;
        }
      }
    }
    record(outcomes, open.changes(), replies);
    return replies;
  }

  private Open open(List<AllocateCall> calls) {
    Set<String> skus = new HashSet<>();
    calls.forEach(call -> call.demands().forEach(demand -> skus.add(demand.sku())));
    return openBooks.open(
        skus,
        calls.stream().map(call -> call.buyer().channel()).collect(Collectors.toSet()),
        calls.stream()
            .map(AllocateCall::cartId)
            .filter(id -> !id.isEmpty())
            .collect(Collectors.toSet()));
  }

  /** Requests that another lane answered while this one waited for the lock. */
  private Map<RequestKey, StoredResponse> twins(List<AllocateCall> calls, Set<String> taken) {
    List<RequestDraft> drafts =
        calls.stream()
            .filter(call -> taken.contains(call.orderId()))
            .map(AllocateCall::draft)
            .toList();
    return drafts.isEmpty() ? Map.of() : requests.findAll(drafts);
  }

  private void record(
      List<Decided> outcomes,
      Changes changes,
      Map<RequestKey, Verdict<AllocateOrderResponse>> replies) {
    List<Decided> allocated = outcomes.stream().filter(Decided::isAllocated).toList();
    List<Long> sequences =
        allocated.isEmpty() ? List.of() : allocations.nextSequences(allocated.size());
    Map<String, OrderHolding> holdings = new LinkedHashMap<>();
    List<EventDraft> drafts = new ArrayList<>();
    fencedUnits.begin(
        changes, allocated.stream().map(d -> d.call().orderId()).collect(Collectors.toSet()));
    for (int i = 0; i < allocated.size(); i++) {
      AllocateCall call = allocated.get(i).call();
      Decision decision = allocated.get(i).decision();
      OrderHolding holding =
          NewHoldings.of(
              call, decision, allocated.get(i).policies(), sequences.get(i), changes.now());
      holdings.put(call.orderId(), holding);
      account(changes, allocated.get(i), holding);
      drafts.add(
          new EventDraft(
              call.orderId(),
              holding.allocation().version(),
              Books.fact(holding, ChangeCause.ALLOCATED),
              call.chain().correlationId(),
              call.chain().causationId()));
    }
    Map<RequestDraft, AllocateOrderResponse> responses = new LinkedHashMap<>();
    for (Decided outcome : outcomes) {
      AllocateCall call = outcome.call();
      AllocateOrderResponse response =
          AllocateMessages.response(call, outcome.decision(), holdings.get(call.orderId()));
      responses.put(call.draft(), response);
      replies.put(call.draft().key(), new Verdict.Answer<>(response));
    }
    if (!holdings.isEmpty() && !allocations.insert(holdings.values())) {
      throw new Transactions.LostRace("allocation of one order by two requests");
    }
    events.appendAll(drafts);
    // After the facts of the allocations themselves: what a cart gave up may serve one of them.
    spend(allocated, changes);
    books.close(changes);
    requests.saveAll(responses);
  }

  /** What the carts of these orders held is the orders' now, and the rest of it is free. */
  private void spend(List<Decided> allocated, Changes changes) {
    List<Decided> holding = allocated.stream().filter(d -> !d.hold().units().isEmpty()).toList();
    if (holding.isEmpty()) {
      return;
    }
    holds.deleteUnits(holding.stream().map(d -> d.call().cartId()).toList());
    // All units first: what serves a queue counts everything that came for it.
    holding.forEach(d -> d.hold().end().forEach(changes::add));
    holding.forEach(d -> fencedUnits.forget(changes, d.hold().end().keySet()));
    holding.forEach(
        d -> d.leftOnShelf().forEach((key, units) -> heldUnits.free(changes, key, units)));
  }

  private static StockKey key(Grant grant) {
    return new StockKey(grant.sku(), grant.location());
  }

  private void account(Changes changes, Decided decided, OrderHolding holding) {
    if (!changes.ringFenced().isEmpty()) {
      // What the cart held is in the order now, or kept again.
      fencedUnits.letGo(changes, decided.hold().own().buyer(), decided.hold().units());
    }
    account(
        changes,
        decided.call().orderId(),
        decided.call().buyer(),
        decided.decision(),
        holding.lines());
  }

  /** Puts what lines of an order were granted into the books. */
  void account(
      Changes changes,
      String orderId,
      Buyer buyer,
      Decision decision,
      List<AllocationLineRow> lines) {
    for (Grant grant : decision.units()) {
      account(changes, buyer, grant);
      if (grant.reserved() || !grant.supplyId().isEmpty()) {
        fencedUnits.got(
            changes,
            new PortionId(orderId, NewHoldings.lineNo(lines, grant), 0),
            key(grant),
            buyer.segment(),
            grant.quantity());
      }
    }
  }

  private static void account(Changes changes, Buyer buyer, Grant grant) {
    if (grant.reserved()) {
      changes.add(key(grant), StockDelta.reserved(grant.quantity()));
    } else {
      changes.addWaiting(key(grant), buyer.channel(), grant.quantity());
      changes.patient(key(grant), grant.isPatient() ? grant.quantity() : 0);
    }
    changes.peg(grant.supplyId(), grant.quantity());
  }

  private static DomainException exists(String orderId) {
    return DomainException.alreadyExists(
        ErrorReason.ERROR_REASON_ALLOCATION_EXISTS, "allocation", orderId);
  }
}
