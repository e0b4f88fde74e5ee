package dev.backorder.inventory.ringfence;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.RingFenceBook;
import dev.backorder.inventory.book.RingFenceRow;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.StockRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.queue.HeldUnits;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.CreateRingFenceResponse;
import dev.backorder.inventory.v1.DeleteRingFenceRequest;
import dev.backorder.inventory.v1.DeleteRingFenceResponse;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.UpdateRingFenceRequest;
import dev.backorder.inventory.v1.UpdateRingFenceResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/**
 * Makes, changes and ends ring fences (AL9), under the locks of all stock rows of the item: who
 * decides about it before has his units, who decides after sees what is kept. When the books close,
 * those who wait get what is not kept any more.
 */
@ApplicationScoped
class RingFencing {
  private static final int MOST_OF_ITEM = 50;

  private final RingFenceBook fences;
  private final RingFenceReading reading;
  private final StockBook stock;
  private final HeldUnits heldUnits;
  private final Books books;
  private final Items items;
  private final Locations locations;
  private final RequestLog requests;
  private final Clock clock;

  RingFencing(
      RingFenceBook fences,
      RingFenceReading reading,
      StockBook stock,
      HeldUnits heldUnits,
      Books books,
      Items items,
      Locations locations,
      RequestLog requests,
      Clock clock) {
    this.fences = fences;
    this.reading = reading;
    this.stock = stock;
    this.heldUnits = heldUnits;
    this.books = books;
    this.items = items;
    this.locations = locations;
    this.requests = requests;
    this.clock = clock;
  }

  /** Keeps units from now on. */
  @Transactional
  CreateRingFenceResponse create(CreateRingFenceRequest request) {
    RingFenceRow wanted = RingFenceMessages.parse(request.getRingFence(), clock.instant());
    return requests.once(
        request.getRequestId(),
        request,
        CreateRingFenceResponse.parser(),
        () -> CreateRingFenceResponse.newBuilder().setRingFence(insert(wanted)).build());
  }

  /** Makes one larger or smaller, or moves its end. */
  @Transactional
  UpdateRingFenceResponse update(UpdateRingFenceRequest request) {
    RingFenceRow wanted = RingFenceMessages.parseUpdate(request.getRingFence(), clock.instant());
    return requests.once(
        request.getRequestId(),
        request,
        UpdateRingFenceResponse.parser(),
        () ->
            UpdateRingFenceResponse.newBuilder()
                .setRingFence(replace(wanted, request.getRingFence().getEtag()))
                .build());
  }

  /** Ends one and forgets it. */
  @Transactional
  DeleteRingFenceResponse delete(DeleteRingFenceRequest request) {
    return requests.once(
        request.getRequestId(),
        request,
        DeleteRingFenceResponse.parser(),
        () -> {
          RingFenceRow seen = find(request.getRingFenceId());
          change(
              seen.sku(),
              now -> {
                RingFenceRow row = find(request.getRingFenceId());
                if (!request.getEtag().isEmpty()) {
                  refuseUnlessSeen(row, request.getEtag());
                }
                fences.delete(row.ringFenceId());
              });
          return DeleteRingFenceResponse.getDefaultInstance();
        });
  }

  /**
   * Notices that ring fences have ended, of one item, whose rows are locked before any order;
   * returns of how many items.
   */
  @Transactional
  int endPassed(Instant now) {
    List<String> skus = fences.passed(now, 1);
    skus.forEach(sku -> change(sku, at -> fences.endPassed(Set.of(sku), at)));
    return skus.size();
  }

  private RingFence insert(RingFenceRow wanted) {
    String sku = wanted.sku();
    if (items.policies(Set.of(sku), "").isEmpty()) {
      throw DomainException.notFound(ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, "item", sku);
    }
    items.refuseKits(Set.of(sku));
    if (!wanted.location().isEmpty() && locations.find(wanted.location()).isEmpty()) {
      throw DomainException.notFound(
          ErrorReason.ERROR_REASON_LOCATION_NOT_FOUND, "location", wanted.location());
    }
    change(
        sku,
        now -> {
          if (fences.notEnded(Set.of(sku)).size() >= MOST_OF_ITEM) {
            throw DomainException.precondition(
                ErrorReason.ERROR_REASON_TOO_MANY_RING_FENCES,
                "The item has as many ring fences as it may: delete one first.",
                Map.of("sku", sku, "limit", Integer.toString(MOST_OF_ITEM)));
          }
          if (!fences.insert(wanted)) {
            throw DomainException.alreadyExists(
                ErrorReason.ERROR_REASON_RING_FENCE_EXISTS, "ring fence", wanted.ringFenceId());
          }
        });
    return reading.now(wanted.ringFenceId());
  }

  private RingFence replace(RingFenceRow wanted, String etag) {
    RingFenceRow seen = find(wanted.ringFenceId());
    RingFenceMessages.refuseOthers(seen, wanted);
    change(
        seen.sku(),
        now -> {
          RingFenceRow row = find(wanted.ringFenceId());
          refuseUnlessSeen(row, etag);
          if (!row.isLive(now)) {
            throw DomainException.precondition(
                ErrorReason.ERROR_REASON_RING_FENCE_ENDED,
                "The ring fence has ended: make a new one.",
                Map.of("ring_fence_id", row.ringFenceId()));
          }
          fences.update(row.changed(wanted.quantity(), wanted.endTime(), now));
        });
    return reading.now(wanted.ringFenceId());
  }

  /** Changes ring fences of an item under the locks of all its rows, and lets the queue follow. */
  private void change(String sku, Consumer<Instant> what) {
    lock(sku);
    Instant now = clock.instant();
    what.accept(now);
    // Also those that had none until now are served by what is kept; those that have none any more
    // once by the same rule.
    stock.markRingFenced(sku, true);
    Changes changes = new Changes(now, lock(sku));
    heldUnits.endExpired(changes);
    books.close(changes);
    if (fences.notEnded(Set.of(sku)).isEmpty()) {
      stock.markRingFenced(sku, false);
    }
  }

  private SortedMap<StockKey, StockRow> lock(String sku) {
    return stock.lockItems(
        Set.of(sku), locations.active().stream().map(LocationView::code).toList(), some -> some);
  }

  private RingFenceRow find(String ringFenceId) {
    return fences
        .find(ringFenceId)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_RING_FENCE_NOT_FOUND, "ring fence", ringFenceId));
  }

  private static void refuseUnlessSeen(RingFenceRow row, String etag) {
    if (!row.etag().equals(etag)) {
      throw DomainException.aborted(
          dev.backorder.common.v1.ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "The ring fence changed since it was read: read it again, then retry with its new etag.");
    }
  }
}
