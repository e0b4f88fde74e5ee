package dev.backorder.notification.message.model;

/** What holds a date back, as far as a customer is told. */
public enum DateReason {
  NONE,
  SUPPLY_DATE,
  SUPPLY_OVERDUE,
  SUPPLIER_LEAD_TIME,
  RELEASE_DATE,
  WORKING_CALENDAR,
  INSPECTION
}
