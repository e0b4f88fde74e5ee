package dev.backorder.inventory.item;

import dev.backorder.common.v1.ErrorReason;
import dev.backorder.inventory.item.model.Item;
import dev.backorder.inventory.item.model.ItemChanged;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.BatchCreateItemsResponse;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.GetItemResponse;
import dev.backorder.inventory.v1.ListItemsRequest;
import dev.backorder.inventory.v1.ListItemsResponse;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.v1.UpdateItemResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.hibernate.exception.ConstraintViolationException;

/** Items and how they are sold. */
@ApplicationScoped
public class Items {

  private static final String RESOURCE = "item";
  private static final String LIST = "items";

  // More names than this help nobody, and a status travels in a header of limited size.
  private static final int MOST_NAMED = 20;

  private final ItemRepository items;
  private final KitRules kitRules;
  private final RequestLog requests;
  private final Event<ItemChanged> changes;
  private final Clock clock;

  Items(
      ItemRepository items,
      KitRules kitRules,
      RequestLog requests,
      Event<ItemChanged> changes,
      Clock clock) {
    this.items = items;
    this.kitRules = kitRules;
    this.requests = requests;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * The policies of items on one channel, in one query and in the caller's transaction. Whoever
   * decides on stock reads them after it locked the stock rows: an update that switches backorders
   * off locks the same rows first, so that both cannot pass each other.
   *
   * @param channel sales channel; empty is the default one
   * @return by sku, iterated in sku order; a sku that is missing is not an item
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Map<String, ItemPolicy> policies(Collection<String> skus, String channel) {
    Map<String, ItemPolicy> found = new LinkedHashMap<>();
    items.policies(skus, channel).forEach(policy -> found.put(policy.sku(), policy));
    return found;
  }

  /** Refuses what only an item with stock of its own can have happen to it. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void refuseKits(Collection<String> skus) {
    List<String> kits = items.kits(skus);
    if (!kits.isEmpty()) {
      throw DomainException.precondition(
          dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_KIT_HAS_NO_STOCK,
          "A kit has no stock of its own: name its components.",
          Map.of("sku", kits.get(0)));
    }
  }

  /** Creates items, all or none. */
  @Transactional
  BatchCreateItemsResponse create(BatchCreateItemsRequest request) {
    List<Item> created = ItemMessages.parse(request.getItemsList());
    return requests.once(
        request.getRequestId(),
        request,
        BatchCreateItemsResponse.parser(),
        () -> {
          refuseUnknownSubstitutes(created, i -> "items[%d]".formatted(i));
          insert(created);
          return BatchCreateItemsResponse.newBuilder().setCreatedCount(created.size()).build();
        });
  }

  /** Reads one item. */
  @Transactional
  GetItemResponse get(GetItemRequest request) {
    ItemEntity found =
        items.findByIdOptional(request.getSku()).orElseThrow(() -> notFound(request.getSku()));
    return GetItemResponse.newBuilder().setItem(ItemMessages.render(found)).build();
  }

  /** Lists items by sku. */
  @Transactional
  ListItemsResponse list(ListItemsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    List<ItemEntity> found = items.page(after.isEmpty() ? "" : after.get(0), size + 1);
    ListItemsResponse.Builder response = ListItemsResponse.newBuilder();
    found.stream().limit(size).map(ItemMessages::render).forEach(response::addItems);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(LIST, found.get(size - 1).sku));
    }
    return response.build();
  }

  /** Replaces an item when nobody changed it since it was read and its open debts allow it. */
  @Transactional
  UpdateItemResponse update(UpdateItemRequest request) {
    Item item = ItemMessages.parseUpdate(request.getItem());
    return requests.once(
        request.getRequestId(),
        request,
        UpdateItemResponse.parser(),
        () -> {
          refuseUnknownSubstitutes(List.of(item), i -> "item");
          ItemEntity changed = replace(item, request.getItem().getEtag());
          return UpdateItemResponse.newBuilder().setItem(ItemMessages.render(changed)).build();
        });
  }

  /** Items are never taken away, so what exists now always will. */
  private void refuseUnknownSubstitutes(List<Item> named, IntFunction<String> field) {
    Set<String> substitutes = new HashSet<>();
    named.forEach(item -> substitutes.addAll(item.substitutes()));
    named.forEach(item -> substitutes.remove(item.sku()));
    if (substitutes.isEmpty()) {
      return;
    }
    substitutes.removeAll(items.existing(substitutes));
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < named.size(); i++) {
      List<String> skus = named.get(i).substitutes();
      for (int j = 0; j < skus.size(); j++) {
        problems.check(
            !substitutes.contains(skus.get(j)),
            "%s.substitute_skus[%d]".formatted(field.apply(i), j),
            "must be an item that exists");
      }
    }
    problems.throwIfAny();
  }

  private void insert(List<Item> created) {
    List<String> existing = items.existing(created.stream().map(Item::sku).toList());
    if (!existing.isEmpty()) {
      throw exists(existing);
    }
    kitRules.check(created, i -> "items[%d]".formatted(i), created);
    Instant now = clock.instant();
    try {
      items.persist(created.stream().map(item -> ItemEntity.of(item, now)));
      items.flush();
    } catch (ConstraintViolationException e) {
      // Somebody else created one of them in this very moment; which one, a second try will say.
      throw exists(created.stream().map(Item::sku).toList());
    }
  }

  private ItemEntity replace(Item item, String etag) {
    ItemEntity entity = items.lock(item.sku()).orElseThrow(() -> notFound(item.sku()));
    if (!entity.etag().equals(etag)) {
      throw DomainException.aborted(
          ErrorReason.ERROR_REASON_ETAG_MISMATCH,
          "The item changed since it was read: read it again, then retry with its new etag.");
    }
    if (entity.item().takesOrdersAheadOfStock() && !item.takesOrdersAheadOfStock()) {
      refuseWhileUnitsWait(item.sku());
    }
    if (item.isKit()) {
      kitRules.check(List.of(item), i -> "item", List.of());
      if (!entity.item().isKit()) {
        kitRules.refuseBecomingKit(item.sku());
      }
    }
    boolean releaseMoved = entity.item().releaseMoves(item);
    entity.take(item, clock.instant());
    items.flush();
    changes.fire(new ItemChanged(item.sku(), releaseMoved));
    return entity;
  }

  private void refuseWhileUnitsWait(String sku) {
    long waiting = items.lockWaiting(sku);
    if (waiting > 0) {
      throw DomainException.precondition(
          dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_DEBT_OPEN,
          "Units still wait for this item: fill or cancel them before backorders are switched off.",
          Map.of("sku", sku, "waiting", Long.toString(waiting)));
    }
  }

  private static DomainException notFound(String sku) {
    return DomainException.notFound(
        dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_ITEM_NOT_FOUND, RESOURCE, sku);
  }

  private static DomainException exists(List<String> skus) {
    return DomainException.alreadyExists(
        dev.backorder.inventory.v1.ErrorReason.ERROR_REASON_ITEM_EXISTS,
        RESOURCE,
        String.join(", ", skus.subList(0, Math.min(skus.size(), MOST_NAMED))));
  }
}
