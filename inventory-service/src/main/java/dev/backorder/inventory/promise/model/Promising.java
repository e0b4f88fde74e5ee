package dev.backorder.inventory.promise.model;

import dev.backorder.inventory.location.model.LocationView;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Makes dates for one location on one day. Whatever the source, the goods arrive (today at the
 * earliest), are inspected, and are handled; each step takes working days of the location. So a
 * date is never in the past and never a day on which the location does not work.
 *
 * @param location the place that the goods leave
 * @param today the day there
 * @param percentiles share of cases, in percent, in which dates are expected to hold, by channel
 * @param percentile the one of these dates
 */
public record Promising(
    LocationView location, LocalDate today, Percentiles percentiles, int percentile) {

  /** Of one percentile for every channel. */
  public Promising(LocationView location, LocalDate today, int percentile) {
    this(location, today, Percentiles.always(percentile));
  }

  /** Of the usual percentile. */
  public Promising(LocationView location, LocalDate today, Percentiles percentiles) {
    this(location, today, percentiles, percentiles.usual());
  }

  /** The dates of one channel. */
  public Promising on(String channel) {
    return with(percentiles.of(channel));
  }

  /** Dates that hold on every channel. */
  public Promising onEveryChannel() {
    return with(percentiles.highest());
  }

  private Promising with(int wanted) {
    return wanted == percentile ? this : new Promising(location, today, percentiles, wanted);
  }

  /** From units on the shelf. */
  public Promise fromStock(Terms terms) {
    LocalDate ready = handled(today);
    boolean heldByCalendar = !ready.equals(today.plusDays(location.handlingDays()));
    return promise(
        ready,
        terms,
        Basis.STOCK,
        heldByCalendar ? Constraint.WORKING_CALENDAR : Constraint.HANDLING);
  }

  /** From units that arrive at this moment and may have to be inspected. */
  public Promise fromArrival(Terms terms) {
    if (location.inspectionDays() == 0) {
      return fromStock(terms);
    }
    return promise(handled(inspected(today)), terms, Basis.STOCK, Constraint.INSPECTION);
  }

  /**
   * From a supply.
   *
   * @param day the day on which it is counted on; a day that has passed counts as today
   * @param overdue whether its own day passed so long ago that {@code day} is our estimate
   */
  public Promise fromSupply(LocalDate day, boolean overdue, Terms terms) {
    return promise(
        shipDayOfArrival(day),
        terms,
        Basis.SUPPLY,
        overdue ? Constraint.SUPPLY_OVERDUE : Constraint.SUPPLY_DATE);
  }

  /** From a supply, with regard to how late it may be. */
  public Promise fromSupply(Arrival arrival, Terms terms) {
    return fromSupply(arrival.day(percentile), arrival.overdue(), terms);
  }

  /** The day on which goods of a supply leave. */
  public LocalDate shipDayOf(Arrival arrival) {
    return shipDayOfArrival(arrival.day(percentile));
  }

  /**
   * From a purchase that is not made yet.
   *
   * @param leadTimeDays what our own item says
   * @param offer of the supplier that it would be bought from, when one is known
   */
  public Promise fromPurchase(int leadTimeDays, Optional<SupplierOffer> offer, Terms terms) {
    return offer
        .map(known -> fromPurchase(known, leadTimeDays, terms))
        .orElseGet(() -> fromPurchase(leadTimeDays, terms));
  }

  /**
   * The order goes out on a working day of the supplier, after needs were collected, and the lead
   * time is in its working days, so its weekends are part of it. Single closed days are what holds
   * it back when the goods would leave earlier without them.
   */
  private Promise fromPurchase(SupplierOffer offer, int itemDays, Terms terms) {
    int days = offer.leadTimeDays(percentile, itemDays);
    LocalDate ready = shipDayOfArrival(offer.arrival(today, days));
    LocalDate unhindered = shipDayOfArrival(offer.arrivalWithoutClosures(today, days));
    return promise(
        ready,
        terms,
        Basis.PURCHASE,
        unhindered.isBefore(ready) ? Constraint.WORKING_CALENDAR : Constraint.SUPPLIER_LEAD_TIME);
  }

  /** From a purchase that is not made yet, of a supplier of whom nothing is known. */
  public Promise fromPurchase(int leadTimeDays, Terms terms) {
    return promise(
        shipDayOfArrival(today.plusDays(leadTimeDays)),
        terms,
        Basis.PURCHASE,
        Constraint.SUPPLIER_LEAD_TIME);
  }

  /** Made or bought after the order, and not inspected again. */
  public Promise madeToOrder(int leadTimeDays, Terms terms) {
    return promise(
        handled(today.plusDays(leadTimeDays)),
        terms,
        Basis.MADE_TO_ORDER,
        Constraint.SUPPLIER_LEAD_TIME);
  }

  /** From the release date alone: the merchant vouches that there will be units. */
  public Promise fromRelease(LocalDate release, Terms terms) {
    return promise(firstDayOfRelease(release), terms, Basis.RELEASE, Constraint.RELEASE_DATE);
  }

  /** The first day on which released goods may leave: they are packed before. */
  public LocalDate firstDayOfRelease(LocalDate release) {
    return location.calendar().workingDayFrom(release.isBefore(today) ? today : release);
  }

  /** The day on which goods leave that arrive on {@code day}, today at the earliest. */
  public LocalDate shipDayOfArrival(LocalDate day) {
    return handled(inspected(day.isBefore(today) ? today : day));
  }

  /** The first working day from a wanted one on. */
  public LocalDate firstDayWanted(LocalDate wanted) {
    return location.calendar().workingDayFrom(wanted.isBefore(today) ? today : wanted);
  }

  private LocalDate inspected(LocalDate day) {
    return location.calendar().addWorkingDays(day, location.inspectionDays());
  }

  private LocalDate handled(LocalDate day) {
    return location.calendar().addWorkingDays(day, location.handlingDays());
  }

  private Promise promise(LocalDate ready, Terms terms, Basis basis, Constraint constraint) {
    LocalDate released = terms.notBefore().filter(ready::isBefore).orElse(ready);
    Optional<LocalDate> wanted = terms.wanted().filter(today::isBefore).map(this::firstDayWanted);
    if (wanted.filter(day -> !day.isBefore(released)).isPresent()) {
      // Also when both fall on one day: nothing that came earlier would help.
      return Promise.of(
          wanted.get(), terms.transitDays(), percentile, basis, Constraint.WANTED_DATE);
    }
    if (released.isAfter(ready)) {
      return Promise.of(
          released, terms.transitDays(), percentile, Basis.RELEASE, Constraint.RELEASE_DATE);
    }
    return Promise.of(ready, terms.transitDays(), percentile, basis, constraint);
  }
}
