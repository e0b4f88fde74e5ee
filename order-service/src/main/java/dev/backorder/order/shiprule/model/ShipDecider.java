package dev.backorder.order.shiprule.model;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.order.model.ShipTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Decides for the lines of one order which reserved units may leave now, and on which day each unit
 * will really leave. The rules are in docs/order-states.md. Deciding again at the same moment, with
 * the progress that came out, changes nothing.
 */
public final class ShipDecider {
  private final ShipRule rule;
  private final List<LeavingLine> lines;
  private final Instant now;
  private final ZoneId zone;

  /** Lines that leave together, whatever the rule lets others do. */
  private final List<List<LeavingLine>> groups;

  private ShipDecider(ShipRule rule, List<LeavingLine> lines, Instant now, ZoneId zone) {
    this.rule = rule;
    this.lines = List.copyOf(lines);
    this.now = now;
    this.zone = zone;
    this.groups = groups(rule, lines);
  }

  /** True when units of such an order may have to wait for others. */
  public static boolean binds(ShipRule rule, Stream<ShipTerms> lines) {
    return rule.kind() != ShipRule.Kind.AS_AVAILABLE
        || lines.anyMatch(line -> !line.group().isEmpty());
  }

  /**
   * Decides.
   *
   * @param zone in which a day begins and ends
   * @return one for each line, in the same order
   */
  public static List<Leaving> decide(
      ShipRule rule, List<LeavingLine> lines, Instant now, ZoneId zone) {
    return new ShipDecider(rule, lines, now, zone).decide();
  }

  private List<Leaving> decide() {
    Set<UUID> gathered = gathered();
    Optional<Instant> holdUntil = window(gathered);
    Map<UUID, ShipProgress> progress = new HashMap<>();
    for (LeavingLine line : lines) {
      boolean isGathered = gathered.contains(line.lineId());
      progress.put(
          line.lineId(),
          progress(
              line,
              !isGathered || holdUntil.isPresent(),
              isGathered ? holdUntil : Optional.empty()));
    }
    LeaveDays days = new LeaveDays(rule, groups, lines, progress, zone);
    return lines.stream()
        .map(line -> new Leaving(line.lineId(), days.portions(line), progress.get(line.lineId())))
        .toList();
  }

  /** Lines whose reserved units wait for nothing but the window, if there is one. */
  private Set<UUID> gathered() {
    Set<UUID> gathered = new HashSet<>();
    lines.stream().filter(this::isLot).forEach(line -> gathered.add(line.lineId()));
    for (List<LeavingLine> group : groups) {
      boolean complete = group.stream().allMatch(line -> line.awaited() == 0);
      group.forEach(
          line -> {
            if (complete) {
              gathered.add(line.lineId());
            } else {
              gathered.remove(line.lineId());
            }
          });
    }
    return gathered;
  }

  private boolean isLot(LeavingLine line) {
    return rule.kind() != ShipRule.Kind.MINIMUM
        || line.ready() >= Math.min(rule.minimumQuantity(), line.ready() + line.awaited());
  }

  /** Until when everything that is ready is held for what comes soon; empty when it is not. */
  private Optional<Instant> window(Set<UUID> gathered) {
    List<LeavingLine> parcel =
        lines.stream().filter(l -> gathered.contains(l.lineId()) && l.ready() > 0).toList();
    // What was let go once is not called back: the warehouse may be picking it.
    boolean isOver =
        parcel.stream().anyMatch(l -> l.progress().letGo().isPresent() && !l.progress().isHeld());
    if (rule.kind() != ShipRule.Kind.CONSOLIDATED || parcel.isEmpty() || isOver) {
      return Optional.empty();
    }
    Instant end =
        parcel.stream()
            .flatMap(line -> line.progress().holdUntil().stream())
            .min(Comparator.naturalOrder())
            .orElseGet(() -> now.atZone(zone).plusDays(rule.windowDays()).toInstant());
    Instant until =
        Stream.concat(
                Stream.of(end),
                latest(parcel).map(day -> day.atStartOfDay(zone).toInstant()).stream())
            .min(Comparator.naturalOrder())
            .orElseThrow();
    LocalDate lastDay = LocalDate.ofInstant(until, zone);
    boolean comesSoon = awaitedDays(gathered).anyMatch(day -> !day.isAfter(lastDay));
    return comesSoon && now.isBefore(until) ? Optional.of(until) : Optional.empty();
  }

