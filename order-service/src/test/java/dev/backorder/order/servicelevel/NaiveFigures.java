package dev.backorder.order.servicelevel;

import dev.backorder.order.servicelevel.History.PastLine;
import dev.backorder.order.servicelevel.History.PastOrder;
import dev.backorder.order.servicelevel.History.PastShipment;
import dev.backorder.order.v1.ServiceLevels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** The figures of docs/glossary.md, worked out one unit at a time. */
final class NaiveFigures {
  private NaiveFigures() {}

  static ServiceLevels of(List<PastOrder> all, Instant start, Instant end) {
    List<PastOrder> orders =
        all.stream()
            .filter(o -> !o.pending() && !o.placed().isBefore(start) && o.placed().isBefore(end))
            .toList();
    List<PastLine> lines = orders.stream().flatMap(o -> o.lines().stream()).toList();
    List<String> outcomes = orders.stream().flatMap(o -> o.outcomes().stream()).toList();
    long kept = outcomes.stream().filter("KEPT"::equals).count();
    long broken = outcomes.stream().filter("BROKEN"::equals).count();
    List<Double> waits = orders.stream().flatMap(o -> waits(o).stream()).sorted().toList();
    return ServiceLevels.newBuilder()
        .setOrderCount(orders.size())
        .setLineCount(lines.size())
        .setOrderedQuantity(sum(lines, PastLine::ordered))
        .setShippedQuantity(sum(lines, PastLine::shipped))
        .setBackorderedQuantity(sum(lines, PastLine::initiallyWaiting))
        .setCancelledQuantity(sum(lines, PastLine::cancelled))
        .setRefusedQuantity(sum(lines, PastLine::refused))
        .setReturnedQuantity(sum(lines, PastLine::returned))
        .setWaitingQuantity(sum(lines, PastLine::waiting))
        .setUnitFillRate(
            rate(sum(lines, NaiveFigures::filledAtOnce), sum(lines, PastLine::ordered)))
        .setLineFillRate(rate(lines.stream().filter(NaiveFigures::isFilled).count(), lines.size()))
        .setOrderFillRate(
            rate(
                orders.stream()
                    .filter(o -> o.lines().stream().allMatch(NaiveFigures::isFilled))
                    .count(),
                orders.size()))
        .setPromiseToldCount(outcomes.size())
        .setPromiseDecidedCount(kept + broken)
        .setPromiseKeptRate(rate(kept, kept + broken))
        .setMedianWaitDays(percentile(waits, 50))
        .setP90WaitDays(percentile(waits, 90))
        .build();
  }

  /** Days that each unit waited that had to wait when the order was placed and has left. */
  private static List<Double> waits(PastOrder order) {
    List<PastShipment> left =
        order.shipments().stream()
            .filter(PastShipment::hasLeft)
            .sorted(Comparator.comparing(PastShipment::shipTime))
            .toList();
    List<Double> waits = new ArrayList<>();
    for (int i = 0; i < order.lines().size(); i++) {
      PastLine line = order.lines().get(i);
      List<Instant> departures = new ArrayList<>();
      for (PastShipment shipment : left) {
        for (long unit = 0; unit < shipment.units().get(i); unit++) {
          departures.add(shipment.shipTime());
        }
      }
      // The units that were there when it was placed leave first; a line of which none waited has
      // no others.
      long first = line.initiallyWaiting() == 0 ? departures.size() : filledAtOnce(line);
      for (long unit = first; unit < departures.size(); unit++) {
        Duration wait = Duration.between(order.placed(), departures.get((int) unit));
        waits.add(wait.toMillis() / 86_400_000.0);
      }
    }
    return waits;
  }

  private static long filledAtOnce(PastLine line) {
    return line.ordered() - line.initiallyWaiting() - line.refused();
  }

  private static boolean isFilled(PastLine line) {
    return filledAtOnce(line) == line.ordered();
  }

  private static long sum(List<PastLine> lines, ToLongFunction<PastLine> column) {
    return lines.stream().mapToLong(column).sum();
  }

  private static double rate(long part, long whole) {
    return whole == 0 ? -1 : (double) part / whole;
  }

  /** The smallest value that at least so many percent do not exceed. */
  private static double percentile(List<Double> sorted, int percent) {
    return sorted.isEmpty() ? -1 : sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }
}
