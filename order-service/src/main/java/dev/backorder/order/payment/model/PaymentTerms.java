package dev.backorder.order.payment.model;

import java.time.LocalDate;

/**
 * How an order is paid, as it was agreed when it was placed.
 *
 * @param depositPercent with {@link Policy#DEPOSIT_BALANCE} the share that is charged at once
 * @param authorisationDays days that an authorisation surely lasts
 * @param lateDays how many days before its ship-by day a late authorisation is made; fewer than
 *     {@code authorisationDays}, or it would lapse before the goods leave
 */
public record PaymentTerms(Policy policy, int depositPercent, int authorisationDays, int lateDays) {
  /** When money is taken. */
  public enum Policy {
    /** All of it when the order is accepted. */
    CHARGE_NOW,
    /** Authorised first, captured by what leaves. */
    AUTHORISE_THEN_CAPTURE,
    /** A deposit at once, the balance by what leaves. */
    DEPOSIT_BALANCE,
    /** With a saved method, by what leaves. */
    CHARGE_ON_SHIPMENT
  }

  /** Refuses terms that cannot be. */
  public PaymentTerms {
    boolean isDeposit = policy == Policy.DEPOSIT_BALANCE;
    if (isDeposit && (depositPercent < 1 || depositPercent > 99)) {
      throw new IllegalArgumentException("a deposit of %d percent".formatted(depositPercent));
    }
    if (authorisationDays < 1 || lateDays < 0 || lateDays >= authorisationDays) {
      throw new IllegalArgumentException(
          "%d days before, of %d".formatted(lateDays, authorisationDays));
    }
  }

  /** The day on which a late authorisation is due for goods that leave by a day. */
  LocalDate lateDay(LocalDate shipBy, LocalDate today) {
    LocalDate day = shipBy.minusDays(lateDays);
    return day.isBefore(today) ? today : day;
  }

  /** Whether an authorisation of today still holds on a day. */
  boolean reaches(LocalDate shipBy, LocalDate today) {
    return shipBy.isBefore(today.plusDays(authorisationDays));
  }
}
