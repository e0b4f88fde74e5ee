package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.item.Items;
import dev.backorder.inventory.item.model.ItemChanged;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.Promisings;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.promise.model.StillToBuy;
import dev.backorder.inventory.promise.model.Terms;
import dev.backorder.inventory.supplierterms.KnownSuppliers;
import dev.backorder.inventory.supplierterms.Suppliers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the promises of preorders true to the release of their item. When it moves, lines get the
 * date that they have under the new one; when the preorder ends (the item is sold in another way),
 * they become backorders: from stock, from their supply, or from a purchase still to be made.
 */
@ApplicationScoped
class ReleaseDates {
  private static final int LINES_PER_READ = 1_000;

  private final StockBook stock;
  private final PortionBook portions;
  private final SupplyBook supplies;
  private final Pegs pegs;
  private final Books books;
  private final Items items;
  private final Promisings promisings;
  private final Suppliers suppliers;
  private final Clock clock;

  ReleaseDates(
      StockBook stock,
      PortionBook portions,
      SupplyBook supplies,
      Pegs pegs,
      Books books,
      Items items,
      Promisings promisings,
      Suppliers suppliers,
      Clock clock) {
    this.stock = stock;
    this.portions = portions;
    this.supplies = supplies;
    this.pegs = pegs;
    this.books = books;
    this.items = items;
    this.promisings = promisings;
    this.suppliers = suppliers;
    this.clock = clock;
  }

  /** In the transaction in which the item changed. */
  void onItemChanged(@Observes ItemChanged change) {
    if (change.releaseMoved()) {
      // Who decides on the item waits for this lock, and then sees the new policy.
      Changes changes =
          new Changes(
              clock.instant(), stock.lockItems(Set.of(change.sku()), List.of(), some -> Set.of()));
      new Renewal(change.sku(), changes).run();
      books.close(changes);
    }
  }

  /** The lines of one item under its new release. */
  private final class Renewal {
    private final String sku;
    private final Changes changes;
    private final KnownSuppliers known;
    private final Map<String, SupplyRow> live = new HashMap<>();
    private final Map<String, Promising> byLocation = new HashMap<>();
    private final Map<String, ItemPolicy> byChannel = new HashMap<>();

    Renewal(String sku, Changes changes) {
      this.sku = sku;
      this.changes = changes;
      List<SupplyRow> coming = supplies.live(Set.of(sku));
      coming.forEach(supply -> live.put(supply.supplyId(), supply));
      this.known = suppliers.of(coming);
    }

    void run() {
      Optional<PortionId> last = Optional.empty();
      List<Portion> page;
      do {
        page = portions.ofItem(sku, last, LINES_PER_READ);
        List<Portion> moved = new ArrayList<>();
        for (Portion portion : page) {
          Terms terms = terms(portion);
          if (!terms.notBefore().equals(stillAhead(portion))) {
            Portion after = portion.under(terms, promise(portion, terms));
            moved.add(after);
            changes.repromised(portion, after);
            changes.touch(portion.id().orderId(), ChangeCause.RELEASE_MOVED);
          }
        }
        portions.updateTerms(moved);
        portions.update(moved);
        last = page.isEmpty() ? last : Optional.of(page.get(page.size() - 1).id());
      } while (page.size() == LINES_PER_READ);
    }

    /** A release that has passed binds nobody any more. */
    private Optional<LocalDate> stillAhead(Portion portion) {
      return portion.terms().notBefore().filter(day -> day.isAfter(at(portion).today()));
    }

    private Terms terms(Portion portion) {
      ItemPolicy policy =
          byChannel.computeIfAbsent(
              portion.channel(), channel -> items.policies(Set.of(sku), channel).get(sku));
      Promising promising = at(portion);
      Optional<LocalDate> release = StillToBuy.unreleased(policy.sales(), promising.today());
      return portion.terms().withNotBefore(release.map(promising::firstDayOfRelease));
    }

    private Promise promise(Portion portion, Terms terms) {
      if (portion.reserved()) {
        return dates(portion).fromStock(terms);
      }
      SupplyRow supply = live.get(portion.supplyId());
      return supply == null
          ? pegs.unpegged(changes, portion.under(terms, portion.promise()))
          : dates(portion).fromSupply(known.arrival(supply), terms);
    }

    private Promising dates(Portion portion) {
      return at(portion).on(portion.channel());
    }

    private Promising at(Portion portion) {
      return byLocation.computeIfAbsent(
          portion.key().location(), code -> promisings.at(code, changes.now()));
    }
  }
}
