package dev.backorder.inventory.reference;

import java.util.Map;

/**
 * An item.
 *
 * @param sale how it is sold
 * @param byChannel how it is sold where it is sold in another way
 * @param protectedUnits that nobody may have
 */
record Article(String sku, Sale sale, Map<String, Sale> byChannel, long protectedUnits) {
  Sale on(String channel) {
    return byChannel.getOrDefault(channel, sale);
  }
}
