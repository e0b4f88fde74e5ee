package dev.backorder.order.cancel;

import com.google.protobuf.ByteString;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table of cancellations. */
@ApplicationScoped
class CancellationRows {
  private final Sql sql;

  CancellationRows(Sql sql) {
    this.sql = sql;
  }

  /** False when the caller has cancelled something with the same request id. */
  boolean insert(Cancellation cancellation, Instant now) {
    return sql.update(
            """
            INSERT INTO cancellation (cancellation_id, order_id, caller, request_id, fingerprint, reason, line_ids,
                quantities, state, create_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?) ON CONFLICT (caller, request_id) DO NOTHING""",
            cancellation.cancellationId(),
            cancellation.orderId(),
            cancellation.key().caller(),
            cancellation.key().requestId(),
            cancellation.fingerprint().toByteArray(),
            cancellation.reason(),
            cancellation.units().keySet().toArray(UUID[]::new),
            cancellation.units().values().toArray(Long[]::new),
            now)
        > 0;
  }

  Optional<Cancellation> find(UUID cancellationId) {
    return sql.first(
        CancellationRows::read,
        "SELECT * FROM cancellation WHERE cancellation_id = ?",
        cancellationId);
  }

  Optional<Cancellation> find(RequestKey key) {
    return sql.first(
        CancellationRows::read,
        "SELECT * FROM cancellation WHERE caller = ? AND request_id = ?",
        key.caller(),
        key.requestId());
  }

  void markDone(UUID cancellationId) {
    sql.update("UPDATE cancellation SET state = 'DONE' WHERE cancellation_id = ?", cancellationId);
  }

  void delete(UUID cancellationId) {
    sql.update("DELETE FROM cancellation WHERE cancellation_id = ?", cancellationId);
  }

  private static Cancellation read(ResultSet r) throws SQLException {
    UUID[] lineIds = (UUID[]) r.getArray("line_ids").getArray();
    Long[] quantities = (Long[]) r.getArray("quantities").getArray();
    Map<UUID, Long> units = new LinkedHashMap<>();
    for (int i = 0; i < lineIds.length; i++) {
      units.put(lineIds[i], quantities[i]);
    }
    return new Cancellation(
        r.getObject("cancellation_id", UUID.class),
        r.getObject("order_id", UUID.class),
        new RequestKey(r.getString("caller"), r.getObject("request_id", UUID.class)),
        ByteString.copyFrom(r.getBytes("fingerprint")),
        r.getString("reason"),
        units,
        r.getString("state").equals("DONE"));
  }
}
