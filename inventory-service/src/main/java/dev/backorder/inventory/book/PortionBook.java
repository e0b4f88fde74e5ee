package dev.backorder.inventory.book;

import dev.backorder.inventory.book.Portion.Place;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.promise.model.Basis;
import dev.backorder.inventory.promise.model.Constraint;
import dev.backorder.inventory.promise.model.Promise;
import dev.backorder.inventory.promise.model.Terms;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Portions of lines: what is reserved, and the queue. */
@ApplicationScoped
public class PortionBook {
  /**
   * The queue's order. The same columns in the same order are in the index {@code portion_queue}.
   */
  static final String QUEUE_ORDER = "p.rank, p.due_date, p.sequence, p.line_no, p.portion_no";

  private static final String LOWEST_FIRST =
      "p.rank desc, p.due_date desc, p.sequence desc, p.line_no desc, p.portion_no desc";

  private final Sql sql;

  PortionBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * The first waiting portions of a queue among those pegged to one of these supplies, in queue
   * order. Reads at most {@code limit} rows of each supply, however long the queue is.
   *
   * @param supplyIds supplies; the empty text stands for "not pegged"
   */
  public List<Portion> firstWaiting(StockKey key, Collection<String> supplyIds, int limit) {
    return heads(key, supplyIds, limit, QUEUE_ORDER);
  }

  /** The last ones of a queue pegged to one supply, lowest-ranked first. */
  public List<Portion> lastWaiting(StockKey key, String supplyId, int limit) {
    return heads(key, List.of(supplyId), limit, LOWEST_FIRST);
  }

  /**
   * All that are pegged to one supply after a place in its queue, at most {@code limit}, in order.
   */
  public List<Portion> peggedAfter(
      StockKey key, String supplyId, Optional<Portion> after, int limit) {
    return sql.list(
        PortionBook::read,
        """
        select * from portion p
        where p.sku = ? and p.location = ? and p.state = 'WAITING' and p.supply_id = ?
          and (p.rank, p.due_date, p.sequence, p.line_no, p.portion_no) > (?, ?::date, ?, ?, ?)
        order by\s"""
            + QUEUE_ORDER
            + " limit ?",
        key.sku(),
        key.location(),
        supplyId,
        after.map(p -> -p.place().priority()).orElse(Integer.MIN_VALUE),
        after.map(p -> p.place().due().toString()).orElse("-infinity"),
        after.map(p -> p.place().sequence()).orElse(0L),
        after.map(p -> p.id().lineNo()).orElse(0),
        after.map(p -> p.id().portionNo()).orElse(0),
        limit);
  }

  /**
   * The lowest-ranked reserved portions at a location, as many as hold the units that are wanted of
   * each item, by item and from the lowest. It reads all that is reserved of them there: it is for
   * what seldom happens.
   *
   * @param units wanted, by item
   */
  public List<Portion> lowestReserved(String location, Map<String, Long> units) {
    List<Map.Entry<String, Long>> wanted = List.copyOf(units.entrySet());
    return sql.list(
        PortionBook::read,
        """
        select q.* from (
          select p.*, sum(p.quantity) over (
            partition by p.sku order by\s"""
            + LOWEST_FIRST
            + """
            ) - p.quantity as before
          from portion p where p.location = ? and p.state = 'RESERVED' and p.sku = any(?)) q
        join unnest(?, ?) as w(sku, units) on w.sku = q.sku
        where q.before < w.units order by q.sku, q.before""",
        location,
        wanted.stream().map(Map.Entry::getKey).toArray(String[]::new),
        wanted.stream().map(Map.Entry::getKey).toArray(String[]::new),
        wanted.stream().map(Map.Entry::getValue).toArray(Long[]::new));
  }

  /** Unpegged waiting portions at a location whose day has passed. */
  public List<Portion> unpeggedBefore(String location, LocalDate day, int limit) {
    return sql.list(
        PortionBook::read,
        """
        select * from portion p
        where p.location = ? and p.state = 'WAITING' and p.supply_id = '' and p.ship_by_date < ?::date
        order by p.ship_by_date, p.sequence, p.line_no, p.portion_no limit ?""",
        location,
        day.toString(),
        limit);
  }

  /** The same in one queue, whose stock row the caller has locked. */
  public List<Portion> unpeggedBefore(StockKey key, LocalDate day, int limit) {
    return sql.list(
        PortionBook::read,
        """
        select * from portion p
        where p.sku = ? and p.location = ? and p.state = 'WAITING' and p.supply_id = ''
          and p.ship_by_date < ?::date
        order by p.rank, p.due_date, p.sequence, p.line_no, p.portion_no limit ?""",
        key.sku(),
        key.location(),
        day.toString(),
        limit);
  }

