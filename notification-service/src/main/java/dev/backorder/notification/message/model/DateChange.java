package dev.backorder.notification.message.model;

/** How a new date compares with the one told before. */
public enum DateChange {
  EARLIER,
  LATER,
  /** Of several lines: some later, others not. */
  SOME_LATER,
  /** The same last day, split otherwise; of several lines: some earlier, none later. */
  OTHER
}
