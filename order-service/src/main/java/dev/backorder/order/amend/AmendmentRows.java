package dev.backorder.order.amend;

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

/** The table of amendments. */
@ApplicationScoped
class AmendmentRows {
  private final Sql sql;

  AmendmentRows(Sql sql) {
    this.sql = sql;
  }

  /** False when the caller has amended something with the same request id. */
  boolean insert(Amendment amendment, Instant now) {
    return sql.update(
            """
            INSERT INTO amendment (amendment_id, order_id, caller, request_id, fingerprint, reason, shortage_rule,
                line_ids, quantities, state, create_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (caller, request_id) DO NOTHING""",
            amendment.amendmentId(),
            amendment.orderId(),
            amendment.key().caller(),
            amendment.key().requestId(),
            amendment.fingerprint().toByteArray(),
            amendment.reason(),
            amendment.shortageRule(),
            amendment.fewer().keySet().toArray(UUID[]::new),
            amendment.fewer().values().toArray(Long[]::new),
            amendment.state().name(),
            now)
        > 0;
  }

  Optional<Amendment> find(UUID amendmentId) {
    return sql.first(
        AmendmentRows::read, "SELECT * FROM amendment WHERE amendment_id = ?", amendmentId);
  }

  Optional<Amendment> find(RequestKey key) {
    return sql.first(
        AmendmentRows::read,
        "SELECT * FROM amendment WHERE caller = ? AND request_id = ?",
        key.caller(),
        key.requestId());
  }

  void end(UUID amendmentId, Amendment.State state) {
    sql.update("UPDATE amendment SET state = ? WHERE amendment_id = ?", state.name(), amendmentId);
  }

  /** Forgets an amendment with its lines. */
  void delete(UUID amendmentId) {
    sql.update("DELETE FROM amendment WHERE amendment_id = ?", amendmentId);
  }

  private static Amendment read(ResultSet r) throws SQLException {
    UUID[] lineIds = (UUID[]) r.getArray("line_ids").getArray();
    Long[] quantities = (Long[]) r.getArray("quantities").getArray();
    Map<UUID, Long> fewer = new LinkedHashMap<>();
    for (int i = 0; i < lineIds.length; i++) {
      fewer.put(lineIds[i], quantities[i]);
    }
    return new Amendment(
        r.getObject("amendment_id", UUID.class),
        r.getObject("order_id", UUID.class),
        new RequestKey(r.getString("caller"), r.getObject("request_id", UUID.class)),
        ByteString.copyFrom(r.getBytes("fingerprint")),
        r.getString("reason"),
        r.getString("shortage_rule"),
        fewer,
        Amendment.State.valueOf(r.getString("state")));
  }
}
