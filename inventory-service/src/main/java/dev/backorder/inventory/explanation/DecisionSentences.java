package dev.backorder.inventory.explanation;

import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.wire.Wire;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Decisions in words that a support agent can read to a customer. */
final class DecisionSentences {
  private DecisionSentences() {}

  /**
   * One or two sentences.
   *
   * @param before what the line held; {@code null} when that is not known
   */
  static String of(AllocationChangeCause cause, AllocationLine before, AllocationLine after) {
    List<String> words = new ArrayList<>();
    words.add(why(cause));
    if (before == null) {
      words.add(holds(after));
    } else {
      moved(words, before, after);
    }
    return String.join(" ", words);
  }

  private static String why(AllocationChangeCause cause) {
    return switch (cause) {
      case ALLOCATION_CHANGE_CAUSE_ALLOCATED -> "The order was placed.";
      case ALLOCATION_CHANGE_CAUSE_EXTENDED -> "The line was added to the order.";
      case ALLOCATION_CHANGE_CAUSE_FILLED ->
          "Units came, and it was the turn of this line: first those whom they were promised, then the queue.";
      case ALLOCATION_CHANGE_CAUSE_SUPPLY_CHANGED -> "The supply that serves this line changed.";
      case ALLOCATION_CHANGE_CAUSE_RELEASED -> "Units were given back.";
      case ALLOCATION_CHANGE_CAUSE_SHIPPED -> "Units left.";
      case ALLOCATION_CHANGE_CAUSE_RETURNED -> "Units came back.";
      case ALLOCATION_CHANGE_CAUSE_SHRINKAGE ->
          "Units turned out to be missing, and this line ranked lowest of those that had some.";
      case ALLOCATION_CHANGE_CAUSE_OVERDUE -> "The day that this line counted on has passed.";
      case ALLOCATION_CHANGE_CAUSE_MOVED -> "Another location serves units of this line.";
      case ALLOCATION_CHANGE_CAUSE_RELEASE_MOVED -> "The release of the item moved.";
      default -> "The line changed.";
    };
  }

  private static String holds(AllocationLine line) {
    List<String> words = new ArrayList<>();
    for (AllocationPortion portion : line.getPortionsList()) {
      words.add(portion(portion));
    }
    if (line.getRefusedQuantity() > 0) {
      words.add("%d could not be had".formatted(line.getRefusedQuantity()));
    }
    return words.isEmpty()
        ? "It holds nothing."
        : "Of its units, " + String.join("; ", words) + ".";
  }

  private static String portion(AllocationPortion portion) {
    String date = Wire.day(portion.getPromise().getShipByDate()).toString();
    if (portion.getState() == PortionState.PORTION_STATE_RESERVED) {
      return "%d reserved at %s, to leave by %s"
          .formatted(portion.getQuantity(), portion.getLocation(), date);
    }
    return "%d waiting at %s, %s, to leave by %s"
        .formatted(
            portion.getQuantity(), portion.getLocation(), source(portion.getPromise()), date);
  }

  private static String source(Promise promise) {
    return switch (promise.getBasis()) {
      case PROMISE_BASIS_SUPPLY -> "promised from supply " + promise.getSupplyId();
      case PROMISE_BASIS_RELEASE -> "for the release";
      case PROMISE_BASIS_MADE_TO_ORDER -> "to be made";
      case PROMISE_BASIS_PURCHASE -> "from a purchase that is not made yet";
      default -> "from stock";
    };
  }

  private static void moved(List<String> words, AllocationLine before, AllocationLine after) {
    count(words, "reserved", before.getReservedQuantity(), after.getReservedQuantity());
    count(words, "waiting", before.getWaitingQuantity(), after.getWaitingQuantity());
    count(words, "shipped", before.getShippedQuantity(), after.getShippedQuantity());
    count(words, "given back", before.getReleasedQuantity(), after.getReleasedQuantity());
    count(words, "returned", before.getReturnedQuantity(), after.getReturnedQuantity());
    Optional<LocalDate> old = lastDay(before);
    Optional<LocalDate> now = lastDay(after);
    if (now.isPresent() && !now.equals(old)) {
      words.add(
          old.map(day -> "Its last units leave by %s, before by %s.".formatted(now.get(), day))
              .orElseGet(() -> "Its last units leave by %s.".formatted(now.get())));
    }
  }

  private static void count(List<String> words, String what, long before, long after) {
    if (before != after) {
      words.add("Units %s: %d, before %d.".formatted(what, after, before));
    }
  }

  private static Optional<LocalDate> lastDay(AllocationLine line) {
    return line.getPortionsList().stream()
        .map(portion -> Wire.day(portion.getPromise().getShipByDate()))
        .max(Comparator.naturalOrder());
  }
}
