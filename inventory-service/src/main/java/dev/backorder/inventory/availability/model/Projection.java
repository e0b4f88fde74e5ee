package dev.backorder.inventory.availability.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The balance of an item at one location, day by day, and what of it can be promised.
 *
 * <p>ATP(day) is the lowest projected balance from that day on, less what is not for sale and never
 * below zero, so that a new promise never breaks an old one (AV5). The lowest is looked for in all
 * that is known, also beyond the days that are shown. Nor is it more than what nobody was promised
 * of that which is there by the day: units that stand ready for a later date are not for sale.
 */
public final class Projection {
  private final long onHand;
  private final long notForSale;
  private final LocalDate today;
  private final SortedMap<LocalDate, Long> supply = new TreeMap<>();
  private final SortedMap<LocalDate, Long> keptOfSupply = new TreeMap<>();
  private final SortedMap<LocalDate, Long> demand = new TreeMap<>();
  private final SortedMap<LocalDate, Long> free = new TreeMap<>();

  /**
   * What a day brings.
   *
   * @param supply units that may leave from this day on
   * @param demand units that are promised to leave by this day
   * @param projected units that are there when the day is over; below zero something is to be
   *     bought
   * @param promisable units that can be promised for this day
   */
  public record Day(LocalDate date, long supply, long demand, long projected, long promisable) {

    /** Both locations together; they have the same date. */
    Day plus(Day other) {
      return new Day(
          date,
          Math.addExact(supply, other.supply),
          Math.addExact(demand, other.demand),
          Math.addExact(projected, other.projected),
          Math.addExact(promisable, other.promisable));
    }
  }

  /**
   * A location.
   *
   * @param onHand units there now
   * @param notForSale of these, what carts hold and what is protected
   * @param today the day there
   */
  public Projection(long onHand, long notForSale, LocalDate today) {
    this.onHand = onHand;
    this.notForSale = notForSale;
    this.today = today;
  }

  /** Units that may leave from a day on. */
  public void addSupply(LocalDate day, long units) {
    addSupply(day, units, 0);
  }

  /**
   * The same.
   *
   * @param kept of these, units that are not for sale
   */
  public void addSupply(LocalDate day, long units, long kept) {
    supply.merge(fromToday(day), units, Math::addExact);
    keptOfSupply.merge(fromToday(day), kept, Math::addExact);
  }

  /** Units that may leave from a day on and that nobody was promised. */
  public void addFree(LocalDate day, long units) {
    free.merge(fromToday(day), Math.max(0, units), Math::addExact);
  }

  /** Units that are promised to leave by a day; what is late leaves today. */
  public void addDemand(LocalDate day, long units) {
    demand.merge(fromToday(day), units, Math::addExact);
  }

  /**
   * The days of a horizon.
   *
   * @param from the first of them; what happened before at this location counts for it
   */
  public List<Day> days(LocalDate from, int horizon) {
    TreeSet<LocalDate> known = new TreeSet<>(supply.keySet());
    known.addAll(demand.keySet());
    for (int i = 0; i < horizon; i++) {
      known.add(from.plusDays(i));
    }
    List<Day> days = new ArrayList<>();
    long balance = onHand;
    for (LocalDate date : known) {
      long in = supply.getOrDefault(date, 0L);
      long out = demand.getOrDefault(date, 0L);
      balance = Math.subtractExact(Math.addExact(balance, in), out);
      days.add(new Day(date, in, out, balance, 0));
    }
    long lowest = Long.MAX_VALUE;
    long kept = keptOfSupply.values().stream().mapToLong(Long::longValue).sum();
    for (int i = days.size() - 1; i >= 0; i--) {
      Day day = days.get(i);
      lowest = Math.min(lowest, day.projected() - kept);
      kept -= keptOfSupply.getOrDefault(day.date(), 0L);
      long unpromised =
          free.headMap(day.date().plusDays(1)).values().stream().mapToLong(units -> units).sum();
      long promisable = Math.max(0, Math.min(lowest - notForSale, unpromised));
      days.set(i, new Day(day.date(), day.supply(), day.demand(), day.projected(), promisable));
    }
    LocalDate end = from.plusDays(horizon);
    return days.stream().filter(d -> !d.date().isBefore(from) && d.date().isBefore(end)).toList();
  }

  /**
   * The days of a kit at one location, in whole kits: what its scarcest component allows. Supply
   * and demand are those of the components and are not told.
   *
   * @param components with the units of each in one kit
   */
  public static List<Day> ofKit(Map<Projection, Long> components, LocalDate from, int horizon) {
    List<Day> kits = new ArrayList<>();
    components.forEach(
        (component, perKit) -> {
          List<Day> days = component.days(from, horizon);
          for (int i = 0; i < horizon; i++) {
            Day day = days.get(i);
            long projected = Math.floorDiv(day.projected(), perKit);
            long promisable = day.promisable() / perKit;
            if (kits.size() == i) {
              kits.add(new Day(day.date(), 0, 0, projected, promisable));
            } else {
              Day least = kits.get(i);
              kits.set(
                  i,
                  new Day(
                      day.date(),
                      0,
                      0,
                      Math.min(least.projected(), projected),
                      Math.min(least.promisable(), promisable)));
            }
          }
        });
    return kits;
  }

  /** All locations together, for the same days. */
  public static List<Day> sum(List<List<Day>> locations, LocalDate from, int horizon) {
    List<Day> sum = new ArrayList<>();
    for (int i = 0; i < horizon; i++) {
      sum.add(new Day(from.plusDays(i), 0, 0, 0, 0));
    }
    for (List<Day> days : locations) {
      for (int i = 0; i < horizon; i++) {
        sum.set(i, sum.get(i).plus(days.get(i)));
      }
    }
    return sum;
  }

  private LocalDate fromToday(LocalDate day) {
    return day.isBefore(today) ? today : day;
  }
}
