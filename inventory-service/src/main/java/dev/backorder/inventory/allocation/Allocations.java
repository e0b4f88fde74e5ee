package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decider;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Grant;
import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockDelta;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promising;
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
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Allocates whole orders (AL3), many in one transaction: locks the stock rows of all their items,
 * decides the orders one after the other in the order in which they came, and writes the result
 * with a handful of statements, however many lines there are.
 */
@ApplicationScoped
public class Allocations {
  private final StockBook stock;
  private final SupplyBook supplies;
  private final AllocationBook allocations;
  private final Books books;
  private final Items items;
  private final Promisings promisings;
  private final RequestLog requests;
  private final EventLog events;
  private final Clock clock;

  Allocations(
      StockBook stock,
      SupplyBook supplies,
      AllocationBook allocations,
      Books books,
      Items items,
      Promisings promisings,
      RequestLog requests,
      EventLog events,
      Clock clock) {
    this.stock = stock;
    this.supplies = supplies;
    this.allocations = allocations;
    this.books = books;
    this.items = items;
    this.promisings = promisings;
    this.requests = requests;
    this.events = events;
    this.clock = clock;
  }

  private record Decided(AllocateCall call, Decision decision) {
    boolean isAllocated() {
      return !decision.grants().isEmpty()
          && (decision.isComplete() || call.shortageRule() == ShortageRule.REFUSE_UNITS);
    }
  }

  /** Answers a batch of calls, in their order. */
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
    Instant now = clock.instant();
    List<Promising> active = promisings.active(now);
    TreeSet<String> skus = new TreeSet<>();
    calls.forEach(call -> call.demands().forEach(demand -> skus.add(demand.sku())));
    SortedMap<StockKey, StockRow> rows =
        stock.lockItems(
            skus,
            active.stream().map(p -> p.location().code()).toList(),
            some -> items.policies(some, "").keySet());
    // Everything below is read under the lock.
    Set<String> taken =
        new HashSet<>(allocations.existing(calls.stream().map(AllocateCall::orderId).toList()));
    Map<RequestKey, StoredResponse> twins = twins(calls, taken);
    Map<String, Map<String, ItemPolicy>> policies = policies(calls, skus);
    Decider decider = new Decider(ItemBooks.of(skus, rows, supplies.live(skus), active));

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
      Decided outcome =
          new Decided(
              call,
              decider.decide(
                  call.demands(),
                  call.buyer(),
                  policies.get(call.buyer().channel()),
                  call.shortageRule()));
      outcomes.add(outcome);
      if (outcome.isAllocated()) {
        taken.add(call.orderId());
      }
    }
    record(outcomes, new Changes(now, rows), replies);
    return replies;
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
    for (int i = 0; i < allocated.size(); i++) {
      AllocateCall call = allocated.get(i).call();
      Decision decision = allocated.get(i).decision();
      OrderHolding holding = NewHoldings.of(call, decision, sequences.get(i), changes.now());
      holdings.put(call.orderId(), holding);
      decision.grants().forEach(grant -> account(changes, call, grant));
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
    books.close(changes);
    events.appendAll(drafts);
    requests.saveAll(responses);
  }

  private static void account(Changes changes, AllocateCall call, Grant grant) {
    StockKey key = new StockKey(call.request().getLines(grant.line()).getSku(), grant.location());
    changes.add(
        key,
        grant.reserved()
            ? StockDelta.reserved(grant.quantity())
            : StockDelta.waiting(grant.quantity()));
    changes.peg(grant.supplyId(), grant.quantity());
  }

  private Map<String, Map<String, ItemPolicy>> policies(
      List<AllocateCall> calls, Set<String> skus) {
    Map<String, Map<String, ItemPolicy>> byChannel = new HashMap<>();
    for (AllocateCall call : calls) {
      byChannel.computeIfAbsent(call.buyer().channel(), channel -> items.policies(skus, channel));
    }
    return byChannel;
  }

  private static DomainException exists(String orderId) {
    return DomainException.alreadyExists(
        ErrorReason.ERROR_REASON_ALLOCATION_EXISTS, "allocation", orderId);
  }
}
