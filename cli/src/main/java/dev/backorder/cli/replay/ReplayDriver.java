package dev.backorder.cli.replay;

import dev.backorder.cli.orderfile.Invoice;
import dev.backorder.cli.orderfile.Invoices;
import dev.backorder.cli.orderfile.OrderFile;
import dev.backorder.cli.orderfile.OrderFileScan;
import dev.backorder.cli.orderfile.Rejections;
import dev.backorder.cli.orderfile.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays an order file through the services. Time moves in steps of an hour: at each step the
 * services come to rest, then goods arrive, suppliers answer, parcels leave and arrive, and the
 * hour's orders are placed in file order. Between orders time jumps to whatever is due next, at
 * most a day.
 */
final class ReplayDriver {

  private static final Duration STEP = Duration.ofHours(1);
  private static final Duration LONGEST_JUMP = Duration.ofDays(1);

  private final Shop shop;
  private final Customers customers;
  private final SupplierActor suppliers;
  private final WarehouseActor warehouse;
  private final Consumer<Position> position;
  private final List<Invoice> hour = new ArrayList<>();
  private long invoices;
  private long waitingUnits;
  private boolean touched = true;

  /**
   * How far a replay has got.
   *
   * @param invoices done
   * @param time simulated
   * @param waitingUnits at the last end of a day
   */
  record Position(long invoices, ZonedDateTime time, long waitingUnits) {}

  ReplayDriver(Shop shop, Customers customers, Consumer<Position> position) {
    this.shop = shop;
    this.customers = customers;
    this.suppliers = new SupplierActor(shop);
    this.warehouse = new WarehouseActor(shop, customers);
    this.position = position;
  }

  /** Plays the whole window and then lets time run on until nobody waits. */
  void play(OrderFile file, OrderFileScan scan, Window window, Rejections rejections) {
    Invoices.read(file, scan, window, this::take, rejections::add);
    playHour();
    runOut();
    shop.parallel().join();
    shop.time().settle(shop.time().now());
    shop.time().finish();
  }

  private void take(Invoice invoice) {
    if (!hour.isEmpty() && hourOf(invoice).isAfter(hourOf(hour.get(0)))) {
      playHour();
    }
    hour.add(invoice);
  }

  private static Instant hourOf(Invoice invoice) {
    return invoice.time().truncatedTo(ChronoUnit.HOURS);
  }

  private void playHour() {
    if (hour.isEmpty()) {
      return;
    }
    advanceTo(hourOf(hour.get(0)));
    customers.introduce(hour);
    for (Invoice invoice : hour) {
      customers.act(invoice);
      invoices++;
      tell();
    }
    customers.placeWaiting();
    hour.clear();
    touched = true;
  }

  private void tell() {
    position.accept(new Position(invoices, shop.time().now().atZone(shop.zone()), waitingUnits));
  }

  /**
   * Steps through everything that happens up to {@code target}. A file that goes back in time is
   * played at the present.
   */
  private void advanceTo(Instant target) {
    while (shop.time().now().isBefore(target)) {
      step(next(target));
    }
  }

  private Instant next(Instant target) {
    Instant soonest = shop.time().now().plus(STEP);
    if (!target.isAfter(soonest)) {
      return target;
    }
    if (touched) {
      // Our own calls may have set timers: ask before jumping over them.
      settle(shop.time().now());
      touched = false;
    }
    Instant next = earliest(target, shop.time().now().plus(LONGEST_JUMP));
    next = shop.time().nextDue().map(ReplayDriver::ceiling).map(earliestWith(next)).orElse(next);
    next = shop.agenda().next().map(earliestWith(next)).orElse(next);
    next = earliest(next, nextRoutine());
    return next.isAfter(soonest) ? next : soonest;
  }

  private static java.util.function.UnaryOperator<Instant> earliestWith(Instant other) {
    return time -> earliest(time, other);
  }

  private static Instant earliest(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant ceiling(Instant time) {
    Instant floor = time.truncatedTo(ChronoUnit.HOURS);
    return floor.equals(time) ? time : floor.plus(STEP);
  }

  /** When the suppliers answer or the warehouse ships next. */
  private Instant nextRoutine() {
    LocalDate today = shop.today();
    int[] hours = {SupplierActor.ANSWERS_AT_HOUR, shop.scenario().warehouse().shipsAtHour()};
    Instant next = shop.time().now().plus(LONGEST_JUMP);
    for (int hourOfDay : hours) {
      Instant time = shop.at(today, hourOfDay);
      Instant coming =
          time.isAfter(shop.time().now()) ? time : shop.at(today.plusDays(1), hourOfDay);
      next = earliest(next, coming);
    }
    return next;
  }

  private void settle(Instant time) {
    shop.parallel().join();
    shop.time().settle(time);
  }

  private void step(Instant time) {
    settle(time);
    List<Agenda.Entry> due = shop.agenda().takeUntil(time);
    // Carriers report to order-service, side by side with what suppliers tell the two others.
    warehouse.deliver(only(due, Agenda.Delivery.class));
    suppliers.receive(only(due, Agenda.Arrival.class));
    only(due, Agenda.Redate.class).forEach(suppliers::redate);
    touched = !due.isEmpty();
    if (shop.hourOfDay() == SupplierActor.ANSWERS_AT_HOUR) {
      suppliers.answer();
      touched = true;
    }
    if (shop.hourOfDay() == shop.scenario().warehouse().shipsAtHour()) {
      waitingUnits = warehouse.waitingUnits();
      shop.tallies().endOfDay(shop.today(), waitingUnits);
      warehouse.shipAll();
      touched = true;
    }
    tell();
  }

  private static <E extends Agenda.Entry> List<E> only(List<Agenda.Entry> entries, Class<E> type) {
    return entries.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void runOut() {
    Instant end = shop.time().now().plus(Duration.ofDays(shop.scenario().orders().runOutDays()));
    Optional<LocalDate> restDay = Optional.empty();
    while (shop.time().now().isBefore(end)) {
      Instant before = shop.time().now();
      step(next(end));
      LocalDate day = before.atZone(shop.zone()).toLocalDate();
      boolean atRest = waitingUnits == 0 && shop.agenda().deliveriesToCome() == 0;
      // A full day at rest: what was still to be offered and shipped has been.
      if (atRest && restDay.filter(first -> first.plusDays(1).isBefore(day)).isPresent()) {
        return;
      }
      restDay = atRest ? restDay.or(() -> Optional.of(day)) : Optional.empty();
    }
  }
}
