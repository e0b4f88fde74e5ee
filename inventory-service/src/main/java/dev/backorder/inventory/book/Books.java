package dev.backorder.inventory.book;

import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.grpc.Calls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Begins and ends the changes of a transaction. */
@ApplicationScoped
public class Books {
  /** Events carry whole allocations: so many are in memory at once. */
  private static final int ORDERS_PER_STEP = 1_000;

  private final StockBook stock;
  private final SupplyBook supplies;
  private final ChannelBook channels;
  private final AllocationBook allocations;
  private final FencedUnits fencedUnits;
  private final Event<BooksClosing> closing;
  private final EventLog events;

  Books(
      StockBook stock,
      SupplyBook supplies,
      ChannelBook channels,
      AllocationBook allocations,
      FencedUnits fencedUnits,
      Event<BooksClosing> closing,
      EventLog events) {
    this.stock = stock;
    this.supplies = supplies;
    this.channels = channels;
    this.allocations = allocations;
    this.fencedUnits = fencedUnits;
    this.closing = closing;
    this.events = events;
  }

  /**
   * Writes balances and pegs, raises the version of each touched allocation, and records its event.
   */
  public void close(Changes changes) {
    writeAndAnnounce(changes, Set.of());
  }

  /** The same; returns what one of the touched orders holds then. */
  public OrderHolding closeAndRead(Changes changes, String orderId) {
    return closeAndRead(changes, Set.of(orderId)).get(orderId);
  }

  /** The same; returns what some of the touched orders hold then, by order. */
  public Map<String, OrderHolding> closeAndRead(Changes changes, Set<String> orderIds) {
    Map<String, OrderHolding> found = writeAndAnnounce(changes, orderIds);
    if (found.size() < orderIds.size()) {
      throw new IllegalStateException("not all touched: " + orderIds);
    }
    return found;
  }

  private Map<String, OrderHolding> writeAndAnnounce(Changes changes, Set<String> wanted) {
    if (!changes.ringFenced().isEmpty()) {
      closing.fire(new BooksClosing(changes));
      fencedUnits.write(changes);
    }
    stock.apply(changes.deltas());
    supplies.addPegs(changes.pegs());
    channels.add(changes.channelWaiting());
    List<String> orderIds = List.copyOf(changes.orders().keySet());
    if (orderIds.size() > 1) {
      allocations.lock(orderIds);
    }
    if (!orderIds.isEmpty()) {
      allocations.touch(orderIds, changes.now());
    }
    Map<String, OrderHolding> found = new HashMap<>();
    for (int from = 0; from < orderIds.size(); from += ORDERS_PER_STEP) {
      List<String> step = orderIds.subList(from, Math.min(orderIds.size(), from + ORDERS_PER_STEP));
      Map<String, OrderHolding> holdings = allocations.read(step);
      announce(holdings.values(), changes);
      holdings.forEach(
          (orderId, holding) -> {
            if (wanted.contains(orderId)) {
              found.put(orderId, holding);
            }
          });
    }
    return found;
  }

  private void announce(Collection<OrderHolding> holdings, Changes changes) {
    List<EventDraft> drafts = new ArrayList<>();
    // By the order in which they came, so that a replay publishes the same facts in the same order.
    holdings.stream()
        .sorted(Comparator.comparingLong(holding -> holding.allocation().sequence()))
        .forEach(
            holding -> {
              AllocationRow row = holding.allocation();
              InventoryEvent fact = fact(holding, changes.orders().get(row.orderId()));
              Calls.Chain chain = changes.chainOf(row.orderId());
              drafts.add(
                  new EventDraft(
                      row.orderId(),
                      row.version(),
                      fact,
                      chain.correlationId(),
                      chain.causationId()));
            });
    events.appendAll(drafts);
  }

  /** The fact that an allocation was made or changed. */
  public static InventoryEvent fact(OrderHolding holding, ChangeCause cause) {
    return InventoryEvent.newBuilder()
        .setAllocationChanged(
            AllocationChanged.newBuilder()
                .setAllocation(AllocationMessages.render(holding))
                .setCause(AllocationMessages.render(cause)))
        .build();
  }
}
