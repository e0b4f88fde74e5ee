package dev.backorder.inventory.book;

import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** Units that wait, by the channel on which they were sold. */
@ApplicationScoped
public class ChannelBook {
  private final Sql sql;

  ChannelBook(Sql sql) {
    this.sql = sql;
  }

  /**
   * Units of these items that wait on these channels, and places that carts hold on them, by item
   * and channel. Nothing for the default channel, which has no count of its own.
   *
   * @param now places of holds that have expired by then do not count
   */
  public Map<String, Map<String, Long>> waiting(
      Collection<String> skus, Collection<String> channels, Instant now) {
    Map<String, Map<String, Long>> waiting = new HashMap<>();
    List<String> named = channels.stream().filter(channel -> !channel.isEmpty()).toList();
    if (named.isEmpty()) {
      return waiting;
    }
    sql.list(
        row ->
            waiting
                .computeIfAbsent(row.getString(1), sku -> new HashMap<>())
                .merge(row.getString(2), row.getLong(3), Math::addExact),
        """
        select sku, channel, waiting_quantity from channel_waiting
        where sku = any(?) and channel = any(?)
        union all
        select u.sku, h.channel, sum(u.place_quantity)::bigint
        from hold_units u join hold h on h.cart_id = u.cart_id
        where u.sku = any(?) and h.channel = any(?) and u.place_quantity > 0
          and u.expire_time > ?
        group by u.sku, h.channel""",
        skus.toArray(new String[0]),
        named.toArray(new String[0]),
        skus.toArray(new String[0]),
        named.toArray(new String[0]),
        now);
    return waiting;
  }

  /** Adds to the counts. Under the lock of a stock row of each item. */
  void add(SortedMap<ChannelKey, Long> deltas) {
    if (deltas.isEmpty()) {
      return;
    }
    // Two statements: a check on the row to be inserted would refuse a negative change.
    sql.later(
        """
        insert into channel_waiting (sku, channel, waiting_quantity)
        select sku, channel, 0 from unnest(?, ?) as d(sku, channel) order by sku, channel
        on conflict do nothing""",
        deltas.keySet().stream().map(ChannelKey::sku).toArray(String[]::new),
        deltas.keySet().stream().map(ChannelKey::channel).toArray(String[]::new));
    sql.later(
        """
        update channel_waiting w set waiting_quantity = w.waiting_quantity + d.units
        from unnest(?, ?, ?) as d(sku, channel, units)
        where w.sku = d.sku and w.channel = d.channel""",
        deltas.keySet().stream().map(ChannelKey::sku).toArray(String[]::new),
        deltas.keySet().stream().map(ChannelKey::channel).toArray(String[]::new),
        deltas.values().toArray(new Long[0]));
  }
}
