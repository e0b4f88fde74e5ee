package dev.backorder.supplier.need;

import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Sql;
import dev.backorder.supplier.catalogue.Suppliers;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.purchaseorder.Drafts;
import dev.backorder.supplier.purchaseorder.NeededUnits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What inventory-service needs: stored once by id, covered by a purchase order line once.
 *
 * <p>Set-based statements instead of entities: needs come in bulk and are claimed with SKIP LOCKED.
 */
@ApplicationScoped
@Transactional
public class ReorderNeeds {
  private static final Logger LOG = Logger.getLogger(ReorderNeeds.class);

  private final Sql sql;
  private final Suppliers suppliers;
  private final Drafts drafts;
  private final Clock clock;

  ReorderNeeds(Sql sql, Suppliers suppliers, Drafts drafts, Clock clock, MeterRegistry meters) {
    this.sql = sql;
    this.suppliers = suppliers;
    this.drafts = drafts;
    this.clock = clock;
    Gauge.builder("backorder.needs.uncovered", this, needs -> needs.uncoveredCount())
        .description("Needs that no active supplier can cover")
        .register(meters);
  }

  /** Stores a need. A need that is known, by whatever event, stays as it is. */
  public void raise(RaisedNeed need) {
    insert(need, "UNCOVERED");
  }

  /** Gives a need up, unless it was bought already. */
  public void withdraw(RaisedNeed need) {
    if (insert(need, "CANCELLED") == 0) {
      sql.update(
          "update reorder_need set state = 'CANCELLED' where id = ? and state = 'UNCOVERED'",
          need.needId());
    }
  }

  /** True when some need waits to be looked at. */
  boolean hasWork() {
    return sql.number(
            """
            select count(*) from (
              select 1 from reorder_need
              where state = 'UNCOVERED'
                and checked_catalogue_version < (select version from catalogue_version where id = 1)
              limit 1) waiting""")
        > 0;
  }

  /**
   * Looks at waiting needs in the order in which they came, and covers those that somebody sells;
   * returns how many.
   */
  int cover(int limit) {
    // Read before the offers: a supplier that appears meanwhile raises it, and the needs are looked
    // at again.
    long version = suppliers.catalogueVersion();
    List<Waiting> claimed = claim(version, limit);
    Map<String, SoldItem> offers =
        suppliers.preferred(claimed.stream().map(Waiting::sku).distinct().toList());
    Map<Destination, List<Waiting>> byDraft =
        new TreeMap<>(
            Comparator.comparing(Destination::supplier).thenComparing(Destination::location));
    List<Waiting> uncovered = new ArrayList<>();
    for (Waiting need : claimed) {
      SoldItem offer = offers.get(need.sku());
      if (offer == null) {
        uncovered.add(need);
      } else {
        byDraft
            .computeIfAbsent(
                new Destination(offer.supplier(), need.location()), d -> new ArrayList<>())
            .add(need);
      }
    }
    byDraft.forEach((destination, needs) -> buy(destination, needs, offers));
    leave(uncovered, version);
    return claimed.size();
  }

  private void buy(Destination destination, List<Waiting> needs, Map<String, SoldItem> offers) {
    List<NeededUnits> units =
        needs.stream()
            .map(n -> new NeededUnits(n.id(), n.ordinal(), n.quantity(), offers.get(n.sku())))
            .toList();
    Waiting first = needs.get(0);
    // One change may cover needs of several chains; it belongs to that of the first.
    Calls.with(
        Calls.caller(),
        first.correlationId(),
        first.eventId().toString(),
        () -> {
          drafts.addNeeds(destination.supplier(), destination.location(), units);
          return units.size();
        });
    sql.update(
        "update reorder_need set state = 'COVERED', covered_time = ? where id = any(?)",
        clock.instant(),
        needs.stream().map(Waiting::id).toArray(UUID[]::new));
  }

  private void leave(List<Waiting> uncovered, long version) {
    if (uncovered.isEmpty()) {
      return;
    }
    uncovered.stream()
        .filter(need -> need.checkedVersion() == 0)
        .forEach(
            need -> LOG.warnf("need %s waits: no active supplier sells %s", need.id(), need.sku()));
    sql.update(
        "update reorder_need set checked_catalogue_version = ? where id = any(?)",
        version,
        uncovered.stream().map(Waiting::id).toArray(UUID[]::new));
  }

  private List<Waiting> claim(long version, int limit) {
    return sql.list(
        Waiting::read,
        """
        select id, ordinal, sku, location, quantity, checked_catalogue_version, event_id, correlation_id
        from reorder_need where state = 'UNCOVERED' and checked_catalogue_version < ?
        order by ordinal limit ? for update skip locked""",
        version,
        limit);
  }

  private int insert(RaisedNeed need, String state) {
    return sql.update(
        """
        insert into reorder_need (id, sku, location, quantity, need_by_date, state, checked_catalogue_version,
            event_id, correlation_id, arrived_time)
        values (?, ?, ?, ?, ?::date, ?, 0, ?, ?, ?)
        on conflict (id) do nothing""",
        need.needId(),
        need.sku(),
        need.location(),
        need.quantity(),
        need.needBy().map(Object::toString).orElse(null),
        state,
        need.eventId(),
        need.correlationId(),
        clock.instant());
  }

  private double uncoveredCount() {
    return sql.number("select count(*) from reorder_need where state = 'UNCOVERED'");
  }

  private record Destination(String supplier, String location) {}

  private record Waiting(
      UUID id,
      long ordinal,
      String sku,
      String location,
      long quantity,
      long checkedVersion,
      UUID eventId,
      String correlationId) {
    static Waiting read(ResultSet row) throws SQLException {
      return new Waiting(
          row.getObject("id", UUID.class),
          row.getLong("ordinal"),
          row.getString("sku"),
          row.getString("location"),
          row.getLong("quantity"),
          row.getLong("checked_catalogue_version"),
          row.getObject("event_id", UUID.class),
          row.getString("correlation_id"));
    }
  }
}
