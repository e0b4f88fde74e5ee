package dev.backorder.inventory.location;

import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locations as decisions need them, in every batch of orders: kept in memory, and read again when
 * the row is another one than it was. A row is known by the transaction that wrote it, so a change
 * made through any replica shows at once.
 */
@ApplicationScoped
class LocationViews {
  private final LocationRepository locations;
  private final Sql sql;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(String writer, LocationView view) {}

  private record Row(String code, String writer) {}

  LocationViews(LocationRepository locations, Sql sql) {
    this.locations = locations;
    this.sql = sql;
  }

  /** The active ones by priority, then code. */
  List<LocationView> active() {
    return sql
        .list(
            LocationViews::read,
            "select code, xmin::text as writer from location where active order by priority, code")
        .stream()
        .map(this::view)
        .toList();
  }

  /** One, active or not. */
  Optional<LocationView> find(String code) {
    return sql.first(
            LocationViews::read,
            "select code, xmin::text as writer from location where code = ?",
            code)
        .map(this::view);
  }

  private LocationView view(Row row) {
    Known kept = known.get(row.code());
    if (kept == null || !kept.writer().equals(row.writer())) {
      // What is read now may be newer than the row that was seen: then it is read once more, later.
      kept = new Known(row.writer(), locations.findById(row.code()).view());
      known.put(row.code(), kept);
    }
    return kept.view();
  }

  private static Row read(ResultSet row) throws SQLException {
    return new Row(row.getString("code"), row.getString("writer"));
  }
}
