package dev.backorder.inventory.location.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What a promise needs to know of a place that holds stock.
 *
 * @param code the merchant's own code
 * @param active whether it sells and ships; the stock of an inactive one is not available
 * @param zone time zone in which its promise dates are days
 * @param priority lower is asked first
 * @param handlingDays working days from reservation to departure
 * @param inspectionDays working days from a receipt until its goods can be shipped
 * @param transitDays calendar days by destination country; {@code *} is any other
 * @param calendar on which days it works
 */
public record LocationView(
    String code,
    boolean active,
    ZoneId zone,
    int priority,
    int handlingDays,
    int inspectionDays,
    Map<String, Integer> transitDays,
    WorkingCalendar calendar) {

  private static final String ANY_COUNTRY = "*";

  /** Copies the map. */
  public LocationView {
    transitDays = Map.copyOf(transitDays);
  }

  /** The day at this place. */
  public LocalDate today(Instant now) {
    return LocalDate.ofInstant(now, zone);
  }

  /**
   * Calendar days to a destination.
   *
   * @param country ISO 3166-1 alpha-2, or empty when the destination is unknown
   * @return empty when the destination is unknown or nothing is known about it
   */
  public OptionalInt transitDaysTo(String country) {
    if (country.isEmpty()) {
      return OptionalInt.empty();
    }
    Integer days = transitDays.getOrDefault(country, transitDays.get(ANY_COUNTRY));
    return days == null ? OptionalInt.empty() : OptionalInt.of(days);
  }
}
