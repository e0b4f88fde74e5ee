package dev.backorder.supplier.need;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** A covered need stands in one line of its item and location; any other need in none. */
@ApplicationScoped
class NeedsBuyOnce implements ConsistencyCheck {
  private final Sql sql;

  NeedsBuyOnce(Sql sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "need_bought_once";
  }

  @Override
  public String description() {
    return "A covered need stands in exactly one line, of its item and location; any other need in none.";
  }

  @Override
  public List<Difference> run(int limit) {
    return Difference.in(
        sql,
        name(),
        """
        select subject, expected, actual from (
          select coalesce(n.id, b.need_id)::text as subject,
            case when n.state = 'COVERED' then '1 line of ' || n.sku || ' at ' || n.location || ', ' || n.quantity
                 else 'no line' end as expected,
            case when count(b.need_id) = 0 then 'no line'
                 else count(b.need_id) || ' line of ' || min(l.sku) || ' at ' || min(o.location)
                   || ', ' || sum(b.quantity) end as actual
          from reorder_need n
          full join purchase_order_line_need b on b.need_id = n.id
          left join purchase_order_line l on l.id = b.line_id
          left join purchase_order o on o.id = l.purchase_order_id
          group by n.id, b.need_id) found
        where expected <> actual order by subject""",
        limit);
  }
}
