package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.report.DaySample;
import dev.backorder.cli.report.PromiseSample;
import dev.backorder.cli.report.WeekSample;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.ShipmentLine;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the driver itself sees and counts, apart from what the services say: for the charts, and to
 * check the services.
 */
final class Tallies {

  private static final int MAX_PROMISE_SAMPLES = 20_000;

  private long orders;
  private long lines;
  private long orderedUnits;
  private long refusedUnits;
  private long waitingAtOnceUnits;
  private long shippedUnits;
  private long cancelledUnits;
  private long returnedUnits;
  private long receivedUnits;
  private long receipts;
  private long openingUnits;
  private long orderLineRows;
  private long takenBackRows;
  private final List<DaySample> days = new ArrayList<>();
  private final Map<LocalDate, WeekSample> weeks = new TreeMap<>();
  private final Map<String, Backordered> backordered = new HashMap<>();
  private final List<PromiseSample> promises = new ArrayList<>();

  /** A line that waits, until it ships; the units that were reserved at once leave before it. */
  private static final class Backordered {
    private final LocalDate placed;
    private final LocalDate promised;
    private long reservedAtOnce;

    Backordered(LocalDate placed, LocalDate promised, long reservedAtOnce) {
      this.placed = placed;
      this.promised = promised;
      this.reservedAtOnce = reservedAtOnce;
    }
  }

  void opened(long units) {
    openingUnits = Math.addExact(openingUnits, units);
  }

  void placed(Order order, LocalDate day, int rows) {
    orders++;
    orderLineRows += rows;
    LocalDate monday = day.with(DayOfWeek.MONDAY);
    for (OrderLine line : order.getLinesList()) {
      lines++;
      boolean rejected = order.getState() == OrderState.ORDER_STATE_REJECTED;
      long refused = rejected ? line.getOrderedQuantity() : line.getRefusedQuantity();
      long waits = rejected ? 0 : line.getInitiallyWaitingQuantity();
      orderedUnits += line.getOrderedQuantity();
      refusedUnits += refused;
      waitingAtOnceUnits += waits;
      weeks.merge(
          monday,
          new WeekSample(
              monday,
              line.getOrderedQuantity(),
              line.getOrderedQuantity() - refused - waits,
              waits,
              refused),
          WeekSample::plus);
      if (waits > 0) {
        lastPromise(line)
            .ifPresent(
                promised ->
                    backordered.put(
                        line.getLineId(),
                        new Backordered(
                            day, promised, line.getOrderedQuantity() - refused - waits)));
      }
    }
  }

  private static Optional<LocalDate> lastPromise(OrderLine line) {
    return line.getPortionsList().stream()
        .filter(
            portion ->
                portion.getState() == PortionState.PORTION_STATE_WAITING && portion.hasPromise())
        .map(portion -> Dates.localDate(portion.getPromise().getShipByDate()))
        .max(Comparator.naturalOrder());
  }

  void shipped(List<ShipmentLine> shipped, LocalDate day) {
    for (ShipmentLine line : shipped) {
      shippedUnits += line.getQuantity();
      Backordered waited = backordered.get(line.getLineId());
      if (waited != null) {
        waited.reservedAtOnce -= line.getQuantity();
        if (waited.reservedAtOnce < 0 && promises.size() < MAX_PROMISE_SAMPLES) {
          waited.reservedAtOnce = 0;
          promises.add(new PromiseSample(waited.placed, waited.promised, day));
        }
      }
    }
  }

  void received(long units) {
    receipts++;
    receivedUnits += units;
  }

  void takenBack(long cancelled, long returned) {
    cancelledUnits += cancelled;
    returnedUnits += returned;
  }

  void takenBackRow() {
    takenBackRows++;
  }

  void endOfDay(LocalDate day, long waitingUnits) {
    days.add(new DaySample(day, onHandUnits(), waitingUnits));
  }

  /** Units that must be on the shelf by the driver's own count. */
  long onHandUnits() {
    return openingUnits + receivedUnits - shippedUnits + returnedUnits;
  }

  long orders() {
    return orders;
  }

  long lines() {
    return lines;
  }

  long orderedUnits() {
    return orderedUnits;
  }

  long refusedUnits() {
    return refusedUnits;
  }

  long waitingAtOnceUnits() {
    return waitingAtOnceUnits;
  }

  long shippedUnits() {
    return shippedUnits;
  }

  long cancelledUnits() {
    return cancelledUnits;
  }

  long returnedUnits() {
    return returnedUnits;
  }

  long receipts() {
    return receipts;
  }

  long orderLineRows() {
    return orderLineRows;
  }

  long takenBackRows() {
    return takenBackRows;
  }

  List<DaySample> days() {
    return List.copyOf(days);
  }

  List<WeekSample> weeks() {
    return List.copyOf(weeks.values());
  }

  List<PromiseSample> promises() {
    return List.copyOf(promises);
  }
}
