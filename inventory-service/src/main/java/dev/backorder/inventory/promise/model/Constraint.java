package dev.backorder.inventory.promise.model;

/** What would have to change for an earlier date. */
public enum Constraint {
  /** Picking and packing. */
  HANDLING,
  /** The date of the supply. */
  SUPPLY_DATE,
  /** The lead time of a purchase that is not made yet. */
  SUPPLIER_LEAD_TIME,
  /** The release date. */
  RELEASE_DATE,
  /** A day on which the location or the supplier does not work. */
  WORKING_CALENDAR,
  /** Inspection after the receipt. */
  INSPECTION,
  /** The supply is late and has not come. */
  SUPPLY_OVERDUE,
  /** The buyer wants it no earlier. */
  WANTED_DATE
}
