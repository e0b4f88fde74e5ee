package dev.backorder.inventory.availability;

import dev.backorder.inventory.item.Kits;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Tells cheaply which items have changed: each change of policy or balances counts up. */
@ApplicationScoped
class WatchMarks {
  private final Sql sql;
  private final Kits kits;

  WatchMarks(Sql sql, Kits kits) {
    this.sql = sql;
    this.kits = kits;
  }

  /** A number of changes for each item, of a kit with its components; unknown ones are missing. */
  Map<String, Long> read(Collection<String> skus) {
    Map<String, Long> own = readOwn(kits.withComponents(skus));
    Map<String, Long> marks = new HashMap<>();
    for (String sku : skus) {
      if (own.containsKey(sku)) {
        long changes = own.get(sku);
        for (String component : kits.componentsOf(sku)) {
          changes += own.getOrDefault(component, 0L);
        }
        marks.put(sku, changes);
      }
    }
    return marks;
  }

  private Map<String, Long> readOwn(Collection<String> skus) {
    Map<String, Long> marks = new HashMap<>();
    sql.list(
        row -> marks.put(row.getString(1), row.getLong(2)),
        """
        select i.sku, i.version + coalesce(
          (select sum(s.version) from stock s where s.sku = i.sku), 0)::bigint
        from item i where i.sku = any(?)""",
        (Object) skus.toArray(new String[0]));
    return marks;
  }
}
