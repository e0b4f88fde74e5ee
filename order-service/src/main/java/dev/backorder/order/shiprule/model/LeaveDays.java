package dev.backorder.order.shiprule.model;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The day on which each unit of an order will really leave. Units that are being cancelled still
 * count: what they were told changes when they are gone.
 */
final class LeaveDays {
  private final ShipRule rule;
  private final Map<UUID, ShipProgress> progress;
  private final ZoneId zone;

  /** Units are told apart by the portion that they are, not by what it says. */
  private final IdentityHashMap<Portion, LocalDate> days = new IdentityHashMap<>();

  /** Units that leave together anyway, and on which day they could. */
  private record Bundle(
      List<Portion> portions, boolean reserved, LocalDate day, Optional<LocalDate> latest) {}

  LeaveDays(
      ShipRule rule,
      List<List<LeavingLine>> groups,
      List<LeavingLine> lines,
      Map<UUID, ShipProgress> progress,
      ZoneId zone) {
    this.rule = rule;
    this.progress = progress;
    this.zone = zone;
    List<Bundle> bundles = new ArrayList<>();
    Set<UUID> grouped = new HashSet<>();
    for (List<LeavingLine> group : groups) {
      group.forEach(line -> grouped.add(line.lineId()));
      bundle(group).ifPresent(bundles::add);
    }
    for (LeavingLine line : lines) {
      if (!grouped.contains(line.lineId())) {
        bundles.addAll(rule.kind() == ShipRule.Kind.MINIMUM ? lots(line) : singles(line));
      }
    }
    bundles.forEach(bundle -> leave(bundle, bundle.day()));
    if (rule.kind() == ShipRule.Kind.CONSOLIDATED) {
      consolidate(bundles);
    }
  }

  /** The portions of a line with their days, earliest first. */
  List<Portion> portions(LeavingLine line) {
    return line.portions().stream()
        .map(portion -> portion.leavingOn(days.get(portion)))
        .sorted(Comparator.comparing(portion -> portion.terms().shipByDate()))
        .toList();
  }

  private Optional<Bundle> bundle(List<LeavingLine> group) {
    List<Portion> all = group.stream().flatMap(line -> line.portions().stream()).toList();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    LocalDate last = lastOwnDay(all);
    for (LeavingLine line : group) {
      last = max(last, freeFrom(line));
    }
    boolean reserved = all.stream().allMatch(Portion::isReserved);
    return Optional.of(new Bundle(all, reserved, last, ShipDecider.latest(group)));
  }

  private List<Bundle> singles(LeavingLine line) {
    return line.portions().stream().map(portion -> single(line, portion)).toList();
  }

  private Bundle single(LeavingLine line, Portion portion) {
    LocalDate day = portion.isReserved() ? max(portion.ownDay(), freeFrom(line)) : portion.ownDay();
    return new Bundle(List.of(portion), portion.isReserved(), day, line.terms().latest());
  }

  /**
   * Lots of the least size; the last may be smaller. What leaves already is none of them any more,
   * and what was let go beyond a lot goes with it.
   */
  private List<Bundle> lots(LeavingLine line) {
    List<Bundle> lots = new ArrayList<>();
    List<Portion> letGo = new ArrayList<>();
    List<Portion> others = new ArrayList<>();
    long leaving = line.leaving();
    boolean held = progress.get(line.lineId()).isHeld();
    for (Portion portion : line.earliestFirst()) {
      if (portion.isReserved() && leaving > 0) {
        leaving -= portion.quantity();
        lots.add(single(line, portion));
      } else {
        (portion.isReserved() && !held ? letGo : others).add(portion);
      }
    }
    lots.addAll(lots(line, letGo));
    lots.addAll(lots(line, others));
    return lots;
  }

  private List<Bundle> lots(LeavingLine line, List<Portion> earliestFirst) {
    List<Bundle> lots = new ArrayList<>();
    List<Portion> lot = new ArrayList<>();
    for (Portion portion : earliestFirst) {
      lot.add(portion);
      if (lot.stream().mapToLong(Portion::quantity).sum() >= rule.minimumQuantity()) {
        lots.add(lot(line, lot));
        lot.clear();
      }
    }
    if (!lot.isEmpty()) {
      lots.add(lot(line, lot));
    }
    return lots;
  }

  private Bundle lot(LeavingLine line, List<Portion> units) {
    boolean isThere = units.stream().allMatch(Portion::isReserved);
    LocalDate last = lastOwnDay(units);
    LocalDate day = isThere ? max(last, freeFrom(line)) : last;
    return new Bundle(List.copyOf(units), isThere, day, line.terms().latest());
  }

  /** What is held joins the last that comes in time; later ones wait for each other likewise. */
  private void consolidate(List<Bundle> bundles) {
    Optional<Instant> until =
        progress.values().stream()
            .flatMap(p -> p.holdUntil().stream())
            .min(Comparator.naturalOrder());
    List<Bundle> coming =
        bundles.stream()
            .filter(bundle -> !bundle.reserved())
            .sorted(Comparator.comparing(Bundle::day))
            .toList();
    if (until.isPresent()) {
      LocalDate lastDay = LocalDate.ofInstant(until.get(), zone);
      List<Bundle> together =
          bundles.stream().filter(b -> b.reserved() || !b.day().isAfter(lastDay)).toList();
      leaveTogether(together);
      coming = coming.stream().filter(b -> b.day().isAfter(lastDay)).toList();
    }
    int at = 0;
    while (at < coming.size()) {
      List<Bundle> together = inOneWindow(coming.subList(at, coming.size()));
      leaveTogether(together);
      at += together.size();
    }
  }

  /** The first of some bundles, and those that come within its window. */
  private List<Bundle> inOneWindow(List<Bundle> coming) {
    LocalDate end = coming.get(0).day().plusDays(rule.windowDays());
    List<Bundle> together = new ArrayList<>();
    for (Bundle bundle : coming) {
      if (!together.isEmpty() && bundle.day().isAfter(end)) {
        break;
      }
      together.add(bundle);
      LocalDate latest = bundle.latest().orElse(end);
      end = latest.isBefore(end) ? latest : end;
    }
    return together;
  }

  private void leaveTogether(Collection<Bundle> together) {
    together.stream()
        .map(Bundle::day)
        .max(Comparator.naturalOrder())
        .ifPresent(day -> together.forEach(bundle -> leave(bundle, day)));
  }

  private void leave(Bundle bundle, LocalDate day) {
    bundle.portions().forEach(portion -> days.put(portion, day));
  }

  private LocalDate freeFrom(LeavingLine line) {
    return progress.get(line.lineId()).letGo().orElse(LocalDate.MIN);
  }

  private static LocalDate lastOwnDay(List<Portion> portions) {
    return portions.stream().map(Portion::ownDay).max(Comparator.naturalOrder()).orElseThrow();
  }

  private static LocalDate max(LocalDate one, LocalDate other) {
    return one.isAfter(other) ? one : other;
  }
}
