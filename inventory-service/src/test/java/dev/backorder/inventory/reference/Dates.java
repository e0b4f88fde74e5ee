package dev.backorder.inventory.reference;

import java.time.LocalDate;

/**
 * The dates of one site on one day (AV4): goods arrive, are inspected, are handled; each step takes
 * working days, and nothing is in the past.
 */
record Dates(Site site, LocalDate today) {

  Told fromShelf(Terms terms) {
    LocalDate ready = site.working(today, site.handlingDays());
    boolean free = ready.equals(today.plusDays(site.handlingDays()));
    return told(ready, terms, "STOCK", free ? "HANDLING" : "WORKING_CALENDAR");
  }

  /** Goods that arrive now: inspected before they are handled. */
  Told fromDock(Terms terms) {
    return site.inspectionDays() == 0
        ? fromShelf(terms)
        : told(leaves(today), terms, "STOCK", "INSPECTION");
  }

  Told fromSupply(Coming supply, Terms terms) {
    String constraint = supply.overdue ? "SUPPLY_OVERDUE" : "SUPPLY_DATE";
    return told(leaves(supply.day), terms, "SUPPLY", constraint);
  }

  /**
   * Units that are still to be bought, of a preorder by its release.
   *
   * @param leadTimeDays more than 0, unless the release is ahead
   */
  Told fromPurchase(Sale sale, int leadTimeDays, Terms terms) {
    if (sale.releaseAhead(today).isPresent()) {
      return told(firstDayOf(sale.releaseAhead(today).get()), terms, "RELEASE", "RELEASE_DATE");
    }
    LocalDate bought = today.plusDays(leadTimeDays);
    return sale.mode() == Sale.Mode.MADE_TO_ORDER
        ? told(
            site.working(bought, site.handlingDays()), terms, "MADE_TO_ORDER", "SUPPLIER_LEAD_TIME")
        : told(leaves(bought), terms, "PURCHASE", "SUPPLIER_LEAD_TIME");
  }

  /** The day on which goods leave that arrive on a day. */
  LocalDate leaves(LocalDate arrival) {
    LocalDate day = arrival.isBefore(today) ? today : arrival;
    return site.working(site.working(day, site.inspectionDays()), site.handlingDays());
  }

  /** What is released is packed before. */
  LocalDate firstDayOf(LocalDate release) {
    return site.working(release.isBefore(today) ? today : release);
  }

  private Told told(LocalDate ready, Terms terms, String basis, String constraint) {
    LocalDate released =
        terms.release().isPresent() && terms.release().get().isAfter(ready)
            ? terms.release().get()
            : ready;
    if (terms.wanted().isPresent() && terms.wanted().get().isAfter(today)) {
      LocalDate wanted = site.working(terms.wanted().get());
      if (!wanted.isBefore(released)) {
        return told(wanted, basis, "WANTED_DATE");
      }
    }
    return released.equals(ready)
        ? told(ready, basis, constraint)
        : told(released, "RELEASE", "RELEASE_DATE");
  }

  private Told told(LocalDate shipBy, String basis, String constraint) {
    return new Told(shipBy, shipBy.plusDays(site.transitDays()), basis, constraint);
  }
}
