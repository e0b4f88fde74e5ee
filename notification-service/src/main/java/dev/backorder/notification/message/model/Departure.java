package dev.backorder.notification.message.model;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * So many units of a line that leave together.
 *
 * @param waiting true when nothing is reserved for them yet
 * @param shipByDate last day on which they leave; empty when no date is known
 * @param deliverByDate last day on which they arrive; empty when not known
 * @param reason what holds the date back
 */
public record Departure(
    long quantity,
    boolean waiting,
    Optional<LocalDate> shipByDate,
    Optional<LocalDate> deliverByDate,
    DateReason reason) {

  /** Earliest first; without a date last. */
  public static final Comparator<Departure> BY_DATE =
      Comparator.comparing(d -> d.shipByDate().orElse(LocalDate.MAX));

  /** The day on which the last unit has left; empty when that is not known. */
  static Optional<LocalDate> last(List<Departure> departures) {
    if (departures.stream().anyMatch(d -> d.shipByDate().isEmpty())) {
      return Optional.empty();
    }
    return departures.stream().flatMap(d -> d.shipByDate().stream()).max(Comparator.naturalOrder());
  }

  /** Whether both say the same to a customer. */
  static boolean sameDates(List<Departure> some, List<Departure> others) {
    return dates(some).equals(dates(others));
  }

  private static List<List<Object>> dates(List<Departure> departures) {
    return departures.stream()
        .sorted(BY_DATE.thenComparing(Departure::quantity))
        .map(d -> List.<Object>of(d.quantity(), d.shipByDate(), d.deliverByDate()))
        .toList();
  }
}
