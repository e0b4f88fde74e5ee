package dev.backorder.supplier.catalogue.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Somebody we buy from.
 *
 * @param code our code, unique
 * @param name for people
 * @param zone time zone of its working days
 * @param active orders are only sent to an active supplier
 * @param sendDelay how long a draft waits for further needs
 * @param autoSend when false a person sends each draft
 * @param overReceiptTolerancePercent percent above the expected quantity that we accept
 * @param underReceiptTolerancePercent percent below the expected quantity at which a line is
 *     complete
 * @param calendar its working days
 */
public record SupplierProfile(
    String code,
    String name,
    ZoneId zone,
    boolean active,
    Duration sendDelay,
    boolean autoSend,
    int overReceiptTolerancePercent,
    int underReceiptTolerancePercent,
    WorkingCalendar calendar) {
  /** The supplier's day at a moment. */
  public LocalDate dayOf(Instant time) {
    return LocalDate.ofInstant(time, zone);
  }

  /**
   * When a draft that was made at {@code created} is sent by itself; empty when a person sends it.
   */
  public Optional<Instant> sendDue(Instant created) {
    return autoSend ? Optional.of(created.plus(sendDelay)) : Optional.empty();
  }

  /** Our estimate of the arrival of what is ordered at {@code ordered}. */
  public LocalDate arrivalOf(Instant ordered, int leadTimeDays) {
    return calendar.after(dayOf(ordered), leadTimeDays);
  }
}
