package dev.backorder.inventory.book;

import dev.backorder.inventory.keeping.model.RingFence;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Ring fences. They change only under the locks of all stock rows of their item. */
@ApplicationScoped
public class RingFenceBook {
  private final Sql sql;

  RingFenceBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * The ring fences of the items among these stock rows that have any, as they remain now: what
   * carts of members hold is taken off them. Items without are missing and cost no statement.
   */
  public Map<String, RingFences> remaining(Collection<StockRow> rows, Instant now) {
    Set<String> fenced =
        rows.stream()
            .filter(StockRow::ringFenced)
            .map(row -> row.key().sku())
            .collect(Collectors.toSet());
    Map<String, List<RingFence>> bySku = new HashMap<>();
    if (!fenced.isEmpty()) {
      for (RingFenceRow row : notEnded(fenced)) {
        if (row.isLive(now)) {
          bySku
              .computeIfAbsent(row.sku(), sku -> new ArrayList<>())
              .add(
                  new RingFence(row.ringFenceId(), row.segment(), row.location(), row.remaining()));
        }
      }
    }
    Map<String, RingFences> fences = new HashMap<>();
    bySku.forEach((sku, list) -> fences.put(sku, new RingFences(list)));
    if (!fences.isEmpty()) {
      takeHeld(fences, now);
    }
    return fences;
  }

  private void takeHeld(Map<String, RingFences> fences, Instant now) {
    sql.list(
        row -> {
          fences
              .get(row.getString("sku"))
              .take(
                  new Segment(row.getString("channel"), row.getString("customer_class")),
                  row.getString("location"),
                  row.getLong("units"));
          return true;
        },
        """
        select u.sku, u.location, h.channel, h.customer_class, sum(u.shelf_quantity)::bigint as units
        from hold_units u join hold h on h.cart_id = u.cart_id
        where u.sku = any(?) and u.shelf_quantity > 0 and u.expire_time > ?
        group by u.sku, u.location, h.channel, h.customer_class
        order by u.sku, u.location, h.channel, h.customer_class""",
        fences.keySet().toArray(new String[0]),
        now);
  }

  /** Those of these items that keep units, or whose end nobody has looked at yet, oldest first. */
  public List<RingFenceRow> notEnded(Collection<String> skus) {
    return sql.list(
        RingFenceBook::read,
        "select * from ring_fence where not ended and sku = any(?) order by position",
        (Object) skus.toArray(new String[0]));
  }

  /** One of them. */
  public Optional<RingFenceRow> find(String ringFenceId) {
    return sql.first(
        RingFenceBook::read, "select * from ring_fence where ring_fence_id = ?", ringFenceId);
  }

  /**
   * Ring fences after {@code after} by id, at most {@code limit}.
   *
   * @param sku only of this item; empty for all
   * @param segment only of this channel and of this class; empty text for all
   * @param liveAt only those that keep units then; empty for all
   */
  public List<RingFenceRow> page(
      String sku, Segment segment, Optional<Instant> liveAt, String after, int limit) {
    return sql.list(
        RingFenceBook::read,
        """
        select * from ring_fence where (? = '' or sku = ?) and (? = '' or channel = ?)
          and (? = '' or customer_class = ?) and ring_fence_id > ?
          and (not ? or not ended and (end_time is null or end_time > ?))
        order by ring_fence_id limit ?""",
        sku,
        sku,
        segment.channel(),
        segment.channel(),
        segment.customerClass(),
        segment.customerClass(),
        after,
        liveAt.isPresent(),
        liveAt.orElse(Instant.EPOCH),
        limit);
  }

  /** Inserts a new one; false when its id is taken. */
  public boolean insert(RingFenceRow row) {
    return sql.update(
            """
            insert into ring_fence (ring_fence_id, sku, location, channel, customer_class, quantity,
              end_time, version, create_time, update_time)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""",
            row.ringFenceId(),
            row.sku(),
            row.location(),
            row.segment().channel(),
            row.segment().customerClass(),
            row.quantity(),
            row.endTime().orElse(null),
            row.version(),
            row.createTime(),
            row.updateTime())
        > 0;
  }

