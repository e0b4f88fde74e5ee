package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.AllocationBook;
import dev.backorder.inventory.book.AllocationMessages;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.PortionBook.QueuedPortion;
import dev.backorder.inventory.book.PromiseMessages;
import dev.backorder.inventory.v1.GetAllocationRequest;
import dev.backorder.inventory.v1.GetAllocationResponse;
import dev.backorder.inventory.v1.ListAllocationsRequest;
import dev.backorder.inventory.v1.ListAllocationsResponse;
import dev.backorder.inventory.v1.ListQueueRequest;
import dev.backorder.inventory.v1.ListQueueResponse;
import dev.backorder.inventory.v1.QueueEntry;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.paging.PageTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;

/** What orders hold and who waits, as people and services see it. */
@ApplicationScoped
public class AllocationReading {
  private static final String ALLOCATIONS = "allocations";
  private static final String QUEUE = "queue";

  private final LockedHoldings holdings;
  private final AllocationBook allocations;
  private final PortionBook portions;

  AllocationReading(LockedHoldings holdings, AllocationBook allocations, PortionBook portions) {
    this.holdings = holdings;
    this.allocations = allocations;
    this.portions = portions;
  }

  /** What one order holds. */
  @Transactional
  GetAllocationResponse get(GetAllocationRequest request) {
    return GetAllocationResponse.newBuilder()
        .setAllocation(AllocationMessages.render(holdings.read(request.getOrderId())))
        .build();
  }

  /** Allocations by order id. */
  @Transactional
  ListAllocationsResponse list(ListAllocationsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(ALLOCATIONS, request.getPageToken());
    List<String> ids = allocations.pageOfIds(after.isEmpty() ? "" : after.get(0), size + 1);
    List<String> page = ids.size() > size ? ids.subList(0, size) : ids;
    Map<String, OrderHolding> found = allocations.read(page);
    ListAllocationsResponse.Builder response = ListAllocationsResponse.newBuilder();
    page.forEach(id -> response.addAllocations(AllocationMessages.render(found.get(id))));
    if (ids.size() > size) {
      response.setNextPageToken(PageTokens.encode(ALLOCATIONS, page.get(size - 1)));
    }
    return response.build();
  }

  /** Who waits for an item, by location and place. */
  @Transactional
  ListQueueResponse queue(ListQueueRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(QUEUE, request.getPageToken());
    List<QueuedPortion> found =
        portions.queue(
            request.getSku(),
            request.getLocation(),
            after.isEmpty() ? "" : after.get(0),
            after.isEmpty() ? 0 : place(after),
            size + 1);
    ListQueueResponse.Builder response = ListQueueResponse.newBuilder();
    found.stream().limit(size).map(AllocationReading::render).forEach(response::addEntries);
    if (found.size() > size) {
      QueuedPortion last = found.get(size - 1);
      response.setNextPageToken(
          PageTokens.encode(QUEUE, last.portion().key().location(), Long.toString(last.place())));
    }
    return response.build();
  }

  private static long place(List<String> after) {
    try {
      return Long.parseLong(after.get(1));
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }

  private static QueueEntry render(QueuedPortion queued) {
    Portion portion = queued.portion();
    return QueueEntry.newBuilder()
        .setPlace(queued.place())
        .setOrderId(portion.id().orderId())
        .setLineId(queued.lineId())
        .setSku(portion.key().sku())
        .setLocation(portion.key().location())
        .setWaitingQuantity(portion.quantity())
        .setPriority(portion.place().priority())
        .setPromise(PromiseMessages.render(portion.promise(), portion.supplyId()))
        .setWaitingSinceTime(Wire.timestamp(portion.since()))
        .build();
  }
}
