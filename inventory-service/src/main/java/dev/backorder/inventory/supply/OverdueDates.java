package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.Books;
import dev.backorder.inventory.book.ChangeCause;
import dev.backorder.inventory.book.Changes;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.PortionBook;
import dev.backorder.inventory.book.StockBook;
import dev.backorder.inventory.book.StockKey;
import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.promise.PromiseConfig;
import dev.backorder.inventory.queue.Pegs;
import dev.backorder.inventory.queue.Queues;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Dates that have passed (AV5). A supply that is later than the grace period stops counting for
 * newcomers; the lines that it feeds get a new date, as if it came another grace period from today,
 * or move to a supply that is free and earlier. This repeats until the supplier gives a date or the
 * goods come. A promise that rests on a purchase which never became a supply is made anew the day
 * after.
 */
@ApplicationScoped
class OverdueDates {
  private static final int MOST_PER_STEP = 100;

  private final Sql sql;
  private final StockBook stock;
  private final SupplyBook supplies;
  private final PortionBook portions;
  private final Pegs pegs;
  private final Queues queues;
  private final Books books;
  private final Locations locations;
  private final PromiseConfig config;

  OverdueDates(
      Sql sql,
      StockBook stock,
      SupplyBook supplies,
      PortionBook portions,
      Pegs pegs,
      Queues queues,
      Books books,
      Locations locations,
      PromiseConfig config) {
    this.sql = sql;
    this.stock = stock;
    this.supplies = supplies;
    this.portions = portions;
    this.pegs = pegs;
    this.queues = queues;
    this.books = books;
    this.locations = locations;
    this.config = config;
  }

  /** The first moment at which some date has passed. */
  @Transactional
  Optional<Instant> next() {
    Optional<Instant> next = Optional.empty();
    for (Map.Entry<String, LocalDate> passing : firstPassing().entrySet()) {
      Optional<Instant> moment =
          locations
              .find(passing.getKey())
              .map(location -> passing.getValue().atStartOfDay(location.zone()).toInstant());
      if (next.isEmpty() || moment.filter(next.get()::isAfter).isPresent()) {
        next = moment;
      }
    }
    return next;
  }

  /** Makes anew a bounded number of dates that have passed; returns how many. */
  @Transactional
  int renew(Instant now) {
    for (String code : firstPassing().keySet()) {
      LocalDate today = locations.find(code).map(l -> l.today(now)).orElse(LocalDate.MIN);
      int renewed = renewSupplies(code, today, now);
      if (renewed == 0) {
        renewed = renewUnpegged(code, today, now);
      }
      if (renewed > 0) {
        return renewed;
      }
    }
    return 0;
  }

  private int renewSupplies(String location, LocalDate today, Instant now) {
    if (today.equals(LocalDate.MIN)) {
      return 0;
    }
    LocalDate before = today.minusDays(config.overdueGraceDays());
    List<SupplyRow> found = supplies.openBefore(location, before, MOST_PER_STEP);
    if (found.isEmpty()) {
      return 0;
    }
    Changes changes = lock(found.stream().map(SupplyRow::key).toList(), now);
    List<SupplyRow> overdue =
        supplies.findAll(found.stream().map(SupplyRow::supplyId).toList()).stream()
            .filter(s -> s.state().isOpen() && s.effectiveDate().isBefore(before))
            .map(s -> s.overdueUntil(today.plusDays(config.overdueGraceDays())))
            .toList();
    if (overdue.isEmpty()) {
      // Somebody else was quicker.
      return found.size();
    }
    supplies.save(overdue);
    for (SupplyRow supply : overdue) {
      changes.mark(supply.key());
      if (supply.pegged() > 0) {
        pegs.followDate(changes, supply, ChangeCause.OVERDUE);
      }
    }
    overdue.stream().map(SupplyRow::key).distinct().forEach(key -> queues.settle(changes, key));
    books.close(changes);
    return overdue.size();
  }

  private int renewUnpegged(String location, LocalDate today, Instant now) {
    List<Portion> found = portions.unpeggedBefore(location, today, MOST_PER_STEP);
    if (found.isEmpty()) {
      return 0;
    }
    Changes changes = lock(found.stream().map(Portion::key).toList(), now);
    Map<StockKey, List<Portion>> passed = new TreeMap<>();
    for (StockKey key : changes.locked().keySet()) {
      List<Portion> still = portions.unpeggedBefore(key, today, MOST_PER_STEP);
      if (!still.isEmpty()) {
        passed.put(key, still);
      }
    }
    passed.forEach((key, lines) -> pegs.renewPassed(changes, key, lines));
    books.close(changes);
    return found.size();
  }

  private Changes lock(List<StockKey> keys, Instant now) {
    return new Changes(now, stock.lock(new TreeSet<>(keys)));
  }

  /** By location, the first day on which something there has passed. */
  private Map<String, LocalDate> firstPassing() {
    Map<String, LocalDate> first = new TreeMap<>();
    sql.list(
        row -> first.put(row.getString("location"), row.getObject("day", LocalDate.class)),
        """
        select location, min(day) as day from (
          select l.code as location, (
            select s.effective_date + ? from supply s
            where s.location = l.code and s.state in ('PLANNED', 'CONFIRMED')
            order by s.effective_date limit 1) as day
          from location l
          union all
          select l.code, (
            select p.ship_by_date + 1 from portion p
            where p.location = l.code and p.state = 'WAITING' and p.supply_id = ''
            order by p.ship_by_date limit 1)
          from location l) d
        where day is not null group by location order by location""",
        config.overdueGraceDays() + 1);
    return first;
  }
}