  /**
   * A waiting portion with its place.
   *
   * @param place place in the queue of its item and location; 1 is next
   * @param lineId the caller's id of the line
   */
  public record QueuedPortion(Portion portion, long place, String lineId) {}

  /**
   * A page of the queues of an item, by location and place. Places are counted, so this reads the
   * whole queue: it is for people.
   *
   * @param location only there; empty for all
   */
  public List<QueuedPortion> queue(
      String sku, String location, String afterLocation, long afterPlace, int limit) {
    return sql.list(
        row -> new QueuedPortion(read(row), row.getLong("place"), row.getString("line_id")),
        """
        select q.*, l.line_id from (
          select p.*, row_number() over (
            partition by p.location
            order by p.rank, p.due_date, p.sequence, p.line_no, p.portion_no) as place
          from portion p
          where p.sku = ? and p.state = 'WAITING' and (? = '' or p.location = ?)) q
        join allocation_line l on l.order_id = q.order_id and l.line_no = q.line_no
        where (q.location, q.place) > (?, ?)
        order by q.location, q.place limit ?""",
        sku,
        location,
        location,
        afterLocation,
        afterPlace,
        limit);
  }

  /** The highest portion number of each line. */
  public Map<PortionId, Integer> highestNumbers(Collection<PortionId> portions) {
    Map<PortionId, Integer> highest = new HashMap<>();
    if (portions.isEmpty()) {
      return highest;
    }
    sql.list(
        row ->
            highest.put(
                new PortionId(row.getString("order_id"), row.getInt("line_no"), 0),
                row.getInt("highest")),
        """
        select p.order_id, p.line_no, max(p.portion_no) as highest
        from (select distinct order_id, line_no from unnest(?, ?) as k(order_id, line_no)) k
        join portion p on p.order_id = k.order_id and p.line_no = k.line_no
        group by p.order_id, p.line_no""",
        portions.stream().map(PortionId::orderId).toArray(String[]::new),
        portions.stream().map(PortionId::lineNo).toArray(Integer[]::new));
    return highest;
  }

  /** Inserts portions. */
  public void insert(List<Portion> portions) {
    if (portions.isEmpty()) {
      return;
    }
    sql.later(
        """
        insert into portion (order_id, line_no, portion_no, sku, location, state, quantity, rank, sequence,
          supply_id, ship_by_date, deliver_by_date, percentile, basis, constraint_kind, not_before_date,
          wanted_date, due_date, transit_days, channel, customer_class, waiting_since)
        select order_id, line_no, portion_no, sku, location, state, quantity, rank, sequence, supply_id,
          ship_by::date, deliver_by::date, percentile, basis, constraint_kind, not_before::date, wanted::date,
          due::date, transit, channel, customer_class, since
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as p(order_id, line_no, portion_no,
          state, quantity, supply_id, ship_by, deliver_by, percentile, basis, constraint_kind, since, sku,
          location, rank, sequence, not_before, wanted, due, transit, channel, customer_class)""",
        join(
            fates(portions),
            new Object[] {
              text(portions, p -> p.key().sku()),
              text(portions, p -> p.key().location()),
              integers(portions, p -> -p.place().priority()),
              portions.stream().map(p -> p.place().sequence()).toArray(Long[]::new),
              text(portions, p -> day(p.terms().notBefore())),
              text(portions, p -> day(p.terms().wanted())),
              text(portions, p -> p.place().due().toString()),
              integers(
                  portions,
                  p ->
                      p.terms().transitDays().isPresent()
                          ? p.terms().transitDays().getAsInt()
                          : null),
              text(portions, Portion::channel),
              text(portions, p -> p.segment().customerClass())
            }));
  }

  /** All portions of an item after one of them, by order and line, at most {@code limit}. */
  public List<Portion> ofItem(String sku, Optional<PortionId> after, int limit) {
    return sql.list(
        PortionBook::read,
        """
        select p.* from portion p
        where p.sku = ? and p.state in ('WAITING', 'RESERVED')
          and (p.order_id, p.line_no, p.portion_no) > (?, ?, ?)
        order by p.order_id, p.line_no, p.portion_no limit ?""",
        sku,
        after.map(PortionId::orderId).orElse(""),
        after.map(PortionId::lineNo).orElse(0),
        after.map(PortionId::portionNo).orElse(0),
        limit);
  }

  /** Writes the terms of portions that exist. */
  public void updateTerms(List<Portion> portions) {
    if (portions.isEmpty()) {
      return;
    }
    sql.later(
        """
        update portion p set not_before_date = n.not_before::date
        from unnest(?, ?, ?, ?) as n(order_id, line_no, portion_no, not_before)
        where p.order_id = n.order_id and p.line_no = n.line_no and p.portion_no = n.portion_no""",
        text(portions, p -> p.id().orderId()),
        integers(portions, p -> p.id().lineNo()),
        integers(portions, p -> p.id().portionNo()),
        text(portions, p -> day(p.terms().notBefore())));
  }

