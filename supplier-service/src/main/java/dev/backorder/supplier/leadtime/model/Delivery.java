package dev.backorder.supplier.leadtime.model;

import dev.backorder.supplier.catalogue.model.WorkingCalendar;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The days of a receipt.
 *
 * @param sent the order was sent
 * @param promised the supplier first promised, or we estimated when it never did
 * @param received the goods came
 */
public record Delivery(LocalDate sent, LocalDate promised, LocalDate received) {

  /**
   * Working days of the supplier from order to receipt. An order on a day without work begins on
   * the next day with work, and a receipt counts as one on the next working day, so that the days
   * are rounded up and a shutdown is no part of them.
   */
  public int leadTimeDays(WorkingCalendar calendar) {
    LocalDate day = calendar.after(sent, 0);
    LocalDate end = calendar.after(received, 0);
    int days = 0;
    while (day.isBefore(end)) {
      day = calendar.after(day, 1);
      days++;
    }
    return days;
  }

  /** Calendar days after the promised day; below zero when early. */
  public int lateDays() {
    return Math.toIntExact(ChronoUnit.DAYS.between(promised, received));
  }
}
