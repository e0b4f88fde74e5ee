package dev.backorder.inventory.book;

import dev.backorder.inventory.book.AllocationRow.SalesContextRow;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What carts hold. Units of an item and location change only under the lock of its stock row; a
 * hold itself is written after them.
 */
@ApplicationScoped
public class HoldBook {
  private final Sql sql;

  HoldBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * A hold.
   *
   * @param version grows with every change; two that place a hold for one cart notice each other
   */
  public record HoldRow(
      String cartId,
      SalesContextRow context,
      Instant expireTime,
      Instant updateTime,
      long version) {}

  /**
   * What a hold has of one item at one location.
   *
   * @param onShelf units on the shelf
   * @param places places in the queue
   */
  public record HoldUnits(
      String cartId, StockKey key, long onShelf, long places, Instant expireTime) {

    /** The change of balances when it ends. */
    public StockDelta end() {
      return StockDelta.held(-onShelf, -places);
    }
  }

  /** Holds of these carts, also expired ones. */
  public Map<String, HoldRow> find(Collection<String> cartIds) {
    return byCart(
        sql.list(
            HoldBook::readHold,
            "select * from hold where cart_id = any(?)",
            (Object) cartIds.toArray(new String[0])));
  }

  /** What these carts hold, each in the order of sku and location; expired units too. */
  public Map<String, List<HoldUnits>> units(Collection<String> cartIds) {
    return group(
        sql.list(
            HoldBook::readUnits,
            "select * from hold_units where cart_id = any(?) order by cart_id, sku, location",
            (Object) cartIds.toArray(new String[0])));
  }

  /** Holds after {@code after} by cart that have not expired, of one item or all. */
  public List<HoldRow> page(String sku, Instant now, String after, int limit) {
    return sql.list(
        HoldBook::readHold,
        """
        select h.* from hold h where h.cart_id > ? and h.expire_time > ? and exists (
          select 1 from hold_units u where u.cart_id = h.cart_id and (? = '' or u.sku = ?))
        order by h.cart_id limit ?""",
        after,
        now,
        sku,
        sku,
        limit);
  }

  /** When the first hold expires. */
  public Optional<Instant> firstExpiry() {
    return sql.first(
        row -> Sql.instant(row, "expire_time"),
        "select expire_time from hold order by expire_time limit 1");
  }

  /** Carts whose holds have expired, the longest first. */
  public List<String> expiredCarts(Instant now, int limit) {
    return sql.list(
        row -> row.getString(1),
        "select cart_id from hold where expire_time <= ? order by expire_time, cart_id limit ?",
        now,
        limit);
  }

  /**
   * Expired units of these items that still count in the balances. For who reads without a lock.
   */
  public Map<StockKey, StockDelta> expired(Collection<String> skus, Instant now) {
    Map<StockKey, StockDelta> expired = new HashMap<>();
    sql.list(
            HoldBook::readUnits,
            "select * from hold_units where sku = any(?) and expire_time <= ?",
            skus.toArray(new String[0]),
            now)
        .forEach(units -> expired.merge(units.key(), units.end(), StockDelta::plus));
    return expired;
  }

  /** Takes away expired units of stock rows that this transaction has locked. */
  public SortedMap<StockKey, StockDelta> takeExpired(Collection<StockKey> keys, Instant now) {
    SortedMap<StockKey, StockDelta> expired = new TreeMap<>();
    sql.list(
            HoldBook::readUnits,
            """
            delete from hold_units u using unnest(?, ?) as k(sku, location)
            where u.sku = k.sku and u.location = k.location and u.expire_time <= ? returning u.*""",
            keys.stream().map(StockKey::sku).toArray(String[]::new),
            keys.stream().map(StockKey::location).toArray(String[]::new),
            now)
        .forEach(units -> expired.merge(units.key(), units.end(), StockDelta::plus));
    return expired;
  }

  /** Units on a shelf that carts hold, those that expire last first. */
  public List<HoldUnits> lastOnShelf(StockKey key, int limit) {
    return sql.list(
        HoldBook::readUnits,
        """
        select * from hold_units where sku = ? and location = ? and shelf_quantity > 0
        order by expire_time desc, cart_id desc limit ?""",
        key.sku(),
        key.location(),
        limit);
  }

