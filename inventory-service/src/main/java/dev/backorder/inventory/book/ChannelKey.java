package dev.backorder.inventory.book;

import java.util.Comparator;

/** One item on one channel. */
record ChannelKey(String sku, String channel) implements Comparable<ChannelKey> {
  private static final Comparator<ChannelKey> ORDER =
      Comparator.comparing(ChannelKey::sku).thenComparing(ChannelKey::channel);

  @Override
  public int compareTo(ChannelKey other) {
    return ORDER.compare(this, other);
  }
}
