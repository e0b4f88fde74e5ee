package dev.backorder.supplier.purchaseorder.model;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * What the supplier says about a line.
 *
 * @param lineId the line
 * @param accepted units that will come; 0 rejects the line
 * @param date day of arrival; present unless rejected
 */
public record LineAnswer(UUID lineId, long accepted, Optional<LocalDate> date) {
  /** Refuses an acceptance without a date. */
  public LineAnswer {
    if (accepted > 0 && date.isEmpty()) {
      throw new IllegalArgumentException("accepted without a date");
    }
  }
}
