package dev.backorder.order.shiprule.model;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipTerms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * A line of an order as its ship rule sees it.
 *
 * @param portions reserved and waiting units
 * @param releasing open units that are being cancelled: nobody waits for them. Waiting ones go
 *     first, the latest of them first
 * @param leaving reserved units in shipments that are being confirmed
 */
public record LeavingLine(
    UUID lineId,
    ShipTerms terms,
    List<Portion> portions,
    long releasing,
    long leaving,
    ShipProgress progress) {
  /** Keeps the portions as they are. */
  public LeavingLine {
    portions = List.copyOf(portions);
  }

  /** Units that are on hand. */
  long reserved() {
    return units(Portion.Fate.RESERVED);
  }

  /** Units on hand that neither leave already nor are being cancelled. */
  long ready() {
    long cancelled = Math.max(0, releasing - units(Portion.Fate.WAITING));
    return Math.max(0, reserved() - cancelled - leaving);
  }

  /** Units that are waited for. */
  long awaited() {
    return Math.max(0, units(Portion.Fate.WAITING) - releasing);
  }

  /** The days on which units come that are waited for, earliest first. */
  List<LocalDate> awaitedDays() {
    List<LocalDate> days = new ArrayList<>();
    long left = awaited();
    for (Portion portion : earliestFirst()) {
      if (!portion.isReserved() && left > 0) {
        days.add(portion.ownDay());
        left -= portion.quantity();
      }
    }
    return days;
  }

  List<Portion> earliestFirst() {
    return portions.stream().sorted(Comparator.comparing(Portion::ownDay)).toList();
  }

  private long units(Portion.Fate fate) {
    return portions.stream().filter(p -> p.fate() == fate).mapToLong(Portion::quantity).sum();
  }
}
