package dev.backorder.supplier.purchaseorder.model;

import dev.backorder.supplier.catalogue.model.BuyingTerms;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/**
 * An order to a supplier, as far as its rules go: docs/purchase-order-states.md is the
 * specification.
 *
 * @param sent whether it was sent
 * @param tolerance what receipts may differ
 * @param lines its lines, in their order
 */
public record PurchaseOrder(boolean sent, Tolerance tolerance, List<OrderLine> lines) {
  private static final Set<OrderState> DRAFT_ONLY = EnumSet.of(OrderState.DRAFT);
  private static final Set<OrderState> AT_THE_SUPPLIER =
      EnumSet.of(OrderState.SENT, OrderState.ACKNOWLEDGED, OrderState.PARTLY_RECEIVED);
  private static final Set<OrderState> CLOSABLE =
      EnumSet.of(OrderState.ACKNOWLEDGED, OrderState.PARTLY_RECEIVED);
  private static final Set<OrderState> CANCELLABLE =
      EnumSet.of(OrderState.DRAFT, OrderState.SENT, OrderState.ACKNOWLEDGED);

  /** Keeps a copy. */
  public PurchaseOrder {
    lines = List.copyOf(lines);
  }

  /** Where it stands, derived from the lines. A draft may be empty while it is made. */
  public OrderState state() {
    return lines.isEmpty() ? OrderState.DRAFT : OrderState.of(sent, lines);
  }

  /** The line of an item that can still grow. */
  public Optional<OrderLine> growingLine(String sku) {
    return lines.stream()
        .filter(line -> line.state() == LineState.OPEN && line.sku().equals(sku))
        .findFirst();
  }

  /**
   * Adds units of an item to a draft: its open line grows, or a new line is made.
   *
   * @param newLine makes the line when there is none
   */
  public Decision add(String sku, long quantity, BuyingTerms terms, Supplier<OrderLine> newLine) {
    return when(
        DRAFT_ONLY,
        () -> {
          Optional<OrderLine> growing = growingLine(sku);
          if (growing.isPresent()) {
            UUID id = growing.get().id();
            return changed(each(line -> line.id().equals(id) ? line.grow(quantity, terms) : line));
          }
          List<OrderLine> more = new ArrayList<>(lines);
          more.add(newLine.get());
          return changed(more);
        });
  }

  /**
   * Sends a draft on the supplier's present terms.
   *
   * @param current the supplier's tolerance now
   * @param estimate day of arrival when ordered now, from its lead time in working days
   */
  public Decision send(Tolerance current, IntFunction<LocalDate> estimate) {
    return when(
        DRAFT_ONLY,
        () ->
            new Decision.Changed(
                new PurchaseOrder(
                    true,
                    current,
                    each(
                        line ->
                            line.state() == LineState.OPEN
                                ? line.estimate(estimate.apply(line.leadTimeDays()))
                                : line))));
  }

  /** Takes the supplier's answer, line by line, all or none. */
  public Decision acknowledge(List<LineAnswer> answers) {
    return when(AT_THE_SUPPLIER, () -> answerAll(answers));
  }

  /** Moves dates of lines, all or none. */
  public Decision redate(List<LineDate> dates) {
    return when(AT_THE_SUPPLIER, () -> redateAll(dates));
  }

  /** Expects nothing more. */
  public Decision close() {
    return when(CLOSABLE, () -> changed(each(OrderLine::close)));
  }

  /** Withdraws all that has not arrived. */
  public Decision cancel() {
    return when(CANCELLABLE, () -> changed(each(OrderLine::cancel)));
  }

  /** Goods came: units of each line so far, by line id. A fact: no state refuses it. */
  public Decision receive(Map<UUID, Long> totals) {
    for (UUID lineId : totals.keySet()) {
      if (line(lineId).isEmpty()) {
        return new Decision.Refused(Refusal.lineUnknown(lineId));
      }
    }
    List<OrderLine> after =
        each(
            line ->
                totals.containsKey(line.id())
                    ? line.receive(totals.get(line.id()), tolerance)
                    : line);
    return after.equals(lines) ? new Decision.Unchanged() : changed(after);
  }

  private Decision answerAll(List<LineAnswer> answers) {
    PurchaseOrder order = this;
    for (LineAnswer answer : answers) {
      Optional<Refusal> refusal = order.refusalOf(answer.lineId(), line -> answer.accepted());
      if (refusal.isPresent()) {
        return new Decision.Refused(refusal.get());
      }
      OrderLine line = order.line(answer.lineId()).orElseThrow();
      OrderLine after =
          answer.accepted() == 0
              ? line.reject()
              : line.accept(answer.accepted(), answer.date().orElseThrow(), tolerance);
      order = order.with(order.replaced(after));
    }
    return new Decision.Changed(order);
  }

  private Decision redateAll(List<LineDate> dates) {
    PurchaseOrder order = this;
    for (LineDate date : dates) {
      Optional<Refusal> refusal = order.refusalOf(date.lineId(), OrderLine::expected);
      if (refusal.isPresent()) {
        return new Decision.Refused(refusal.get());
      }
      OrderLine line = order.line(date.lineId()).orElseThrow();
      order = order.with(order.replaced(line.redate(date.date())));
    }
    return new Decision.Changed(order);
  }

  private Optional<Refusal> refusalOf(UUID lineId, ToLongFunction<OrderLine> quantity) {
    Optional<OrderLine> found = line(lineId);
    if (found.isEmpty()) {
      return Optional.of(Refusal.lineUnknown(lineId));
    }
    OrderLine line = found.get();
    if (!line.state().isAlive()) {
      return Optional.of(Refusal.lineState(line));
    }
    long requested = quantity.applyAsLong(line);
    if (requested > line.ordered()) {
      return Optional.of(Refusal.tooLarge(line, requested));
    }
    return requested < line.received()
        ? Optional.of(Refusal.tooSmall(line, requested))
        : Optional.empty();
  }

  private Decision when(Set<OrderState> allowed, Supplier<Decision> verb) {
    OrderState state = state();
    return allowed.contains(state)
        ? verb.get()
        : new Decision.Refused(Refusal.orderState(state, allowed));
  }

  private Optional<OrderLine> line(UUID lineId) {
    return lines.stream().filter(line -> line.id().equals(lineId)).findFirst();
  }

  private List<OrderLine> each(UnaryOperator<OrderLine> verb) {
    return lines.stream().map(verb).toList();
  }

  private List<OrderLine> replaced(OrderLine after) {
    return each(line -> line.id().equals(after.id()) ? after : line);
  }

  private Decision changed(List<OrderLine> newLines) {
    return new Decision.Changed(with(newLines));
  }

  private PurchaseOrder with(List<OrderLine> newLines) {
    return new PurchaseOrder(sent, tolerance, newLines);
  }
}
