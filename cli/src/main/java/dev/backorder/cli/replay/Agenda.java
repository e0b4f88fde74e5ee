package dev.backorder.cli.replay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What suppliers, carriers and the dock will do, by the hour at which they do it, in the order in
 * which it was planned.
 */
final class Agenda {

  private final TreeMap<Instant, List<Entry>> entries = new TreeMap<>();
  private int deliveries;

  /** One thing to do. */
  sealed interface Entry {}

  /**
   * Goods arrive.
   *
   * @param supplyId the supply, which is the purchase order line
   * @param part 1 or 2
   */
  record Arrival(String purchaseOrderId, String supplyId, String sku, long quantity, int part)
      implements Entry {}

  /** A supplier moves dates. */
  record Redate(
      String purchaseOrderId, List<String> lineIds, java.time.LocalDate date, String reason)
      implements Entry {}

  /** A carrier delivers. */
  record Delivery(String shipmentId) implements Entry {}

  void add(Instant time, Entry entry) {
    entries.computeIfAbsent(time, key -> new ArrayList<>()).add(entry);
    deliveries += entry instanceof Delivery ? 1 : 0;
  }

  Optional<Instant> next() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.firstKey());
  }

  /** Removes and returns what is to be done at or before {@code now}. */
  List<Entry> takeUntil(Instant now) {
    List<Entry> due = new ArrayList<>();
    while (!entries.isEmpty() && !entries.firstKey().isAfter(now)) {
      Map.Entry<Instant, List<Entry>> first = entries.pollFirstEntry();
      due.addAll(first.getValue());
    }
    deliveries -= (int) due.stream().filter(Delivery.class::isInstance).count();
    return due;
  }

  /** Shipments on their way. */
  int deliveriesToCome() {
    return deliveries;
  }
}
