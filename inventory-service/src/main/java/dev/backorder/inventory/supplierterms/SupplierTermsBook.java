package dev.backorder.inventory.supplierterms;

import dev.backorder.inventory.location.model.WorkingCalendar;
import dev.backorder.inventory.promise.model.Quantiles;
import dev.backorder.inventory.promise.model.Quantiles.Step;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** How suppliers deliver, as their facts told it. Of a key only the newest fact counts. */
@ApplicationScoped
public class SupplierTermsBook {
  private final Sql sql;

  SupplierTermsBook(Sql sql) {
    this.sql = sql;
  }

  /** Takes over what a fact tells, unless a newer one was followed already. */
  public void follow(SupplierTermsRow terms) {
    sql.update(
        """
        insert into supplier_terms as t (supplier, version, active, working_weekdays, closed_dates, send_delay_minutes,
          lead_time_line_count, lead_time_percents, lead_time_quantile_days,
          lateness_line_count, lateness_percents, lateness_quantile_days)
        values (?, ?, ?, ?, ?::text[]::date[], ?, ?, ?, ?, ?, ?, ?)
        on conflict (supplier) do update set version = excluded.version, active = excluded.active,
          working_weekdays = excluded.working_weekdays, closed_dates = excluded.closed_dates,
          send_delay_minutes = excluded.send_delay_minutes,
          lead_time_line_count = excluded.lead_time_line_count,
          lead_time_percents = excluded.lead_time_percents,
          lead_time_quantile_days = excluded.lead_time_quantile_days,
          lateness_line_count = excluded.lateness_line_count,
          lateness_percents = excluded.lateness_percents,
          lateness_quantile_days = excluded.lateness_quantile_days
        where t.version < excluded.version""",
        terms.supplier(),
        terms.version(),
        terms.active(),
        terms.calendar().weekdays().stream()
            .map(DayOfWeek::getValue)
            .sorted()
            .toArray(Integer[]::new),
        terms.calendar().closedDates().stream()
            .sorted()
            .map(LocalDate::toString)
            .toArray(String[]::new),
        terms.sendDelayMinutes(),
        terms.leadTime().lines(),
        percents(terms.leadTime()),
        days(terms.leadTime()),
        terms.lateness().lines(),
        percents(terms.lateness()),
        days(terms.lateness()));
  }

  /** The same of an item. */
  public void follow(SupplierItemTermsRow terms) {
    sql.update(
        """
        insert into supplier_item_terms as t (sku, supplier, version, lead_time_days, priority,
          lead_time_line_count, lead_time_percents, lead_time_quantile_days,
          lateness_line_count, lateness_percents, lateness_quantile_days)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (sku, supplier) do update set version = excluded.version,
          lead_time_days = excluded.lead_time_days, priority = excluded.priority,
          lead_time_line_count = excluded.lead_time_line_count,
          lead_time_percents = excluded.lead_time_percents,
          lead_time_quantile_days = excluded.lead_time_quantile_days,
          lateness_line_count = excluded.lateness_line_count,
          lateness_percents = excluded.lateness_percents,
          lateness_quantile_days = excluded.lateness_quantile_days
        where t.version < excluded.version""",
        terms.sku(),
        terms.supplier(),
        terms.version(),
        terms.leadTimeDays(),
        terms.priority(),
        terms.leadTime().lines(),
        percents(terms.leadTime()),
        days(terms.leadTime()),
        terms.lateness().lines(),
        percents(terms.lateness()),
        days(terms.lateness()));
  }

  /**
   * A row of what a decision asks about: an item of a supplier, or a supplier alone.
   *
   * @param item empty list for a supplier alone, else one
   * @param supplierWriter the transaction that wrote the row of the supplier; empty when there is
   *     none
   */
  record Found(String supplier, String supplierWriter, List<SupplierItemTermsRow> item) {}

  /** Who sells these items, and these suppliers, in one statement. */
  List<Found> find(Collection<String> skus, Collection<String> codes) {
    return sql.list(
        SupplierTermsBook::found,
        """
        select i.supplier, coalesce(s.xmin::text, '') as writer, i.sku, i.version, i.lead_time_days, i.priority,
          i.lead_time_line_count, i.lead_time_percents, i.lead_time_quantile_days,
          i.lateness_line_count, i.lateness_percents, i.lateness_quantile_days
        from supplier_item_terms i left join supplier_terms s on s.supplier = i.supplier
        where i.sku = any(?)
        union all
        select s.supplier, s.xmin::text, '', 0, 0, 0, 0, '{}', '{}', 0, '{}', '{}'
        from supplier_terms s where s.supplier = any(?)""",
        skus.toArray(String[]::new),
        codes.toArray(String[]::new));
  }

  /** These suppliers. */
  List<SupplierTermsRow> suppliers(Collection<String> codes) {
    return sql.list(
        SupplierTermsBook::terms,
        "select * from supplier_terms where supplier = any(?) order by supplier",
        (Object) codes.toArray(String[]::new));
  }

  private static Found found(ResultSet row) throws SQLException {
    String sku = row.getString("sku");
    return new Found(
        row.getString("supplier"),
        row.getString("writer"),
        sku.isEmpty()
            ? List.of()
            : List.of(
                new SupplierItemTermsRow(
                    sku,
                    row.getString("supplier"),
                    row.getLong("version"),
                    row.getInt("lead_time_days"),
                    row.getInt("priority"),
                    measured(row, "lead_time"),
                    measured(row, "lateness"))));
  }

  private static SupplierTermsRow terms(ResultSet row) throws SQLException {
    Set<DayOfWeek> weekdays =
        Arrays.stream(integers(row, "working_weekdays"))
            .map(DayOfWeek::of)
            .collect(Collectors.toSet());
    Set<LocalDate> closed = new HashSet<>();
    for (Date day : (Date[]) row.getArray("closed_dates").getArray()) {
      closed.add(day.toLocalDate());
    }
    return new SupplierTermsRow(
        row.getString("supplier"),
        row.getLong("version"),
        row.getBoolean("active"),
        calendar(weekdays, closed),
        row.getInt("send_delay_minutes"),
        measured(row, "lead_time"),
        measured(row, "lateness"));
  }

  /** The calendar of a supplier: without weekdays it works on all of them. */
  public static WorkingCalendar calendar(Set<DayOfWeek> weekdays, Set<LocalDate> closed) {
    return new WorkingCalendar(
        weekdays.isEmpty() ? WorkingCalendar.EVERY_DAY.weekdays() : weekdays, closed);
  }

  private static Measured measured(ResultSet row, String what) throws SQLException {
    long lines = row.getLong(what + "_line_count");
    if (lines == 0) {
      // Of most offers nothing was measured: their arrays are not even read.
      return Measured.NOTHING;
    }
    Integer[] percents = integers(row, what + "_percents");
    Integer[] days = integers(row, what + "_quantile_days");
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < percents.length; i++) {
      steps.add(new Step(percents[i], days[i]));
    }
    return new Measured(lines, new Quantiles(steps));
  }

  private static Integer[] integers(ResultSet row, String column) throws SQLException {
    return (Integer[]) row.getArray(column).getArray();
  }

  private static Integer[] percents(Measured measured) {
    return measured.quantiles().steps().stream().map(Step::upToPercent).toArray(Integer[]::new);
  }

  private static Integer[] days(Measured measured) {
    return measured.quantiles().steps().stream().map(Step::days).toArray(Integer[]::new);
  }
}
