package dev.backorder.inventory.book;

import java.util.Comparator;

/** One item at one location: what has a balance and a queue. */
public record StockKey(String sku, String location) implements Comparable<StockKey> {
  private static final Comparator<StockKey> ORDER =
      Comparator.comparing(StockKey::sku).thenComparing(StockKey::location);

  @Override
  public int compareTo(StockKey other) {
    return ORDER.compare(this, other);
  }
}
