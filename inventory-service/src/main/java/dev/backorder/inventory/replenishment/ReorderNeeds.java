package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.replenishment.model.NeedFate;
import dev.backorder.inventory.replenishment.model.ReorderNeed;
import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.ListReorderNeedsResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.paging.PageTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What has to be bought. */
@ApplicationScoped
public class ReorderNeeds {

  private final ReorderNeedRepository needs;
  private final DueStockRepository dueStock;
  private final EventLog events;
  private final Clock clock;

  ReorderNeeds(
      ReorderNeedRepository needs, DueStockRepository dueStock, EventLog events, Clock clock) {
    this.needs = needs;
    this.dueStock = dueStock;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Takes over what purchase orders say about the needs that they cover. A need moves forward only:
   * from open to ordered, and from either to cancelled. What a cancelled need asked for is looked
   * at again by the next review, which raises a new need when it is still wanted. Call it after the
   * supplies of the same purchase orders were changed: balances are locked before needs.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void settle(Collection<NeedFate> fates) {
    Map<UUID, NeedFate> byNeed =
        fates.stream()
            .collect(
                Collectors.toMap(NeedFate::needId, Function.identity(), ReorderNeeds::further));
    Set<String> skus = fates.stream().map(NeedFate::sku).collect(Collectors.toSet());
    List<ReorderNeed> changed = new ArrayList<>();
    for (ReorderNeed need : needs.lock(byNeed.keySet(), skus)) {
      NeedFate fate = byNeed.get(need.needId());
      if (fate.state().compareTo(need.state()) > 0) {
        changed.add(need.settled(fate.state(), Optional.of(fate.supplyId())));
      }
    }
    if (changed.isEmpty()) {
      return;
    }
    needs.updateStates(changed, clock.instant());
    // The position may have fallen: less was accepted than we asked for, or nothing.
    dueStock.mark(places(changed));
    publish(changed);
  }

  /** Lists needs, oldest first. */
  @Transactional
  ListReorderNeedsResponse list(ListReorderNeedsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    String list = "reorder_needs/" + request.getStateValue() + "/" + request.getSku();
    List<ReorderNeed> found =
        needs.page(
            after(list, request.getPageToken()),
            ReorderNeedMessages.filter(request.getState()),
            request.getSku(),
            size + 1);
    ListReorderNeedsResponse.Builder response = ListReorderNeedsResponse.newBuilder();
    found.stream().limit(size).map(ReorderNeedMessages::render).forEach(response::addReorderNeeds);
    if (found.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(list, Long.toString(found.get(size - 1).number())));
    }
    return response.build();
  }

  /** Records new needs and tells the world. In the transaction that holds their balances. */
  void raise(List<ReorderNeed> raised) {
    if (!raised.isEmpty()) {
      needs.insert(raised);
      publish(raised);
    }
  }

  private void publish(List<ReorderNeed> changed) {
    List<EventDraft> drafts = new ArrayList<>();
    List<ReorderNeed> remaining = changed;
    // A fact per need, and a version per fact: needs of one sku take one round each.
    while (!remaining.isEmpty()) {
      Set<String> taken = new HashSet<>();
      List<ReorderNeed> round = remaining.stream().filter(n -> taken.add(n.sku())).toList();
      Map<String, Long> versions = needs.nextVersions(taken);
      round.forEach(
          need ->
              drafts.add(
                  EventDraft.of(
                      need.sku(), versions.get(need.sku()), ReorderNeedMessages.event(need))));
      Set<UUID> done = round.stream().map(ReorderNeed::needId).collect(Collectors.toSet());
      remaining = remaining.stream().filter(n -> !done.contains(n.needId())).toList();
    }
    events.appendAll(drafts);
  }

  private static List<StockPlace> places(List<ReorderNeed> changed) {
    return changed.stream()
        .map(need -> new StockPlace(need.sku(), need.location()))
        .distinct()
        .toList();
  }

  private static NeedFate further(NeedFate one, NeedFate other) {
    return one.state().compareTo(other.state()) >= 0 ? one : other;
  }

  private static long after(String list, String pageToken) {
    List<String> key = PageTokens.decode(list, pageToken);
    try {
      return key.isEmpty() ? 0 : Long.parseLong(key.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
