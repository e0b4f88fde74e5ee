package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.AllocationBook.LineDelta;
import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.promise.model.KitFate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A line as the caller sees it: of an item its own units, of a kit whole kits, which are units of
 * all its components at one location.
 *
 * @param row the line of the request
 * @param shares what one unit of it is made of
 */
record CallersLine(OrderHolding holding, AllocationLineRow row, List<Share> shares) {
  /** What is given up first: what waits, and of that the latest date. */
  static final Comparator<Portion> WORST_FIRST =
      Comparator.comparing(Portion::reserved)
          .thenComparing(p -> p.promise().shipBy(), Comparator.reverseOrder())
          .thenComparing(p -> p.id().portionNo(), Comparator.reverseOrder());

  /** Units or kits at one location that share a fate. */
  private record Located(String location, KitFate fate) {}

  static CallersLine of(OrderHolding holding, AllocationLineRow row) {
    return new CallersLine(holding, row, holding.sharesOf(row));
  }

  /** What the line holds at a location, reserved and waiting. */
  long heldAt(String location) {
    return fatesAt(location).stream().mapToLong(KitFate::quantity).sum();
  }

  /** What could leave from a location now. */
  long reservedAt(String location) {
    return fatesAt(location).stream().filter(KitFate::reserved).mapToLong(KitFate::quantity).sum();
  }

  /** What the line holds anywhere. */
  long held() {
    return locations().stream().mapToLong(this::heldAt).sum();
  }

  /** From which locations how many are given up, the worst first; there must be enough. */
  SortedMap<String, Long> worst(long units) {
    List<Located> all = new ArrayList<>();
    locations()
        .forEach(location -> fatesAt(location).forEach(f -> all.add(new Located(location, f))));
    all.sort(
        Comparator.comparing((Located l) -> l.fate().reserved())
            .thenComparing(l -> l.fate().promise().shipBy(), Comparator.reverseOrder()));
    SortedMap<String, Long> worst = new TreeMap<>();
    long remaining = units;
    for (Located located : all) {
      long part = Math.min(remaining, located.fate().quantity());
      if (part > 0) {
        worst.merge(located.location(), part, Math::addExact);
        remaining -= part;
      }
    }
    return worst;
  }

  /** The change of the counts of the line and of all that it is made of. */
  List<LineDelta> deltas(long shipped, long released, long returned) {
    List<LineDelta> deltas = new ArrayList<>();
    deltas.add(new LineDelta(row.orderId(), row.lineNo(), shipped, released, returned));
    for (Share share : shares) {
      if (share.line().lineNo() != row.lineNo()) {
        deltas.add(
            new LineDelta(
                row.orderId(),
                share.line().lineNo(),
                shipped * share.perUnit(),
                released * share.perUnit(),
                returned * share.perUnit()));
      }
    }
    return deltas;
  }

  private TreeSet<String> locations() {
    TreeSet<String> locations = new TreeSet<>();
    holding
        .portionsOf(shares.get(0).line().lineNo())
        .forEach(portion -> locations.add(portion.key().location()));
    return locations;
  }

  private List<KitFate> fatesAt(String location) {
    return holding.fatesAt(shares, location);
  }
}
