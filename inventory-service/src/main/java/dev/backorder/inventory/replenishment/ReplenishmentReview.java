package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemChanged;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationChanged;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.replenishment.DueStockRepository.Review;
import dev.backorder.inventory.replenishment.model.ReorderNeed;
import dev.backorder.inventory.replenishment.model.ReorderRules;
import dev.backorder.inventory.replenishment.model.StockPosition;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks through the balances that changed and raises needs for what has to be bought. Reviews come
 * at a cadence; between two reviews nothing is bought, so that a burst of orders makes one need.
 */
@ApplicationScoped
class ReplenishmentReview implements DueWork {

  private final DueStockRepository dueStock;
  private final ReorderNeedRepository needs;
  private final ReorderNeeds reorderNeeds;
  private final Items items;
  private final Locations locations;
  private final Transactions transactions;
  private final Ids ids;
  private final ReplenishmentConfig config;

  ReplenishmentReview(
      DueStockRepository dueStock,
      ReorderNeedRepository needs,
      ReorderNeeds reorderNeeds,
      Items items,
      Locations locations,
      Transactions transactions,
      Ids ids,
      ReplenishmentConfig config) {
    this.dueStock = dueStock;
    this.needs = needs;
    this.reorderNeeds = reorderNeeds;
    this.items = items;
    this.locations = locations;
    this.transactions = transactions;
    this.ids = ids;
    this.config = config;
  }

  @Override
  public String name() {
    return "replenishment-review";
  }

  @Override
  public Optional<Instant> nextDue() {
    return dueStock.nextDue();
  }

  @Override
  public int run(Instant now) {
    return transactions.inNew(() -> reviewBatch(now));
  }

  /** Another policy asks for another stock. */
  void onItemChanged(@Observes ItemChanged change) {
    dueStock.markItem(change.sku());
  }

  /** A location that closes buys nothing more; one that opens may have to. */
  void onLocationChanged(@Observes LocationChanged change) {
    dueStock.markLocation(change.code());
  }

  private int reviewBatch(Instant now) {
    Review review = dueStock.review();
    if (!review.unfinished() && now.isBefore(review.nextTime())) {
      return 0;
    }
    List<DueStock> claimed = dueStock.claim(config.batchSize());
    if (!claimed.isEmpty()) {
      reorderNeeds.raise(needsOf(claimed, now));
      dueStock.done(claimed.stream().map(DueStock::place).toList());
    }
    if (!claimed.isEmpty() || review.unfinished()) {
      dueStock.saveReview(
          new Review(now.plus(config.reviewInterval()), claimed.size() == config.batchSize()));
    }
    return claimed.size();
  }

  private List<ReorderNeed> needsOf(List<DueStock> claimed, Instant now) {
    Set<String> skus =
        claimed.stream()
            .map(due -> due.place().sku())
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, LocationView> open =
        locations.active().stream()
            .collect(Collectors.toMap(LocationView::code, Function.identity()));
    Map<String, ItemPolicy> policies = items.policies(skus, "");
    Map<StockPlace, Long> openNeeds = needs.openQuantities(skus);
    Map<DueStock, Long> toBuy = new LinkedHashMap<>();
    for (DueStock due : claimed) {
      ItemPolicy policy = policies.get(due.place().sku());
      if (policy != null && open.containsKey(due.place().location())) {
        long units =
            ReorderRules.unitsToBuy(policy, due.position(openNeeds.getOrDefault(due.place(), 0L)));
        if (units > 0) {
          toBuy.put(due, units);
        }
      }
    }
    return raised(toBuy, openNeeds, open, now);
  }

  private List<ReorderNeed> raised(
      Map<DueStock, Long> toBuy,
      Map<StockPlace, Long> openNeeds,
      Map<String, LocationView> open,
      Instant now) {
    List<Long> numbers = needs.numbers(toBuy.size());
    List<ReorderNeed> raised = new ArrayList<>();
    toBuy.forEach(
        (due, units) -> {
          StockPosition position = due.position(openNeeds.getOrDefault(due.place(), 0L));
          long waiting = Math.min(units, position.uncoveredWaiting());
          LocalDate today = open.get(due.place().location()).today(now);
          raised.add(
              new ReorderNeed(
                  ids.next(),
                  numbers.get(raised.size()),
                  due.place().sku(),
                  due.place().location(),
                  units,
                  waiting,
                  waiting > 0 ? Optional.of(today) : Optional.empty(),
                  ReorderNeed.State.OPEN,
                  Optional.empty(),
                  now));
        });
    return raised;
  }
}
