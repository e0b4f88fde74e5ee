package dev.backorder.inventory.replenishment;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A need that says it was ordered has the supply that it names, for its own item and location. */
@ApplicationScoped
class OrderedNeedsCheck implements ConsistencyCheck {

  private final Sql sql;

  OrderedNeedsCheck(Sql sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "ordered_needs_have_supply";
  }

  @Override
  public String description() {
    return "Every ordered need names a supply of the same item and location.";
  }

  @Override
  public List<Difference> run(int limit) {
    return sql.list(
        row ->
            new Difference(
                name(), row.getString("need_id"), row.getString("wanted"), row.getString("found")),
        """
        SELECT n.need_id, 'supply ' || n.supply_id || ' of ' || n.sku || ' to ' || n.location AS wanted,
               coalesce(s.sku || ' to ' || s.location, 'nothing') AS found
        FROM reorder_need n LEFT JOIN supply s ON s.supply_id = n.supply_id
        WHERE n.state = 'ORDERED'
          AND (s.supply_id IS NULL OR s.sku <> n.sku OR s.location <> n.location)
        ORDER BY n.number LIMIT ?
        """,
        limit);
  }
}
