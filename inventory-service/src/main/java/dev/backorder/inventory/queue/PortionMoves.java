package dev.backorder.inventory.queue;

import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.PortionBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Moves of whole portions and of parts of them, collected and written in three statements. */
final class PortionMoves {
  private final List<Portion> updated = new ArrayList<>();
  private final List<Split> splits = new ArrayList<>();

  private record Split(Portion portion, long units, UnaryOperator<Portion> fate) {}

  /** Gives units of a portion another fate; the rest of it, if any, stays as it is. */
  void move(Portion portion, long units, UnaryOperator<Portion> fate) {
    if (units == portion.quantity()) {
      updated.add(fate.apply(portion));
    } else {
      splits.add(new Split(portion, units, fate));
    }
  }

  int size() {
    return updated.size() + splits.size();
  }

  /** Writes them. Each portion may be moved once. */
  void write(PortionBook book) {
    Map<PortionId, Integer> highest =
        book.highestNumbers(splits.stream().map(s -> s.portion().id()).toList());
    List<Portion> parts = new ArrayList<>();
    for (Split split : splits) {
      Portion whole = split.portion();
      PortionId line = new PortionId(whole.id().orderId(), whole.id().lineNo(), 0);
      int number = highest.merge(line, 1, Integer::sum);
      updated.add(whole.withQuantity(whole.quantity() - split.units()));
      parts.add(split.fate().apply(whole.part(number, split.units())));
    }
    book.update(updated);
    book.insert(parts);
  }
}
