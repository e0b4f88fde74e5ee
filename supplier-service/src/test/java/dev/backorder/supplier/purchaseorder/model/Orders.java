package dev.backorder.supplier.purchaseorder.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.supplier.catalogue.model.BuyingTerms;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The small language of the tests of purchase orders. */
final class Orders {
  static final LocalDate ESTIMATE = LocalDate.of(2026, 3, 10);
  static final LocalDate LATER = LocalDate.of(2026, 3, 20);
  static final Tolerance EXACT = new Tolerance(0, 0);
  static final BuyingTerms ANY = new BuyingTerms(1, 1);

  private Orders() {}

  static PurchaseOrder draft(OrderLine... lines) {
    return new PurchaseOrder(false, EXACT, Arrays.asList(lines));
  }

  static PurchaseOrder sent(OrderLine... lines) {
    return new PurchaseOrder(true, EXACT, Arrays.asList(lines));
  }

  static OrderLine open(long ordered) {
    return line("hat", ordered);
  }

  static OrderLine line(String sku, long ordered) {
    return OrderLine.open(UUID.randomUUID(), sku, ordered, ANY, 5, ESTIMATE);
  }

  static OrderLine accepted(long ordered) {
    return inState(ordered, ordered, 0, LineState.ACCEPTED);
  }

  static OrderLine partly(long ordered, long received) {
    return inState(ordered, ordered, received, LineState.ACCEPTED);
  }

  static OrderLine received(long ordered) {
    return inState(ordered, ordered, ordered, LineState.RECEIVED);
  }

  static OrderLine closed(long ordered, long received) {
    return inState(ordered, ordered, received, LineState.CLOSED);
  }

  static OrderLine rejected() {
    return inState(10, 0, 0, LineState.REJECTED);
  }

  static OrderLine cancelled() {
    return inState(10, 0, 0, LineState.CANCELLED);
  }

  static OrderLine inState(long ordered, long accepted, long received, LineState state) {
    return new OrderLine(
        UUID.randomUUID(),
        "hat",
        ordered,
        ordered,
        accepted,
        received,
        state,
        ESTIMATE,
        Optional.empty(),
        5);
  }

  static OrderLine lineAfter(OrderLine line, long total) {
    return after(sent(line), o -> o.receive(Map.of(line.id(), total))).lines().get(0);
  }

  static LineAnswer answer(OrderLine line, long accepted, LocalDate date) {
    return new LineAnswer(line.id(), accepted, Optional.of(date));
  }

  static LineAnswer no(OrderLine line) {
    return new LineAnswer(line.id(), 0, Optional.empty());
  }

  static OrderLine first(PurchaseOrder order) {
    return order.lines().get(0);
  }

  static PurchaseOrder after(PurchaseOrder order, Function<PurchaseOrder, Decision> verb) {
    Decision decision = verb.apply(order);
    assertThat(decision).isInstanceOf(Decision.Changed.class);
    return ((Decision.Changed) decision).order();
  }

  static Refusal refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }
}
