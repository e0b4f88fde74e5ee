package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What can be promised of an item at a site for which day (AV5). */
final class Outlook {
  static final int DAYS = 14;

  private final World world;
  private final Place place;
  private final Dates dates;

  Outlook(World world, Place place) {
    this.world = world;
    this.place = place;
    this.dates = world.datesAt(place);
  }

  String days() {
    List<String> days = new ArrayList<>();
    for (int i = 0; i < DAYS; i++) {
      LocalDate day = dates.today().plusDays(i);
      days.add(
          Texts.day(
              day, coming(day::equals), leaving(day::equals), projected(day), promisable(day)));
    }
    return String.join("\n", days);
  }

  /**
   * Units of supply that may leave on such a day; what is overdue does not count. Units that were
   * promised for an earlier day than that count on that one: those who come later lose nothing.
   */
  private long coming(Predicate<LocalDate> days) {
    return world.suppliesAt(place).stream()
        .filter(supply -> !supply.overdue)
        .mapToLong(
            supply ->
                (days.test(dates.leaves(supply.day)) ? supply.open() - early(supply, d -> true) : 0)
                    + early(supply, days))
        .sum();
  }

  /** Units of a supply that were promised for such a day, and earlier than it lets them leave. */
  private long early(Coming supply, Predicate<LocalDate> days) {
    return world
        .parts()
        .filter(part -> part.isPegged() && part.supply.equals(supply.id))
        .filter(part -> part.told.shipBy().isBefore(dates.leaves(supply.day)))
        .filter(part -> days.test(later(part.told.shipBy(), dates.today())))
        .mapToLong(part -> part.units)
        .sum();
  }

  /**
   * Units promised to leave on such a day, late ones today; not those that wait for overdue supply.
   */
  private long leaving(Predicate<LocalDate> days) {
    return world
        .parts()
        .filter(part -> part.place.equals(place))
        .filter(part -> !part.isPegged() || !world.supply(part.supply).overdue)
        .filter(part -> days.test(later(part.told.shipBy(), dates.today())))
        .mapToLong(part -> part.units)
        .sum();
  }

  private static LocalDate later(LocalDate one, LocalDate other) {
    return one.isBefore(other) ? other : one;
  }

  /** What is there when a day is over. */
  private long projected(LocalDate day) {
    return world.onHand(place)
        + coming(each -> !each.isAfter(day))
        - leaving(each -> !each.isAfter(day));
  }

  /** Days on which anything comes or leaves. */
  private Stream<LocalDate> knownDays() {
    return Stream.concat(
        world.suppliesAt(place).stream().map(supply -> dates.leaves(supply.day)),
        world.parts().filter(part -> part.place.equals(place)).map(part -> part.told.shipBy()));
  }

  /**
   * The lowest projected balance from the day on, so that a new promise never breaks an old one;
   * and never more than nobody was promised of what is there by the day.
   */
  private long promisable(LocalDate day) {
    long lowest =
        Stream.concat(Stream.of(day), knownDays().filter(day::isBefore))
            .mapToLong(this::projected)
            .min()
            .orElseThrow();
    long unpromised =
        Math.max(0, world.free(place) - world.protectedAt(place))
            + world.suppliesAt(place).stream()
                .filter(supply -> !dates.leaves(supply.day).isAfter(day))
                .mapToLong(world::free)
                .sum();
    long notForSale = world.held(place) + world.protectedAt(place);
    return Math.max(0, Math.min(lowest - notForSale, unpromised));
  }
}
