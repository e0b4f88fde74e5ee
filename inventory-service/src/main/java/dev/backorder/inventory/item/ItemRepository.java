package dev.backorder.inventory.item;

import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.KitComponent;
import dev.backorder.inventory.item.model.ReplenishmentPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import dev.backorder.platform.sql.Sql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and locks items. */
@ApplicationScoped
class ItemRepository implements PanacheRepositoryBase<ItemEntity, String> {

  private final Sql sql;

  ItemRepository(Sql sql) {
    this.sql = sql;
  }

  List<ItemEntity> page(String afterSku, int limit) {
    return find("sku > ?1 order by sku", afterSku).range(0, limit - 1).list();
  }

  Optional<ItemEntity> lock(String sku) {
    return findByIdOptional(sku, LockModeType.PESSIMISTIC_WRITE);
  }

  /** Which of these skus are items already, in sku order. */
  List<String> existing(Collection<String> skus) {
    return sql.list(
        row -> row.getString(1),
        "SELECT sku FROM item WHERE sku = ANY (?) ORDER BY sku",
        (Object) skus.toArray(String[]::new));
  }

  /**
   * Units that wait for an item. Locks its balances at every location that sells, so that nobody
   * takes a backorder while we decide: an item that was never stocked gets its rows first, because
   * what is not there cannot be locked. In location order, as everybody does.
   */
  long lockWaiting(String sku) {
    sql.update(
        """
        INSERT INTO stock (sku, location, ring_fenced)
        SELECT ?, code, EXISTS (SELECT 1 FROM ring_fence f WHERE f.sku = ? AND NOT f.ended)
        FROM location WHERE active ORDER BY code
        ON CONFLICT DO NOTHING
        """,
        sku,
        sku);
    return sql
        .list(
            row -> row.getLong(1),
            "SELECT waiting_quantity FROM stock WHERE sku = ? ORDER BY sku, location FOR UPDATE",
            sku)
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  /** The policies of items as one channel sees them, in sku order. */
  List<ItemPolicy> policies(Collection<String> skus, String channel) {
    return sql.list(
        ItemRepository::policy,
        """
        SELECT i.sku, i.low_stock_threshold_quantity, i.protected_quantity,
               nullif(i.substitute_skus, '{}') AS substitute_skus, i.replenishment_method, i.min_quantity, i.max_quantity,
               s.sales_mode, s.backorder_limit_kind, s.backorder_limit_quantity,
               s.reliability_reserve_percent, s.release_date, s.preorder_end_date, s.lead_time_days,
               s.max_wait_days, i.sales_mode AS item_mode, i.backorder_limit_kind AS item_limit_kind,
               i.backorder_limit_quantity AS item_limit_quantity,
               i.reliability_reserve_percent AS item_reserve_percent,
               nullif(i.component_skus, '{}') AS component_skus, i.component_quantities
        FROM item i
        LEFT JOIN item_channel c ON c.sku = i.sku AND c.channel = ?
        CROSS JOIN LATERAL (
          SELECT c.sales_mode, c.backorder_limit_kind, c.backorder_limit_quantity,
                 c.reliability_reserve_percent, c.release_date, c.preorder_end_date,
                 c.lead_time_days, c.max_wait_days
          WHERE c.sku IS NOT NULL
          UNION ALL
          SELECT i.sales_mode, i.backorder_limit_kind, i.backorder_limit_quantity,
                 i.reliability_reserve_percent, i.release_date, i.preorder_end_date,
                 i.lead_time_days, i.max_wait_days
          WHERE c.sku IS NULL) s
        WHERE i.sku = ANY (?)
        ORDER BY i.sku
        """,
        channel,
        skus.toArray(String[]::new));
  }

  private static ItemPolicy policy(ResultSet row) throws SQLException {
    return new ItemPolicy(
        row.getString("sku"),
        new SalesPolicy(
            SalesMode.valueOf(row.getString("sales_mode")),
            limit(
                row,
                "backorder_limit_kind",
                "backorder_limit_quantity",
                "reliability_reserve_percent"),
            Optional.ofNullable(row.getObject("release_date", LocalDate.class)),
            Optional.ofNullable(row.getObject("preorder_end_date", LocalDate.class)),
            row.getInt("lead_time_days"),
            row.getInt("max_wait_days")),
        // An item that is sold from stock only has no limit to share: its channels have their own.
        SalesMode.valueOf(row.getString("item_mode")).takesOrdersAheadOfStock()
            ? limit(row, "item_limit_kind", "item_limit_quantity", "item_reserve_percent")
            : BackorderLimit.NONE,
        row.getLong("low_stock_threshold_quantity"),
        row.getLong("protected_quantity"),
        texts(row, "substitute_skus"),
        new ReplenishmentPolicy(
            ReplenishmentPolicy.Method.valueOf(row.getString("replenishment_method")),
            row.getLong("min_quantity"),
            row.getLong("max_quantity")),
        components(row));
  }

  private static List<KitComponent> components(ResultSet row) throws SQLException {
    List<String> skus = texts(row, "component_skus");
    if (skus.isEmpty()) {
      return List.of();
    }
    Long[] quantities = (Long[]) row.getArray("component_quantities").getArray();
    List<KitComponent> components = new ArrayList<>();
    for (int i = 0; i < skus.size(); i++) {
      components.add(new KitComponent(skus.get(i), quantities[i]));
    }
    return components;
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    Array found = row.getArray(column);
    return found == null ? List.of() : List.of((String[]) found.getArray());
  }

  /**
   * Which of these skus are items, and whether each is a kit. They stay so until the transaction
   * ends.
   */
  Map<String, Boolean> lockForKits(Collection<String> skus) {
    Map<String, Boolean> found = new HashMap<>();
    sql.list(
        row -> found.put(row.getString(1), row.getBoolean(2)),
        "SELECT sku, component_skus <> '{}' FROM item WHERE sku = ANY (?) ORDER BY sku FOR SHARE",
        (Object) skus.toArray(String[]::new));
    return found;
  }

  /** Which of these items are kits, in sku order. */
  List<String> kits(Collection<String> skus) {
    return sql.list(
        row -> row.getString(1),
        "SELECT sku FROM item WHERE sku = ANY (?) AND component_skus <> '{}' ORDER BY sku",
        (Object) skus.toArray(String[]::new));
  }

  /** A kit that an item is part of; the first by sku. */
  Optional<String> kitOf(String sku) {
    return sql.first(
        row -> row.getString(1),
        "SELECT sku FROM item WHERE component_skus <> '{}' AND component_skus @> ? ORDER BY sku LIMIT 1",
        (Object) new String[] {sku});
  }

  /** Whether an item has stock, lines or supply of its own, open or past. */
  boolean isStocked(String sku) {
    return sql.first(
            row -> row.getInt(1),
            """
            SELECT 1 WHERE EXISTS (SELECT FROM ledger_entry WHERE sku = ?)
              OR EXISTS (SELECT FROM supply WHERE sku = ? AND live)
              OR EXISTS (
                SELECT FROM stock WHERE sku = ? AND (on_hand_quantity <> 0 OR waiting_quantity <> 0
                  OR reserved_quantity <> 0 OR held_place_quantity <> 0))""",
            sku,
            sku,
            sku)
        .isPresent();
  }

  private static BackorderLimit limit(ResultSet row, String kind, String quantity, String reserve)
      throws SQLException {
    return new BackorderLimit(
        BackorderLimit.Kind.valueOf(row.getString(kind)),
        row.getLong(quantity),
        row.getInt(reserve));
  }
}
