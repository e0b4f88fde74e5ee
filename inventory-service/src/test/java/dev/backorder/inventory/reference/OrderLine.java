package dev.backorder.inventory.reference;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A line of an order. */
final class OrderLine {
  final Order order;
  final int number;
  final String id;
  final String sku;
  final long ordered;
  final Optional<LocalDate> wanted;
  long shipped;
  long released;
  long refused;
  long returned;
  final List<Part> parts = new ArrayList<>();

  OrderLine(
      Order order, int number, String id, String sku, long ordered, Optional<LocalDate> wanted) {
    this.order = order;
    this.number = number;
    this.id = id;
    this.sku = sku;
    this.ordered = ordered;
    this.wanted = wanted;
  }

  OrderLine copyFor(Order other) {
    OrderLine copy = new OrderLine(other, number, id, sku, ordered, wanted);
    copy.shipped = shipped;
    copy.released = released;
    copy.refused = refused;
    copy.returned = returned;
    for (Part part : parts) {
      copy.parts.add(part.copyFor(copy));
    }
    return copy;
  }

  long held() {
    return parts.stream().mapToLong(part -> part.units).sum();
  }

  int nextNumber() {
    return parts.stream().mapToInt(part -> part.number).max().orElse(0) + 1;
  }
}
