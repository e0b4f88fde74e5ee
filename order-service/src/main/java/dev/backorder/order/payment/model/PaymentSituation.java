package dev.backorder.order.payment.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where an order and its money stand at one moment. Amounts are minor units of the order's
 * currency.
 *
 * @param now the moment
 * @param zone in whose days goods leave
 * @param earnedMinor value of the units that have left
 * @param open value of the units that have not, by the day on which they leave
 * @param capturedMinor what was captured or charged
 * @param refundedMinor what was given back of it
 * @param authorisations those that were recorded, lapsed ones included
 * @param methodSaved whether a payment method is kept for later
 * @param cardEnds the month at whose end the card ends, if it is a card
 */
public record PaymentSituation(
    Instant now,
    ZoneId zone,
    long earnedMinor,
    List<OpenValue> open,
    long capturedMinor,
    long refundedMinor,
    List<Authorisation> authorisations,
    boolean methodSaved,
    Optional<YearMonth> cardEnds) {
  /** Keeps the open values by day, and the authorisations by their end. */
  public PaymentSituation {
    open = open.stream().sorted(Comparator.comparing(OpenValue::shipBy)).toList();
    authorisations =
        authorisations.stream().sorted(Comparator.comparing(Authorisation::captureBefore)).toList();
  }

  /** Value of units that leave by a day. */
  public record OpenValue(LocalDate shipBy, long valueMinor) {}

  /**
   * An authorisation.
   *
   * @param leftMinor what can still be captured of it
   * @param captureBefore the provider's own end of it
   */
  public record Authorisation(long leftMinor, Instant captureBefore) {}

  /** The day of the moment. */
  LocalDate today() {
    return LocalDate.ofInstant(now, zone);
  }

  /** What the order costs now: cancelled and refused units cost nothing. */
  long owedMinor() {
    long owed = earnedMinor;
    for (OpenValue value : open) {
      owed = Math.addExact(owed, value.valueMinor());
    }
    return owed;
  }

  /** What the merchant has. */
  long heldMinor() {
    return Math.subtractExact(capturedMinor, refundedMinor);
  }

  /** Authorisations that can be captured now. */
  List<Authorisation> live() {
    return authorisations.stream()
        .filter(a -> a.leftMinor() > 0 && now.isBefore(a.captureBefore()))
        .toList();
  }

  /** Whether an authorisation holds until a day is over. */
  boolean lasts(Authorisation authorisation, LocalDate day) {
    Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
    return !authorisation.captureBefore().isBefore(end);
  }
}