  /**
   * Writes holds, each as the next version of what was read.
   *
   * @return false when somebody else changed one of them meanwhile
   */
  public boolean save(Collection<HoldRow> holds) {
    List<HoldRow> rows = List.copyOf(holds);
    int written =
        sql.update(
            """
            insert into hold as h (cart_id, channel, customer_class, priority, destination_country,
              pick_up_location, sourcing_policy, expire_time, update_time, version)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as n(cart_id, channel, customer_class, priority,
              destination_country, pick_up_location, sourcing_policy, expire_time, update_time, version)
            order by cart_id
            on conflict (cart_id) do update set channel = excluded.channel,
              customer_class = excluded.customer_class, priority = excluded.priority,
              destination_country = excluded.destination_country,
              pick_up_location = excluded.pick_up_location,
              sourcing_policy = excluded.sourcing_policy, expire_time = excluded.expire_time,
              update_time = excluded.update_time, version = excluded.version
            where h.version = excluded.version - 1""",
            text(rows, HoldRow::cartId),
            text(rows, h -> h.context().channel()),
            text(rows, h -> h.context().customerClass()),
            rows.stream().map(h -> h.context().priority()).toArray(Integer[]::new),
            text(rows, h -> h.context().destinationCountry()),
            text(rows, h -> h.context().pickUpLocation()),
            text(rows, h -> h.context().sourcingPolicy()),
            rows.stream().map(HoldRow::expireTime).toArray(Instant[]::new),
            rows.stream().map(HoldRow::updateTime).toArray(Instant[]::new),
            numbers(rows, HoldRow::version));
    return written == rows.size();
  }

  /** Adds units to carts that have none at these stock rows. */
  public void insert(Collection<HoldUnits> units) {
    if (units.isEmpty()) {
      return;
    }
    List<HoldUnits> rows = List.copyOf(units);
    sql.later(
        """
        insert into hold_units (cart_id, sku, location, shelf_quantity, place_quantity, expire_time)
        select * from unnest(?, ?, ?, ?, ?, ?)""",
        text(rows, HoldUnits::cartId),
        text(rows, u -> u.key().sku()),
        text(rows, u -> u.key().location()),
        numbers(rows, HoldUnits::onShelf),
        numbers(rows, HoldUnits::places),
        rows.stream().map(HoldUnits::expireTime).toArray(Instant[]::new));
  }

  /** Takes away all units of these carts. */
  public void deleteUnits(Collection<String> cartIds) {
    if (!cartIds.isEmpty()) {
      sql.later(
          "delete from hold_units where cart_id = any(?)", (Object) cartIds.toArray(new String[0]));
    }
  }

  /** Takes away holds that have no units left, unless somebody has placed one anew. */
  public void delete(List<HoldRow> holds) {
    if (!holds.isEmpty()) {
      sql.later(
          """
          delete from hold h using unnest(?, ?) as d(cart_id, version)
          where h.cart_id = d.cart_id and h.version = d.version""",
          text(holds, HoldRow::cartId),
          numbers(holds, HoldRow::version));
    }
  }

  /** Takes units on the shelf off one hold; its row goes with its last unit. */
  public void take(HoldUnits units, long onShelf) {
    if (units.onShelf() == onShelf && units.places() == 0) {
      sql.later(
          "delete from hold_units where cart_id = ? and sku = ? and location = ?",
          units.cartId(),
          units.key().sku(),
          units.key().location());
    } else {
      sql.later(
          """
          update hold_units set shelf_quantity = shelf_quantity - ?
          where cart_id = ? and sku = ? and location = ?""",
          onShelf,
          units.cartId(),
          units.key().sku(),
          units.key().location());
    }
  }

  private static Map<String, HoldRow> byCart(List<HoldRow> rows) {
    Map<String, HoldRow> byCart = new HashMap<>();
    rows.forEach(row -> byCart.put(row.cartId(), row));
    return byCart;
  }

  private static Map<String, List<HoldUnits>> group(List<HoldUnits> units) {
    Map<String, List<HoldUnits>> byCart = new LinkedHashMap<>();
    units.forEach(u -> byCart.computeIfAbsent(u.cartId(), id -> new ArrayList<>()).add(u));
    return byCart;
  }

  private static <T> String[] text(List<T> rows, Function<T, String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  private static <T> Long[] numbers(List<T> rows, ToLongFunction<T> column) {
    return rows.stream().map(column::applyAsLong).toArray(Long[]::new);
  }

  private static HoldRow readHold(ResultSet row) throws SQLException {
    return new HoldRow(
        row.getString("cart_id"),
        SalesContextRow.read(row),
        Sql.instant(row, "expire_time"),
        Sql.instant(row, "update_time"),
        row.getLong("version"));
  }

  private static HoldUnits readUnits(ResultSet row) throws SQLException {
    return new HoldUnits(
        row.getString("cart_id"),
        new StockKey(row.getString("sku"), row.getString("location")),
        row.getLong("shelf_quantity"),
        row.getLong("place_quantity"),
        Sql.instant(row, "expire_time"));
  }
}
