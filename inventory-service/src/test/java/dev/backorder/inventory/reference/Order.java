package dev.backorder.inventory.reference;

import java.util.ArrayList;
import java.util.List;

/** An order and what it holds. */
final class Order {
  final String id;
  final String channel;
  final int priority;

  /** Who came first has the smaller one. */
  final long sequence;

  final List<OrderLine> lines = new ArrayList<>();

  Order(String id, String channel, int priority, long sequence) {
    this.id = id;
    this.channel = channel;
    this.priority = priority;
    this.sequence = sequence;
  }

  Order copy() {
    Order copy = new Order(id, channel, priority, sequence);
    for (OrderLine line : lines) {
      copy.lines.add(line.copyFor(copy));
    }
    return copy;
  }
}