  private Stream<LocalDate> awaitedDays(Set<UUID> gathered) {
    Set<UUID> grouped = new HashSet<>();
    groups.forEach(group -> group.forEach(line -> grouped.add(line.lineId())));
    Stream<LocalDate> alone =
        lines.stream()
            .filter(line -> !grouped.contains(line.lineId()))
            .flatMap(line -> line.awaitedDays().stream());
    Stream<LocalDate> together =
        groups.stream()
            .filter(group -> !gathered.contains(group.get(0).lineId()))
            .flatMap(group -> lastAwaited(group).stream());
    return Stream.concat(alone, together);
  }

  private static Optional<LocalDate> lastAwaited(List<LeavingLine> group) {
    return group.stream()
        .flatMap(line -> line.awaitedDays().stream())
        .max(Comparator.naturalOrder());
  }

  private ShipProgress progress(LeavingLine line, boolean held, Optional<Instant> until) {
    ShipProgress was = line.progress();
    if (line.reserved() == 0) {
      return was.hold(Optional.empty(), Optional.empty(), Optional.empty());
    }
    if (line.ready() == 0) {
      return was.hold(Optional.empty(), Optional.empty(), was.letGo());
    }
    if (held) {
      return was.hold(
          was.heldSince().or(() -> Optional.of(now)),
          until,
          line.leaving() > 0 ? was.letGo() : Optional.empty());
    }
    return was.hold(Optional.empty(), Optional.empty(), Optional.of(letGo(was)));
  }

  /**
   * What was held may have passed the day on which it could have left: the warehouse gets the whole
   * next day.
   */
  private LocalDate letGo(ShipProgress was) {
    LocalDate today = LocalDate.ofInstant(now, zone);
    return was.isHeld() ? today.plusDays(1) : was.letGo().orElse(today);
  }

  /** The strictest last day of some lines. */
  static Optional<LocalDate> latest(Collection<LeavingLine> lines) {
    return lines.stream()
        .flatMap(line -> line.terms().latest().stream())
        .min(Comparator.naturalOrder());
  }

  private static List<List<LeavingLine>> groups(ShipRule rule, List<LeavingLine> lines) {
    if (rule.kind() == ShipRule.Kind.COMPLETE) {
      return List.of(List.copyOf(lines));
    }
    Map<String, List<LeavingLine>> byName = new LinkedHashMap<>();
    for (LeavingLine line : lines) {
      if (!line.terms().group().isEmpty()) {
        byName.computeIfAbsent(line.terms().group(), g -> new ArrayList<>()).add(line);
      }
    }
    return List.copyOf(byName.values());
  }

  /**
   * The last days for which units may be promised, by line: lines that leave together may be late
   * only as much as the strictest of them.
   *
   * @param terms by line
   */
  public static Map<UUID, LocalDate> latestDays(ShipRule rule, Map<UUID, ShipTerms> terms) {
    List<LeavingLine> lines =
        terms.entrySet().stream()
            .map(
                e ->
                    new LeavingLine(
                        e.getKey(), e.getValue(), List.<Portion>of(), 0, 0, ShipProgress.NONE))
            .toList();
    Map<UUID, LocalDate> latest = new HashMap<>();
    lines.forEach(line -> line.terms().latest().ifPresent(day -> latest.put(line.lineId(), day)));
    for (List<LeavingLine> group : groups(rule, lines)) {
      latest(group).ifPresent(day -> group.forEach(line -> latest.put(line.lineId(), day)));
    }
    return latest;
  }
}