  /** Writes state, quantity, peg and promise of portions that exist. */
  public void update(List<Portion> portions) {
    if (portions.isEmpty()) {
      return;
    }
    sql.later(
        """
        update portion p set state = n.state, quantity = n.quantity, supply_id = n.supply_id,
          ship_by_date = n.ship_by::date, deliver_by_date = n.deliver_by::date, percentile = n.percentile,
          basis = n.basis, constraint_kind = n.constraint_kind, waiting_since = n.since
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n(order_id, line_no, portion_no, state, quantity,
          supply_id, ship_by, deliver_by, percentile, basis, constraint_kind, since)
        where p.order_id = n.order_id and p.line_no = n.line_no and p.portion_no = n.portion_no""",
        fates(portions));
  }

  /** Removes portions whose last unit has gone. */
  public void delete(Collection<PortionId> portions) {
    if (portions.isEmpty()) {
      return;
    }
    sql.later(
        """
        delete from portion p using unnest(?, ?, ?) as k(order_id, line_no, portion_no)
        where p.order_id = k.order_id and p.line_no = k.line_no and p.portion_no = k.portion_no""",
        portions.stream().map(PortionId::orderId).toArray(String[]::new),
        portions.stream().map(PortionId::lineNo).toArray(Integer[]::new),
        portions.stream().map(PortionId::portionNo).toArray(Integer[]::new));
  }

  private List<Portion> heads(StockKey key, Collection<String> supplyIds, int limit, String order) {
    return sql.list(
        PortionBook::read,
        """
        select p.* from unnest(?) as s(id) cross join lateral (
          select * from portion p
          where p.sku = ? and p.location = ? and p.state = 'WAITING' and p.supply_id = s.id
          order by %s limit ?) p
        order by %s limit ?"""
            .formatted(order, order),
        supplyIds.toArray(new String[0]),
        key.sku(),
        key.location(),
        limit,
        limit);
  }

  /** What may change in a portion, as columns. */
  private static Object[] fates(List<Portion> portions) {
    return new Object[] {
      text(portions, p -> p.id().orderId()),
      integers(portions, p -> p.id().lineNo()),
      integers(portions, p -> p.id().portionNo()),
      text(portions, p -> p.reserved() ? "RESERVED" : "WAITING"),
      portions.stream().map(Portion::quantity).toArray(Long[]::new),
      text(portions, Portion::supplyId),
      text(portions, p -> p.promise().shipBy().toString()),
      text(portions, p -> day(p.promise().deliverBy())),
      integers(portions, p -> p.promise().percentile()),
      text(portions, p -> p.promise().basis().name()),
      text(portions, p -> p.promise().constraint().name()),
      portions.stream().map(Portion::since).toArray(Instant[]::new)
    };
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse(null);
  }

  private static String[] text(List<Portion> portions, Function<Portion, String> column) {
    return portions.stream().map(column).toArray(String[]::new);
  }

  private static Integer[] integers(List<Portion> portions, Function<Portion, Integer> column) {
    return portions.stream().map(column).toArray(Integer[]::new);
  }

  private static Object[] join(Object[] first, Object[] second) {
    List<Object> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(second));
    return all.toArray();
  }

  static Portion read(ResultSet row) throws SQLException {
    return read(row, row.getString("order_id"), row.getInt("line_no"));
  }

  static Portion read(ResultSet row, String orderId, int lineNo) throws SQLException {
    Integer transit = row.getObject("transit_days", Integer.class);
    return new Portion(
        new PortionId(orderId, lineNo, row.getInt("portion_no")),
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getString("state").equals("RESERVED"),
        row.getLong("quantity"),
        new Place(
            -row.getInt("rank"),
            row.getObject("due_date", LocalDate.class),
            row.getLong("sequence")),
        new Segment(row.getString("channel"), row.getString("customer_class")),
        row.getString("supply_id"),
        new Promise(
            row.getObject("ship_by_date", LocalDate.class),
            Optional.ofNullable(row.getObject("deliver_by_date", LocalDate.class)),
            row.getInt("percentile"),
            Basis.valueOf(row.getString("basis")),
            Constraint.valueOf(row.getString("constraint_kind"))),
        new Terms(
            Optional.ofNullable(row.getObject("not_before_date", LocalDate.class)),
            Optional.ofNullable(row.getObject("wanted_date", LocalDate.class)),
            transit == null ? OptionalInt.empty() : OptionalInt.of(transit)),
        Sql.instant(row, "waiting_since"));
  }
}
