package dev.backorder.order.promise.model;

import dev.backorder.order.order.model.Portion;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The unsettled promises of one line, and what a change of its units means for them. The rules are
 * in docs/order-states.md: leaving and cancelled units count in every promise told for them, and
 * only units whose day moved are told a new one.
 */
public final class LineLedger {
  private static final Comparator<LedgerEntry> EARLIEST_FIRST =
      Comparator.comparing(LedgerEntry::shipBy).thenComparing(LedgerEntry::sequence);

  private final Map<UUID, LedgerEntry> entries = new LinkedHashMap<>();

  private LineLedger(List<LedgerEntry> unsettled) {
    unsettled.forEach(entry -> entries.put(entry.promiseId(), entry));
  }

  /**
   * What the ledger says after a change.
   *
   * @param changed promises whose counters or outcome are new
   * @param retellings new dates to tell, earliest first
   */
  public record Settlement(List<LedgerEntry> changed, List<Retelling> retellings) {}

  /**
   * Works out what a change of a line means for its promises.
   *
   * @param unsettled every promise of the line of which units are still open
   */
  public static Settlement settle(List<LedgerEntry> unsettled, LineMove move) {
    LineLedger ledger = new LineLedger(unsettled);
    Map<LocalDate, Long> after = byDay(move.open());
    ledger.take(move.shipped(), after, EARLIEST_FIRST, (entry, k) -> entry.ship(k, move.day()));
    ledger.take(
        move.released(),
        after,
        EARLIEST_FIRST.reversed(),
        (entry, k) -> entry.release(k, move.day()));
    List<Retelling> retellings = ledger.retell(move.open(), after);
    List<LedgerEntry> changed =
        unsettled.stream()
            .map(old -> ledger.entries.get(old.promiseId()))
            .filter(entry -> !unsettled.contains(entry))
            .toList();
    return new Settlement(changed, retellings);
  }

  /** What a settled unit does to one promise. */
  private interface Counting {
    LedgerEntry count(LedgerEntry entry, long units);
  }

  /** Settles units: those whose day disappears from the line first, then in the given order. */
  private void take(
      long units, Map<LocalDate, Long> after, Comparator<LedgerEntry> order, Counting counting) {
    long left = takeUpTo(units, true, after, order, counting);
    left = takeUpTo(left, false, after, order, counting);
    if (left > 0) {
      throw new IllegalStateException("%d units left that nobody was promised".formatted(left));
    }
  }

  private long takeUpTo(
      long units,
      boolean onlyExcess,
      Map<LocalDate, Long> after,
      Comparator<LedgerEntry> order,
      Counting counting) {
    long left = units;
    for (LedgerEntry stale : sorted(order)) {
      // A unit that was settled before this one may have counted here: as its earlier promise.
      LedgerEntry entry = entries.get(stale.promiseId());
      long possible = Math.min(left, entry.current());
      if (onlyExcess) {
        possible = Math.min(possible, Math.max(0, excess(entry.shipBy(), after)));
      }
      if (possible > 0) {
        entries.put(entry.promiseId(), entry.lessCurrent(possible));
        countInChain(entry.promiseId(), possible, counting);
        left -= possible;
      }
    }
    return left;
  }

  /** Units told a day beyond those that still leave on it. */
  private long excess(LocalDate day, Map<LocalDate, Long> after) {
    long told =
        entries.values().stream()
            .filter(entry -> entry.shipBy().equals(day))
            .mapToLong(LedgerEntry::current)
            .sum();
    return told - after.getOrDefault(day, 0L);
  }

  private void countInChain(UUID promiseId, long units, Counting counting) {
    Optional<UUID> next = Optional.of(promiseId);
    while (next.isPresent() && entries.containsKey(next.get())) {
      LedgerEntry entry = entries.get(next.get());
      entries.put(entry.promiseId(), counting.count(entry, units));
      next = entry.supersedes();
    }
  }

  /** Pairs told days with new ones: equal days cancel out, the rest goes earliest to earliest. */
  private List<Retelling> retell(List<Portion> open, Map<LocalDate, Long> after) {
    Map<LocalDate, Long> unchanged = unchangedByDay(after);
    List<Moved> movedPortions = movedPortions(open, unchanged);
    List<Retelling> retellings = new ArrayList<>();
    int at = 0;
    for (LedgerEntry entry : sorted(EARLIEST_FIRST)) {
      long stays = Math.min(entry.current(), unchanged.getOrDefault(entry.shipBy(), 0L));
      unchanged.merge(entry.shipBy(), -stays, Math::addExact);
      long moves = entry.current() - stays;
      while (moves > 0) {
        if (at == movedPortions.size()) {
          throw new IllegalStateException("%d promised units are not open".formatted(moves));
        }
        Moved target = movedPortions.get(at);
        long units = Math.min(moves, target.units);
        tell(entry.promiseId(), units, target.portion, retellings);
        target.units -= units;
        moves -= units;
        at += target.units == 0 ? 1 : 0;
      }
    }
    if (at < movedPortions.size()) {
      throw new IllegalStateException("open units that nobody was promised");
    }
    return retellings;
  }

  private void tell(UUID promiseId, long units, Portion portion, List<Retelling> retellings) {
    LedgerEntry entry = entries.get(promiseId);
    entries.put(promiseId, entry.lessCurrent(units));
    boolean later = portion.terms().shipByDate().isAfter(entry.shipBy());
    Retelling.Cause cause = later ? Retelling.Cause.LATER : Retelling.Cause.EARLIER;
    retellings.add(new Retelling(promiseId, units, portion.terms(), cause));
  }

  private Map<LocalDate, Long> unchangedByDay(Map<LocalDate, Long> after) {
    Map<LocalDate, Long> told = new HashMap<>();
    entries.values().forEach(e -> told.merge(e.shipBy(), e.current(), Math::addExact));
    told.replaceAll((day, units) -> Math.min(units, after.getOrDefault(day, 0L)));
    return told;
  }

  /** A portion of which units have no promise with their day. */
  private static final class Moved {
    private final Portion portion;
    private long units;

    Moved(Portion portion, long units) {
      this.portion = portion;
      this.units = units;
    }
  }

  private static List<Moved> movedPortions(List<Portion> open, Map<LocalDate, Long> unchanged) {
    Map<LocalDate, Long> stays = new HashMap<>(unchanged);
    List<Moved> moved = new ArrayList<>();
    open.stream()
        .sorted(Comparator.comparing(portion -> portion.terms().shipByDate()))
        .forEach(
            portion -> {
              LocalDate day = portion.terms().shipByDate();
              long same = Math.min(portion.quantity(), stays.getOrDefault(day, 0L));
              stays.merge(day, -same, Math::addExact);
              if (portion.quantity() > same) {
                moved.add(new Moved(portion, portion.quantity() - same));
              }
            });
    return moved;
  }

  private List<LedgerEntry> sorted(Comparator<LedgerEntry> order) {
    return entries.values().stream().sorted(order).toList();
  }

  private static Map<LocalDate, Long> byDay(List<Portion> portions) {
    Map<LocalDate, Long> units = new HashMap<>();
    portions.forEach(p -> units.merge(p.terms().shipByDate(), p.quantity(), Math::addExact));
    return units;
  }
}
