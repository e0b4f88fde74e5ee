package dev.backorder.inventory.allocation;

import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.PortionBook;
import java.util.ArrayList;
import java.util.List;

/** Takes units off portions, collected and written in two statements. */
final class PortionCuts {
  private final List<Portion> reduced = new ArrayList<>();
  private final List<PortionId> gone = new ArrayList<>();

  /** Hears of each part that is taken. */
  interface Taken {
    void accept(Portion portion, long units);
  }

  /** Takes units off portions in this order; there must be enough. */
  void cut(List<Portion> order, long units, Taken taken) {
    long remaining = units;
    for (Portion portion : order) {
      long part = Math.min(remaining, portion.quantity());
      if (part > 0) {
        taken.accept(portion, part);
        if (part == portion.quantity()) {
          gone.add(portion.id());
        } else {
          reduced.add(portion.withQuantity(portion.quantity() - part));
        }
        remaining -= part;
      }
    }
    if (remaining > 0) {
      throw new IllegalStateException("portions hold fewer than %d units".formatted(units));
    }
  }

  /** Takes over what another one has collected, for other portions. */
  void addAll(PortionCuts others) {
    reduced.addAll(others.reduced);
    gone.addAll(others.gone);
  }

  void write(PortionBook book) {
    book.update(reduced);
    book.delete(gone);
  }
}
