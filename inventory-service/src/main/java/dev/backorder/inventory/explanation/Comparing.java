package dev.backorder.inventory.explanation;

import dev.backorder.inventory.book.AllocationLineRow;
import dev.backorder.inventory.book.AllocationRow;
import dev.backorder.inventory.book.OrderHolding;
import dev.backorder.inventory.book.Portion;
import dev.backorder.inventory.v1.AllocationComparison;
import dev.backorder.inventory.v1.PreferenceRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of two orders is preferred for which units of one item, as things stand. */
final class Comparing {
  private final String sku;
  private final Side asked;
  private final Side other;
  private final List<AllocationComparison> result = new ArrayList<>();

  /** Compares some lines of one order with all of another. */
  Comparing(String sku, OrderHolding asked, List<AllocationLineRow> lines, OrderHolding other) {
    this.sku = sku;
    this.asked = Side.of(sku, asked, lines);
    this.other = Side.of(sku, other, other.lines());
  }

  private record Side(AllocationRow order, List<Portion> portions) {
    static Side of(String sku, OrderHolding holding, List<AllocationLineRow> lines) {
      Set<Integer> numbers =
          lines.stream().map(AllocationLineRow::lineNo).collect(Collectors.toSet());
      return new Side(
          holding.allocation(),
          holding.portions().stream()
              .filter(p -> p.key().sku().equals(sku) && numbers.contains(p.id().lineNo()))
              .toList());
    }

    String id() {
      return order.orderId();
    }

    Side at(String location) {
      return new Side(
          order, portions.stream().filter(p -> p.key().location().equals(location)).toList());
    }

    Set<String> locations() {
      return portions.stream()
          .map(p -> p.key().location())
          .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean reserved() {
      return portions.stream().anyMatch(Portion::reserved);
    }

    boolean waits() {
      return portions.stream().anyMatch(p -> !p.reserved());
    }

    /** The earliest day from which waiting units are wanted. */
    LocalDate due() {
      return portions.stream()
          .filter(p -> !p.reserved())
          .map(p -> p.place().due())
          .min(Comparator.naturalOrder())
          .orElse(LocalDate.MAX);
    }

    Set<String> supplies() {
      return portions.stream()
          .filter(Portion::isPegged)
          .map(Portion::supplyId)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  List<AllocationComparison> result() {
    if (asked.portions().isEmpty() || other.portions().isEmpty()) {
      holdsNothing();
      return result;
    }
    Set<String> shared = asked.locations();
    shared.retainAll(other.locations());
    if (shared.isEmpty()) {
      add(
          "",
          "",
          "",
          PreferenceRule.PREFERENCE_RULE_OTHER_LOCATION,
          "The two orders are served by different locations and do not compete.");
    }
    shared.forEach(location -> compare(location, asked.at(location), other.at(location)));
    return result;
  }

  private void holdsNothing() {
    String holder =
        Stream.of(asked, other)
            .filter(side -> !side.portions().isEmpty())
            .map(Side::id)
            .findFirst()
            .orElse("");
    add(
        "",
        "",
        holder,
        PreferenceRule.PREFERENCE_RULE_HOLDS_NOTHING,
        holder.isEmpty()
            ? "Neither order holds units of this item any more."
            : "Only order %s still holds units of this item.".formatted(holder));
  }

  private void compare(String location, Side one, Side two) {
    addReserved(location, one, two);
    addReserved(location, two, one);
    if (!one.waits() || !two.waits()) {
      return;
    }
    Set<String> supplies = one.supplies();
    supplies.addAll(two.supplies());
    for (String supply : supplies) {
      boolean ofOne = one.supplies().contains(supply);
      if (ofOne && two.supplies().contains(supply)) {
        addByQueue(location, supply, one, two);
      } else {
        addPegged(location, supply, ofOne ? one : two);
      }
    }
    addByQueue(location, "", one, two);
  }

  private void addReserved(String location, Side owner, Side waiting) {
    if (owner.reserved() && waiting.waits()) {
      add(
          location,
          "",
          owner.id(),
          PreferenceRule.PREFERENCE_RULE_RESERVED,
          "Units on the shelf belong to order %s; order %s waits and cannot take them."
              .formatted(owner.id(), waiting.id()));
    }
  }

  private void addPegged(String location, String supply, Side side) {
    add(
        location,
        supply,
        side.id(),
        PreferenceRule.PREFERENCE_RULE_PEGGED,
        "Order %s was promised units of supply %s, so they go to it first."
            .formatted(side.id(), supply));
  }

  private void addByQueue(String location, String supply, Side one, Side two) {
    int priority = Integer.compare(priority(two), priority(one));
    int due = one.due().compareTo(two.due());
    boolean oneFirst =
        priority != 0
            ? priority < 0
            : due != 0 ? due < 0 : one.order().sequence() < two.order().sequence();
    Side first = oneFirst ? one : two;
    String units =
        supply.isEmpty() ? "units that come free" : "units of supply %s".formatted(supply);
    PreferenceRule rule =
        priority != 0
            ? PreferenceRule.PREFERENCE_RULE_PRIORITY
            : due != 0
                ? PreferenceRule.PREFERENCE_RULE_DUE
                : PreferenceRule.PREFERENCE_RULE_SEQUENCE;
    String why =
        switch (rule) {
          case PREFERENCE_RULE_PRIORITY -> "has the higher priority";
          case PREFERENCE_RULE_DUE -> "is wanted on an earlier day";
          default -> "asked first";
        };
    add(
        location,
        supply,
        first.id(),
        rule,
        "Order %s %s, so %s go to it first.".formatted(first.id(), why, units));
  }

  private static int priority(Side side) {
    return side.order().context().priority();
  }

  private void add(
      String location, String supply, String preferred, PreferenceRule rule, String sentence) {
    result.add(
        AllocationComparison.newBuilder()
            .setSku(sku)
            .setLocation(location)
            .setSupplyId(supply)
            .setPreferredOrderId(preferred)
            .setRule(rule)
            .setSentence(sentence)
            .build());
  }
}
