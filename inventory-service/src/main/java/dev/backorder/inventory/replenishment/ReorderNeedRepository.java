package dev.backorder.inventory.replenishment;

import dev.backorder.inventory.replenishment.model.ReorderNeed;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes needs, always in sets. */
@ApplicationScoped
class ReorderNeedRepository {

  private static final String COLUMNS =
      """
      need_id, number, sku, location, quantity, waiting_quantity, need_by_date, state, supply_id, create_time
      """;

  private final Sql sql;

  ReorderNeedRepository(Sql sql) {
    this.sql = sql;
  }

  /** Numbers for so many new needs, ascending. */
  List<Long> numbers(int count) {
    return sql.list(
        row -> row.getLong(1),
        "SELECT nextval('reorder_need_number') FROM generate_series(1, ?) ORDER BY 1",
        count);
  }

  /** Open units by sku and location. */
  Map<StockPlace, Long> openQuantities(Collection<String> skus) {
    Map<StockPlace, Long> open = new HashMap<>();
    sql.list(
            row ->
                Map.entry(
                    new StockPlace(row.getString("sku"), row.getString("location")),
                    row.getLong("quantity")),
            """
            SELECT sku, location, sum(quantity) AS quantity FROM reorder_need
            WHERE sku = ANY (?) AND state = 'OPEN' GROUP BY sku, location
            """,
            (Object) skus.toArray(String[]::new))
        .forEach(entry -> open.put(entry.getKey(), entry.getValue()));
    return open;
  }

  /**
   * Takes the next version of each sku for a fact about its needs, and with it the right to publish
   * one: held until the transaction ends.
   */
  Map<String, Long> nextVersions(Collection<String> skus) {
    Map<String, Long> versions = new HashMap<>();
    sql.list(
            row -> Map.entry(row.getString("sku"), row.getLong("version")),
            """
            INSERT INTO reorder_sku AS r (sku, version)
            SELECT DISTINCT sku, 1 FROM unnest(?) AS s (sku) ORDER BY sku
            ON CONFLICT (sku) DO UPDATE SET version = r.version + 1
            RETURNING sku, version
            """,
            (Object) skus.toArray(String[]::new))
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
    return versions;
  }

  void insert(List<ReorderNeed> needs) {
    sql.update(
        """
        INSERT INTO reorder_need (need_id, number, sku, location, quantity, waiting_quantity,
                                  need_by_date, state, create_time, update_time)
        SELECT need_id, number, sku, location, quantity, waiting_quantity, need_by_date::date, 'OPEN',
               create_time, create_time
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
          AS n (need_id, number, sku, location, quantity, waiting_quantity, need_by_date, create_time)
        """,
        needs.stream().map(ReorderNeed::needId).toArray(UUID[]::new),
        needs.stream().map(ReorderNeed::number).toArray(Long[]::new),
        needs.stream().map(ReorderNeed::sku).toArray(String[]::new),
        needs.stream().map(ReorderNeed::location).toArray(String[]::new),
        needs.stream().map(ReorderNeed::quantity).toArray(Long[]::new),
        needs.stream().map(ReorderNeed::waitingQuantity).toArray(Long[]::new),
        needs.stream()
            .map(need -> need.needByDate().map(LocalDate::toString).orElse(null))
            .toArray(String[]::new),
        needs.stream().map(ReorderNeed::createTime).toArray(Instant[]::new));
  }

  /** Locks needs, in the order of sku and number. */
  List<ReorderNeed> lock(Collection<UUID> needIds, Collection<String> skus) {
    return sql.list(
        ReorderNeedRepository::need,
        "SELECT "
            + COLUMNS
            + "FROM reorder_need WHERE need_id = ANY (?) AND sku = ANY (?)"
            + " ORDER BY sku, number FOR UPDATE",
        needIds.toArray(UUID[]::new),
        skus.toArray(String[]::new));
  }

  void updateStates(List<ReorderNeed> needs, Instant now) {
    sql.update(
        """
        UPDATE reorder_need n SET state = u.state, supply_id = u.supply_id, update_time = ?
        FROM unnest(?, ?, ?, ?) AS u (sku, need_id, state, supply_id)
        WHERE n.sku = u.sku AND n.need_id = u.need_id
        """,
        now,
        needs.stream().map(ReorderNeed::sku).toArray(String[]::new),
        needs.stream().map(ReorderNeed::needId).toArray(UUID[]::new),
        needs.stream().map(need -> need.state().name()).toArray(String[]::new),
        needs.stream().map(need -> need.supplyId().orElse(null)).toArray(String[]::new));
  }

  List<ReorderNeed> page(
      long afterNumber, Optional<ReorderNeed.State> state, String sku, int limit) {
    return sql.list(
        ReorderNeedRepository::need,
        "SELECT "
            + COLUMNS
            + "FROM reorder_need WHERE number > ? AND (? = '' OR state = ?) AND (? = '' OR sku = ?)"
            + " ORDER BY number LIMIT ?",
        afterNumber,
        state.map(Enum::name).orElse(""),
        state.map(Enum::name).orElse(""),
        sku,
        sku,
        limit);
  }

  private static ReorderNeed need(ResultSet row) throws SQLException {
    return new ReorderNeed(
        row.getObject("need_id", UUID.class),
        row.getLong("number"),
        row.getString("sku"),
        row.getString("location"),
        row.getLong("quantity"),
        row.getLong("waiting_quantity"),
        Optional.ofNullable(row.getObject("need_by_date", LocalDate.class)),
        ReorderNeed.State.valueOf(row.getString("state")),
        Optional.ofNullable(row.getString("supply_id")),
        Sql.instant(row, "create_time"));
  }
}
