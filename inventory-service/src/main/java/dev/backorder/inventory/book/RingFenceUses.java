package dev.backorder.inventory.book;

import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.RingFenceBook.LineUse;
import dev.backorder.inventory.keeping.model.RingFences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one transaction knows of ring fences, and what it does to them. */
final class RingFenceUses {
  private final Map<String, RingFences> fences = new HashMap<>();
  private final Set<String> knownOrders = new HashSet<>();
  private final Map<Line, Map<String, Long>> uses = new HashMap<>();
  private final Map<LineFence, Long> deltas = new LinkedHashMap<>();

  private record Line(String orderId, int lineNo) {
    static Line of(PortionId id) {
      return new Line(id.orderId(), id.lineNo());
    }
  }

  private record LineFence(Line line, String ringFenceId) {}

  Map<String, RingFences> fences() {
    return fences;
  }

  /** Orders among these whose uses were not read yet; from now on they count as read. */
  Set<String> unknown(Set<String> orderIds) {
    Set<String> unknown = new HashSet<>(orderIds);
    unknown.removeAll(knownOrders);
    knownOrders.addAll(unknown);
    return unknown;
  }

  void read(LineUse use) {
    uses.computeIfAbsent(new Line(use.orderId(), use.lineNo()), l -> new LinkedHashMap<>())
        .put(use.ringFenceId(), use.units());
  }

  void add(PortionId id, RingFences.Use use) {
    Line line = Line.of(id);
    uses.computeIfAbsent(line, l -> new LinkedHashMap<>())
        .merge(use.ringFenceId(), use.units(), Math::addExact);
    deltas.merge(new LineFence(line, use.ringFenceId()), use.units(), Math::addExact);
  }

  /** Takes units off what a line got; returns from which ring fences. */
  List<RingFences.Use> take(PortionId id, List<String> first, RingFences live, long units) {
    Map<String, Long> got = uses.getOrDefault(Line.of(id), Map.of());
    // What was got of one that has ended is forgotten: it keeps nothing any more.
    List<String> order = new ArrayList<>(first);
    got.keySet().stream().filter(f -> live.remaining(f).isEmpty()).forEach(order::add);
    List<RingFences.Use> taken = new ArrayList<>();
    long left = units;
    for (String ringFenceId : order) {
      long part = Math.min(left, got.getOrDefault(ringFenceId, 0L));
      if (part > 0) {
        taken.add(new RingFences.Use(ringFenceId, part));
        left -= part;
      }
    }
    taken.forEach(use -> add(id, new RingFences.Use(use.ringFenceId(), -use.units())));
    return taken;
  }

  /** Only what really changed. */
  List<LineUse> changes() {
    List<LineUse> changes = new ArrayList<>();
    deltas.forEach(
        (key, units) -> {
          if (units != 0) {
            changes.add(
                new LineUse(key.ringFenceId(), key.line().orderId(), key.line().lineNo(), units));
          }
        });
    return changes;
  }
}
