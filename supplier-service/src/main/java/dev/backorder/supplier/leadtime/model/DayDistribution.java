package dev.backorder.supplier.leadtime.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * How many days something took.
 *
 * <p>A line counts once however many receipts it came in: each receipt weighs as much as its share
 * of the units expected of the line. Quantiles are nearest ranks, type 1 of Hyndman and Fan,
 * "Sample Quantiles in Statistical Packages" (1996): the smallest number of days that was observed
 * and that at least so many percent of the weight do not exceed. So they are whole days, and none
 * is invented between two observations.
 *
 * @param lines lines of which something was received
 * @param meanDays rounded up; 0 when nothing was observed
 * @param steps quantiles of all percentiles, ascending; empty when nothing was observed
 */
public record DayDistribution(long lines, int meanDays, List<Step> steps) {
  /** Nothing was observed. */
  public static final DayDistribution NONE = new DayDistribution(0, 0, List.of());

  private static final int ALL = 100;

  /** Weight of a whole line: large enough for the smallest share that matters. */
  private static final long WHOLE_LINE = 1_000_000;

  /**
   * Percentiles that share a quantile: those above the step before.
   *
   * @param upToPercent the highest of them
   * @param days their quantile
   */
  public record Step(int upToPercent, int days) {}

  /** Keeps a copy. */
  public DayDistribution {
    steps = List.copyOf(steps);
  }

  /**
   * Of these observations.
   *
   * @param days what is measured of each
   */
  public static DayDistribution of(
      Collection<Observation> observations, ToIntFunction<Observation> days) {
    if (observations.isEmpty()) {
      return NONE;
    }
    Map<UUID, Long> wholes = new HashMap<>();
    observations.forEach(
        o -> wholes.merge(o.line(), Math.max(o.lineExpected(), o.lineReceived()), Math::max));
    SortedMap<Integer, Long> weights = new TreeMap<>();
    observations.forEach(
        o ->
            weights.merge(
                days.applyAsInt(o), weight(o.quantity(), wholes.get(o.line())), Math::addExact));
    return of(wholes.size(), weights);
  }

  /**
   * The days that so many percent do not exceed; empty when nothing was observed.
   *
   * @param percent 1 to 100
   */
  public OptionalInt quantile(int percent) {
    return steps.stream()
        .filter(step -> percent <= step.upToPercent())
        .mapToInt(Step::days)
        .findFirst();
  }

  private static DayDistribution of(long lines, SortedMap<Integer, Long> weights) {
    long total = weights.values().stream().reduce(0L, Math::addExact);
    List<Step> steps = new ArrayList<>();
    long weighedDays = 0;
    long reached = 0;
    int percent = 0;
    for (Map.Entry<Integer, Long> entry : weights.entrySet()) {
      reached += entry.getValue();
      weighedDays =
          Math.addExact(weighedDays, Math.multiplyExact(entry.getValue(), entry.getKey()));
      int upTo = (int) (reached * ALL / total);
      if (upTo > percent) {
        steps.add(new Step(upTo, entry.getKey()));
        percent = upTo;
      }
    }
    return new DayDistribution(lines, (int) -Math.floorDiv(-weighedDays, total), steps);
  }

  /** Of a line of many units the division comes first, so that no number grows too large. */
  private static long weight(long quantity, long whole) {
    long weight =
        whole > WHOLE_LINE * WHOLE_LINE
            ? quantity / (whole / WHOLE_LINE)
            : quantity * WHOLE_LINE / whole;
    return Math.max(1, weight);
  }
}
