package dev.backorder.inventory.book;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Places of an order in its queues. */
@ApplicationScoped
public class StandingBook {
  private final Sql sql;

  StandingBook(Sql sql) {
    this.sql = sql;
  }

  /** Portions that stand before one, and their units. */
  public record Ahead(long portions, long units) {}

  /**
   * A waiting portion and what stands before it.
   *
   * @param ahead in the queue of its item and location
   * @param aheadOfSupply among those with the same peg
   */
  public record Standing(Portion portion, Ahead ahead, Ahead aheadOfSupply) {}

  /**
   * Where the waiting portions of some lines of an order stand, by line and portion. For each it
   * counts the part of the queue before it: it is for people.
   */
  public List<Standing> of(String orderId, List<Integer> lineNos) {
    return sql.list(
        row ->
            new Standing(
                PortionBook.read(row, row.getString("order_id"), row.getInt("line_no")),
                new Ahead(row.getLong("before_count"), row.getLong("before_units")),
                new Ahead(row.getLong("pegged_count"), row.getLong("pegged_units"))),
        """
        select p.*, a.* from portion p cross join lateral (
          select count(*) as before_count, coalesce(sum(q.quantity), 0) as before_units,
            count(*) filter (where q.supply_id = p.supply_id) as pegged_count,
            coalesce(sum(q.quantity) filter (where q.supply_id = p.supply_id), 0) as pegged_units
          from portion q
          where q.sku = p.sku and q.location = p.location and q.state = 'WAITING'
            and (q.rank, q.due_date, q.sequence, q.line_no, q.portion_no)
              < (p.rank, p.due_date, p.sequence, p.line_no, p.portion_no)) a
        where p.order_id = ? and p.line_no = any(?) and p.state = 'WAITING'
        order by p.line_no, p.portion_no""",
        orderId,
        lineNos.toArray(new Integer[0]));
  }
}
