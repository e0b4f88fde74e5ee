package dev.backorder.notification.message.model;

/** How a new date compares with the one told before. */
public enum DateChange {
  EARLIER,
  LATER,
  /** The same last day, split otherwise. */
  OTHER
}