  /** Writes what a caller can set. */
  public void update(RingFenceRow row) {
    sql.later(
        """
        update ring_fence set quantity = ?, end_time = ?, version = ?, update_time = ?
        where ring_fence_id = ?""",
        row.quantity(),
        row.endTime().orElse(null),
        row.version(),
        row.updateTime(),
        row.ringFenceId());
  }

  /** Removes one and what lines got of it. */
  public void delete(String ringFenceId) {
    sql.later("delete from ring_fence_use where ring_fence_id = ?", ringFenceId);
    sql.later("delete from ring_fence where ring_fence_id = ?", ringFenceId);
  }

  /** When the first one ends of which nobody has noticed it. */
  public Optional<Instant> firstEnd() {
    return sql.first(
        row -> Sql.instant(row, "end_time"),
        """
        select end_time from ring_fence where not ended and end_time is not null
        order by end_time limit 1""");
  }

  /** Items with ring fences whose time has passed. */
  public List<String> passed(Instant now, int limit) {
    return sql.list(
        row -> row.getString(1),
        """
        select distinct sku from ring_fence where not ended and end_time <= ? order by sku limit ?""",
        now,
        limit);
  }

  /** Notices that time has passed. */
  public void endPassed(Collection<String> skus, Instant now) {
    sql.later(
        """
        update ring_fence set ended = true, version = version + 1
        where not ended and end_time <= ? and sku = any(?)""",
        now,
        skus.toArray(new String[0]));
  }

  /** What lines got of ring fences, by order. */
  List<LineUse> uses(Collection<String> orderIds) {
    return sql.list(
        row ->
            new LineUse(
                row.getString("ring_fence_id"),
                row.getString("order_id"),
                row.getInt("line_no"),
                row.getLong("quantity")),
        "select * from ring_fence_use where order_id = any(?) order by ring_fence_id",
        (Object) orderIds.toArray(new String[0]));
  }

  /** Units of a ring fence that a line got, or a change of them. */
  record LineUse(String ringFenceId, String orderId, int lineNo, long units) {}

  /** Adds to what lines got of ring fences, and to what members got of them in all. */
  void addUses(List<LineUse> changes) {
    Object[] ids = changes.stream().map(LineUse::ringFenceId).toArray(String[]::new);
    Object[] orders = changes.stream().map(LineUse::orderId).toArray(String[]::new);
    Object[] lines = changes.stream().map(LineUse::lineNo).toArray(Integer[]::new);
    Object[] units = changes.stream().map(LineUse::units).toArray(Long[]::new);
    // Two statements: a check on the row to be inserted would refuse a negative change.
    sql.later(
        """
        insert into ring_fence_use (ring_fence_id, order_id, line_no, quantity)
        select id, order_id, line_no, 0 from unnest(?, ?, ?) as d(id, order_id, line_no)
        on conflict do nothing""",
        ids,
        orders,
        lines);
    sql.later(
        """
        update ring_fence_use u set quantity = u.quantity + d.units
        from unnest(?, ?, ?, ?) as d(id, order_id, line_no, units)
        where u.ring_fence_id = d.id and u.order_id = d.order_id and u.line_no = d.line_no""",
        ids,
        orders,
        lines,
        units);
    sql.later(
        """
        update ring_fence f set consumed_quantity = f.consumed_quantity + d.units
        from (select id, sum(units)::bigint as units from unnest(?, ?) as d(id, units) group by id) d
        where f.ring_fence_id = d.id""",
        ids,
        units);
  }

  private static RingFenceRow read(ResultSet row) throws SQLException {
    return new RingFenceRow(
        row.getString("ring_fence_id"),
        row.getString("sku"),
        row.getString("location"),
        new Segment(row.getString("channel"), row.getString("customer_class")),
        row.getLong("quantity"),
        row.getLong("consumed_quantity"),
        row.getTimestamp("end_time") == null
            ? Optional.empty()
            : Optional.of(Sql.instant(row, "end_time")),
        row.getBoolean("ended"),
        row.getLong("version"),
        Sql.instant(row, "create_time"),
        Sql.instant(row, "update_time"));
  }
}
