package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.promise.model.Constraint;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Promising;
import dev.backorder.inventory.promise.model.StillToBuy;
import dev.backorder.inventory.promise.model.Terms;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Decides one line: from the shelves, then from free supply by date, then from what is still to be
 * bought. A line that is wanted later takes first what comes in time for it, the latest of it
 * first, so that what is there and what comes early is left to others (AL6).
 */
final class LineDecider {
  private final int line;
  private final Demand demand;
  private final Optional<LocalDate> wanted;
  private final Buyer buyer;
  private final ItemPolicy policy;
  private final ItemBook book;
  private final int[] route;
  private final Deque<Runnable> undo;
  private final List<Grant> grants = new ArrayList<>();
  private final List<Shortage> shortages = new ArrayList<>();
  private long remaining;

  /** A way to serve waiting units at a location. */
  private record Source(
      Shelf shelf, int rank, Optional<Coming> coming, long units, Promise promise) {
    String supplyId() {
      return coming.map(Coming::supplyId).orElse("");
    }
  }

  LineDecider(
      int line,
      Demand demand,
      Buyer buyer,
      ItemPolicy policy,
      ItemBook book,
      int[] route,
      Deque<Runnable> undo) {
    this.line = line;
    this.demand = demand;
    this.remaining = demand.quantity();
    this.wanted = demand.wanted();
    this.buyer = buyer;
    this.policy = policy;
    this.book = book;
    this.route = route;
    this.undo = undo;
  }

  Decision decide() {
    if (book.shelves().isEmpty()) {
      refuse(remaining, Reason.NO_LOCATION);
    } else if (route.length == 0) {
      refuse(remaining, Reason.PICK_UP_LOCATION);
    } else {
      takeWhatComesInTime();
      reserve();
      if (policy.sales().mode().takesOrdersAheadOfStock()) {
        queue();
      } else {
        refuse(remaining, isStockTooLate() ? Reason.TOO_LATE : Reason.OUT_OF_STOCK);
      }
    }
    return Decision.plain(grants, shortages);
  }

