package dev.backorder.supplier.leadtime;

import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.leadtime.model.Delivery;
import dev.backorder.supplier.leadtime.model.MeasuredTimes;
import dev.backorder.supplier.leadtime.model.Observation;
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
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** What was observed, insert-only. */
@ApplicationScoped
class ObservationBook {
  private final Sql sql;
  private final LeadTimeConfig config;

  ObservationBook(Sql sql, LeadTimeConfig config) {
    this.sql = sql;
    this.config = config;
  }

  /**
   * An observation as it is kept.
   *
   * @param position place in the order of recording; 0 before it has one
   */
  record Kept(
      long position,
      String supplier,
      String sku,
      Observation observation,
      Delivery days,
      Instant receivedTime) {}

  /** Records what was observed, in this order. */
  void insert(List<Kept> observed) {
    sql.update(
        """
        insert into lead_time_observation (line_id, supplier, sku, quantity, line_received_quantity,
          line_expected_quantity, sent_date, promised_date, received_date, lead_time_days, late_days, received_time)
        select line_id, supplier, sku, quantity, line_received, line_expected, sent::date, promised::date,
          received::date, lead_time_days, late_days, received_time::timestamptz
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
          as o(line_id, supplier, sku, quantity, line_received, line_expected, sent, promised, received,
            lead_time_days, late_days, received_time, place)
        order by place""",
        observed.stream().map(o -> o.observation().line()).toArray(UUID[]::new),
        texts(observed, Kept::supplier),
        texts(observed, Kept::sku),
        numbers(observed, o -> o.observation().quantity()),
        numbers(observed, o -> o.observation().lineReceived()),
        numbers(observed, o -> o.observation().lineExpected()),
        texts(observed, o -> o.days().sent().toString()),
        texts(observed, o -> o.days().promised().toString()),
        texts(observed, o -> o.days().received().toString()),
        observed.stream().map(o -> o.observation().leadTimeDays()).toArray(Integer[]::new),
        observed.stream().map(o -> o.observation().lateDays()).toArray(Integer[]::new),
        texts(observed, o -> o.receivedTime().toString()));
  }

  /** What is measured over all items of a supplier. */
  MeasuredTimes ofSupplier(String supplier) {
    return MeasuredTimes.of(
        sql.list(
            row -> kept(row).observation(),
            "select * from lead_time_observation where supplier = ? order by position desc limit ?",
            supplier,
            config.newestReceipts()));
  }

  /** What is measured of each of these items of a supplier, by sku. */
  Map<String, MeasuredTimes> ofItems(String supplier, Collection<String> skus) {
    Map<String, List<Observation>> found = new HashMap<>();
    skus.forEach(sku -> found.put(sku, new ArrayList<>()));
    sql.list(
        row -> {
          Kept kept = kept(row);
          return found.get(kept.sku()).add(kept.observation());
        },
        """
        select o.* from unnest(?) as asked(code) cross join lateral (
          select * from lead_time_observation where supplier = ? and sku = asked.code
          order by position desc limit ?) o""",
        skus.toArray(String[]::new),
        supplier,
        config.newestReceipts());
    Map<String, MeasuredTimes> measured = new HashMap<>();
    found.forEach((sku, observations) -> measured.put(sku, MeasuredTimes.of(observations)));
    return measured;
  }

  /** Observations after a position; an empty supplier or sku means all. */
  List<Kept> page(String supplier, String sku, long after, int limit) {
    return sql.list(
        ObservationBook::kept,
        """
        select * from lead_time_observation
        where position > ? and (? = '' or supplier = ?) and (? = '' or sku = ?)
        order by position limit ?""",
        after,
        supplier,
        supplier,
        sku,
        sku,
        limit);
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getLong("position"),
        row.getString("supplier"),
        row.getString("sku"),
        new Observation(
            row.getObject("line_id", UUID.class),
            row.getLong("quantity"),
            row.getLong("line_received_quantity"),
            row.getLong("line_expected_quantity"),
            row.getInt("lead_time_days"),
            row.getInt("late_days")),
        new Delivery(
            row.getObject("sent_date", LocalDate.class),
            row.getObject("promised_date", LocalDate.class),
            row.getObject("received_date", LocalDate.class)),
        Sql.instant(row, "received_time"));
  }

  private static String[] texts(List<Kept> observed, Function<Kept, String> column) {
    return observed.stream().map(column).toArray(String[]::new);
  }

  private static Long[] numbers(List<Kept> observed, ToLongFunction<Kept> column) {
    return observed.stream().map(column::applyAsLong).toArray(Long[]::new);
  }
}
