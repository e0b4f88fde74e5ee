package dev.backorder.order.returns;

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

/** The table of returns. */
@ApplicationScoped
class GoodsReturnRows {
  private final Sql sql;

  GoodsReturnRows(Sql sql) {
    this.sql = sql;
  }

  /** False when the caller has returned something with the same request id. */
  boolean insert(GoodsReturn goodsReturn, Instant now) {
    return sql.update(
            """
            INSERT INTO goods_return (return_id, order_id, caller, request_id, fingerprint, location, reason, line_ids,
                quantities, state, create_time)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'OPEN', ?) ON CONFLICT (caller, request_id) DO NOTHING""",
            goodsReturn.returnId(),
            goodsReturn.orderId(),
            goodsReturn.key().caller(),
            goodsReturn.key().requestId(),
            goodsReturn.fingerprint().toByteArray(),
            goodsReturn.location(),
            goodsReturn.reason(),
            goodsReturn.units().keySet().toArray(UUID[]::new),
            goodsReturn.units().values().toArray(Long[]::new),
            now)
        > 0;
  }

  Optional<GoodsReturn> find(UUID returnId) {
    return sql.first(
        GoodsReturnRows::read, "SELECT * FROM goods_return WHERE return_id = ?", returnId);
  }

  Optional<GoodsReturn> find(RequestKey key) {
    return sql.first(
        GoodsReturnRows::read,
        "SELECT * FROM goods_return WHERE caller = ? AND request_id = ?",
        key.caller(),
        key.requestId());
  }

  void markDone(UUID returnId) {
    sql.update("UPDATE goods_return SET state = 'DONE' WHERE return_id = ?", returnId);
  }

  void delete(UUID returnId) {
    sql.update("DELETE FROM goods_return WHERE return_id = ?", returnId);
  }

  private static GoodsReturn read(ResultSet r) throws SQLException {
    UUID[] lineIds = (UUID[]) r.getArray("line_ids").getArray();
    Long[] quantities = (Long[]) r.getArray("quantities").getArray();
    Map<UUID, Long> units = new LinkedHashMap<>();
    for (int i = 0; i < lineIds.length; i++) {
      units.put(lineIds[i], quantities[i]);
    }
    return new GoodsReturn(
        r.getObject("return_id", UUID.class),
        r.getObject("order_id", UUID.class),
        new RequestKey(r.getString("caller"), r.getObject("request_id", UUID.class)),
        ByteString.copyFrom(r.getBytes("fingerprint")),
        r.getString("location"),
        r.getString("reason"),
        units,
        r.getString("state").equals("DONE"));
  }
}