  /** Units of the item that could be ordered at most; empty when there is no limit. */
  static Optional<Long> orderable(Buyer buyer, ItemPolicy policy, ItemBook book, int[] route) {
    long onShelves = 0;
    long[] available = book.available(policy.protectedQuantity(), buyer.segment());
    for (int shelf : route) {
      onShelves += available[shelf];
    }
    if (route.length == 0 || !policy.sales().mode().takesOrdersAheadOfStock()) {
      return Optional.of(onShelves);
    }
    LineDecider asking =
        new LineDecider(
            0, new Demand(policy.sku(), 0), buyer, policy, book, route, new ArrayDeque<>());
    if (asking.preorderEnded()) {
      return Optional.of(onShelves);
    }
    long headroom = book.headroom(policy, buyer.segment());
    Optional<Long> dated = asking.unitsWithDate();
    if (headroom == Long.MAX_VALUE && dated.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(onShelves + Math.min(headroom, dated.orElse(Long.MAX_VALUE)));
  }

  /**
   * Units beyond the shelves for which a date within the longest wait is known; empty for any
   * number.
   */
  private Optional<Long> unitsWithDate() {
    long units = 0;
    for (Source source : supplies()) {
      if (isTooLate(source)) {
        return Optional.of(units);
      }
      units += source.units();
    }
    return stillToBuy().filter(source -> !isTooLate(source)).isPresent()
        ? Optional.empty()
        : Optional.of(units);
  }

  private void takeWhatComesInTime() {
    if (wanted.isEmpty() || !policy.sales().mode().takesOrdersAheadOfStock() || preorderEnded()) {
      return;
    }
    long headroom = book.headroom(policy, buyer.segment());
    List<Source> latestFirst =
        supplies().stream()
            .filter(source -> source.promise().constraint() == Constraint.WANTED_DATE)
            .filter(source -> !demand.isTooLate(source.promise().shipBy()))
            .sorted(Comparator.comparing(this::shipDay).reversed().thenComparing(Source::rank))
            .toList();
    for (Source source : latestFirst) {
      long units = Math.min(remaining, headroom);
      if (units > 0) {
        headroom -= take(source, units);
      }
    }
  }

  private void reserve() {
    long[] available = book.available(policy.protectedQuantity(), buyer.segment());
    for (int i : route) {
      if (!isTooLateAt(i)) {
        reserveAt(i, Math.min(remaining, available[i]));
      }
    }
  }

  /** Even what stands on this shelf would leave too late for the buyer. */
  boolean isTooLateAt(int shelfIndex) {
    Shelf shelf = book.shelves().get(shelfIndex);
    return demand.latest().isPresent()
        && demand.isTooLate(dates(shelf).fromStock(termsAt(shelf)).shipBy());
  }

  private boolean isStockTooLate() {
    if (demand.latest().isEmpty()) {
      return false;
    }
    long[] available = book.available(policy.protectedQuantity(), buyer.segment());
    return Arrays.stream(route).anyMatch(i -> available[i] > 0 && isTooLateAt(i));
  }

  /** Takes units from one shelf, which must be there. */
  void reserveAt(int shelfIndex, long units) {
    if (units > 0) {
      Shelf shelf = book.shelves().get(shelfIndex);
      Terms terms = termsAt(shelf);
      long unowned = Math.max(0, units - shelf.own());
      undo.push(shelf.reserve(units));
      undo.push(book.take(buyer.segment(), shelf.promising().location().code(), unowned));
      grant(shelf, true, units, "", dates(shelf).fromStock(terms), terms);
    }
  }

  /** What was granted so far. */
  List<Grant> grants() {
    return grants;
  }

  private void queue() {
    if (preorderEnded()) {
      refuse(remaining, Reason.PREORDER_ENDED);
    }
    long headroom = book.headroom(policy, buyer.segment());
    if (headroom < remaining) {
      refuse(remaining - headroom, Reason.BACKORDER_LIMIT);
    }
    for (Source source : supplies()) {
      // A later supply is no way round the longest wait, and neither is a purchase: while supply is
      // free, nothing is bought.
      if (remaining > 0 && isTooLate(source)) {
        refuse(remaining, Reason.WAIT_TOO_LONG);
      }
      if (remaining > 0 && demand.isTooLate(source.promise().shipBy())) {
        refuse(remaining, Reason.TOO_LATE);
      }
      if (remaining > 0) {
        take(source, remaining);
      }
    }
    if (remaining > 0) {
      stillToBuy()
          .ifPresentOrElse(this::waitForPurchase, () -> refuse(remaining, Reason.NO_REPLENISHMENT));
    }
  }

  /** Takes units of a supply, as many as are free for the buyer; returns how many. */
  private long take(Source source, long most) {
    Coming coming = source.coming().orElseThrow();
    long units = Math.min(most, source.units());
    coming.take(units);
    undo.push(() -> coming.take(-units));
    undo.push(book.take(buyer.segment(), source.shelf().promising().location().code(), units));
    wait(source, units);
    return units;
  }

  private void waitForPurchase(Source source) {
    if (isTooLate(source)) {
      refuse(remaining, Reason.WAIT_TOO_LONG);
    } else if (demand.isTooLate(source.promise().shipBy())) {
      refuse(remaining, Reason.TOO_LATE);
    } else {
      wait(source, remaining);
    }
  }

  private void wait(Source source, long units) {
    Shelf shelf = source.shelf();
    Grant granted = grant(shelf, false, units, source.supplyId(), source.promise(), termsAt(shelf));
    // What is on the shelf is not for one who wants nothing earlier.
    long claimed = granted.isPatient() ? 0 : units;
    shelf.addWaiting(claimed);
    book.addWaiting(buyer.channel(), units);
    undo.push(
        () -> {
          shelf.addWaiting(-claimed);
          book.addWaiting(buyer.channel(), -units);
        });
  }

  /**
   * Supply of all locations that is free for the buyer, the earliest day of departure first. The
   * sort is stable: what still ties stays in the order in which the shelf lists it.
   */
  private List<Source> supplies() {
    KeptUnits kept = book.kept(policy.protectedQuantity());
    List<Source> sources = new ArrayList<>();
    for (int rank : route) {
      Shelf shelf = book.shelves().get(rank);
      for (Coming coming : shelf.coming()) {
        long units = kept.promisable(coming, buyer.segment());
        if (units > 0) {
          Promise promise = dates(shelf).fromSupply(coming.arrival(), termsAt(shelf));
          sources.add(new Source(shelf, rank, Optional.of(coming), units, promise));
        }
      }
    }
    sources.sort(
        Comparator.comparing((Source source) -> source.promise().shipBy())
            .thenComparing(source -> source.coming().orElseThrow().day())
            .thenComparing(Source::rank));
    return sources;
  }

  /**
   * What is not ordered yet comes to the location of best priority. Empty when no date is known.
   */
  private Optional<Source> stillToBuy() {
    Shelf shelf = book.shelves().get(Arrays.stream(route).min().orElseThrow());
    return StillToBuy.promise(policy.sales(), dates(shelf), book.offer(), termsAt(shelf))
        .map(date -> new Source(shelf, 0, Optional.empty(), 0, date));
  }

  /** A wait begins with the release of a preorder, and when the buyer wants the units. */
  private boolean isTooLate(Source source) {
    int most = policy.sales().maxWaitDays();
    LocalDate from = unreleased(source.shelf()).orElse(source.shelf().promising().today());
    from = wanted.filter(from::isBefore).orElse(from);
    return most > 0 && ChronoUnit.DAYS.between(from, source.promise().shipBy()) > most;
  }

  /** Its last day has passed and its release has not come. */
  private boolean preorderEnded() {
    LocalDate today = book.shelves().get(0).promising().today();
    return StillToBuy.unreleased(policy.sales(), today).isPresent()
        && policy.sales().preorderEnd().filter(today::isAfter).isPresent();
  }

  private Optional<LocalDate> unreleased(Shelf shelf) {
    return StillToBuy.unreleased(policy.sales(), shelf.promising().today());
  }

  /** Makes dates at a location that hold as often as the buyer's channel asks. */
  private Promising dates(Shelf shelf) {
    return shelf.promising().on(buyer.channel());
  }

  private LocalDate shipDay(Source source) {
    return dates(source.shelf()).shipDayOf(source.coming().orElseThrow().arrival());
  }

  private Terms termsAt(Shelf shelf) {
    return new Terms(
        unreleased(shelf).map(shelf.promising()::firstDayOfRelease),
        wanted,
        shelf.promising().location().transitDaysTo(buyer.destinationCountry()));
  }

  private Grant grant(
      Shelf shelf, boolean reserved, long units, String supplyId, Promise promise, Terms terms) {
    LocalDate today = shelf.promising().today();
    Grant grant =
        new Grant(
            line,
            policy.sku(),
            shelf.promising().location().code(),
            reserved,
            units,
            supplyId,
            promise,
            wanted.filter(today::isBefore).orElse(today),
            terms);
    grants.add(grant);
    remaining -= units;
    return grant;
  }

  private void refuse(long units, Reason reason) {
    if (units > 0) {
      shortages.add(new Shortage(line, units, reason));
      remaining -= units;
    }
  }
}
