package dev.backorder.supplier.purchaseorder.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.platform.testing.SeededRandom;
import dev.backorder.supplier.catalogue.model.BuyingTerms;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** docs/purchase-order-states.md, cell by cell. */
class PurchaseOrderTest {
  private static final LocalDate ESTIMATE = LocalDate.of(2026, 3, 10);
  private static final LocalDate LATER = LocalDate.of(2026, 3, 20);
  private static final Tolerance EXACT = new Tolerance(0, 0);
  private static final BuyingTerms ANY = new BuyingTerms(1, 1);

  // ---- the state that lines make

  @Test
  void a_draft_is_a_draft_until_it_is_sent() {
    assertThat(draft(open(10)).state()).isEqualTo(OrderState.DRAFT);
    assertThat(sent(open(10)).state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void one_accepted_line_makes_it_acknowledged() {
    assertThat(sent(open(10), accepted(10)).state()).isEqualTo(OrderState.ACKNOWLEDGED);
    assertThat(sent(rejected(), accepted(10)).state()).isEqualTo(OrderState.ACKNOWLEDGED);
    assertThat(sent(rejected(), open(10)).state()).isEqualTo(OrderState.SENT);
  }

  @Test
  void anything_that_arrived_makes_it_partly_received_while_more_may_come() {
    assertThat(sent(partly(10, 3)).state()).isEqualTo(OrderState.PARTLY_RECEIVED);
    assertThat(sent(received(10), open(10)).state()).isEqualTo(OrderState.PARTLY_RECEIVED);
  }

  @Test
  void nothing_to_come_is_decided_by_what_became_of_the_lines() {
    assertThat(sent(received(10), received(5)).state()).isEqualTo(OrderState.RECEIVED);
    assertThat(sent(received(10), rejected()).state()).isEqualTo(OrderState.RECEIVED);
    assertThat(sent(received(10), cancelled()).state()).isEqualTo(OrderState.CLOSED);
    assertThat(sent(received(10), closed(10, 4)).state()).isEqualTo(OrderState.CLOSED);
    assertThat(sent(closed(10, 0), rejected(), cancelled()).state()).isEqualTo(OrderState.CLOSED);
    assertThat(sent(rejected(), rejected()).state()).isEqualTo(OrderState.REJECTED);
    assertThat(sent(rejected(), cancelled()).state()).isEqualTo(OrderState.CANCELLED);
    assertThat(draft(cancelled()).state()).isEqualTo(OrderState.CANCELLED);
  }

  // ---- which state allows which call

  @Test
  void only_a_draft_grows_and_is_sent() {
    Set<OrderState> draft = EnumSet.of(OrderState.DRAFT);
    assertAllowed(draft, order -> order.send(EXACT, days -> LATER));
    assertAllowed(draft, order -> order.add("hat", 1, ANY, () -> open(1)));
  }

  @Test
  void the_supplier_answers_and_redates_what_was_sent_and_is_not_over() {
    Set<OrderState> there =
        EnumSet.of(OrderState.SENT, OrderState.ACKNOWLEDGED, OrderState.PARTLY_RECEIVED);
    assertAllowed(there, order -> order.acknowledge(List.of(answer(first(order), 10, LATER))));
    assertAllowed(there, order -> order.redate(List.of(new LineDate(first(order).id(), LATER))));
  }

  @Test
  void we_close_what_was_answered_and_cancel_what_has_not_arrived() {
    assertAllowed(
        EnumSet.of(OrderState.ACKNOWLEDGED, OrderState.PARTLY_RECEIVED), PurchaseOrder::close);
    assertAllowed(
        EnumSet.of(OrderState.DRAFT, OrderState.SENT, OrderState.ACKNOWLEDGED),
        PurchaseOrder::cancel);
  }

  @Test
  void goods_are_refused_in_no_state() {
    for (PurchaseOrder order : oneOfEachState()) {
      UUID line = order.lines().get(0).id();
      assertThat(order.receive(line, 1_000)).isInstanceOf(Decision.Changed.class);
    }
  }

  // ---- drafts

  @Test
  void a_need_of_a_new_item_is_a_new_line_and_of_a_known_item_lets_the_line_grow() {
    PurchaseOrder order = after(draft(), o -> o.add("hat", 5, ANY, () -> line("hat", 5)));
    order = after(order, o -> o.add("scarf", 3, ANY, () -> line("scarf", 3)));
    order = after(order, o -> o.add("hat", 2, ANY, () -> line("hat", 2)));
    assertThat(order.lines()).extracting(OrderLine::sku).containsExactly("hat", "scarf");
    assertThat(order.lines()).extracting(OrderLine::ordered).containsExactly(7L, 3L);
  }

  @Test
  void the_sum_of_the_needs_is_rounded() {
    BuyingTerms dozens = new BuyingTerms(24, 12);
    OrderLine hats = OrderLine.open(UUID.randomUUID(), "hat", 5, dozens, 5, ESTIMATE);
    assertThat(hats.ordered()).isEqualTo(24);
    PurchaseOrder order = after(draft(hats), o -> o.add("hat", 19, dozens, () -> hats));
    assertThat(order.lines().get(0).ordered())
        .as("what rounding added is used first")
        .isEqualTo(24);
    order = after(order, o -> o.add("hat", 1, dozens, () -> hats));
    assertThat(order.lines().get(0).ordered()).isEqualTo(36);
    assertThat(order.lines().get(0).wanted()).isEqualTo(25);
  }

  @Test
  void sending_estimates_dates_again_on_the_suppliers_present_terms() {
    PurchaseOrder order =
        after(draft(open(10)), o -> o.send(new Tolerance(10, 5), days -> ESTIMATE.plusDays(days)));
    assertThat(order.sent()).isTrue();
    assertThat(order.tolerance()).isEqualTo(new Tolerance(10, 5));
    assertThat(order.lines().get(0).expectedDate()).isEqualTo(ESTIMATE.plusDays(5));
  }

  // ---- the supplier's answers

  @Test
  void accepting_a_part_expects_only_that_part() {
    PurchaseOrder order = sent(open(10));
    OrderLine line =
        after(order, o -> o.acknowledge(List.of(answer(first(o), 4, LATER)))).lines().get(0);
    assertThat(line.state()).isEqualTo(LineState.ACCEPTED);
    assertThat(line.expected()).isEqualTo(4);
    assertThat(line.expectedDate()).isEqualTo(LATER);
    assertThat(line.firstPromised()).contains(LATER);
  }

  @Test
  void accepting_nothing_rejects_the_line() {
    PurchaseOrder order = after(sent(open(10)), o -> o.acknowledge(List.of(no(first(o)))));
    assertThat(order.lines().get(0).state()).isEqualTo(LineState.REJECTED);
    assertThat(order.state()).isEqualTo(OrderState.REJECTED);
  }

  @Test
  void the_last_answer_counts_and_the_first_date_is_kept() {
    PurchaseOrder order =
        after(sent(open(10)), o -> o.acknowledge(List.of(answer(first(o), 4, ESTIMATE))));
    order = after(order, o -> o.acknowledge(List.of(answer(first(o), 9, LATER))));
    order = after(order, o -> o.redate(List.of(new LineDate(first(o).id(), LATER.plusDays(9)))));
    OrderLine line = first(order);
    assertThat(line.accepted()).isEqualTo(9);
    assertThat(line.expectedDate()).isEqualTo(LATER.plusDays(9));
    assertThat(line.firstPromised()).contains(ESTIMATE);
  }

  @Test
  void more_than_ordered_is_refused_with_what_is_possible() {
    PurchaseOrder order = sent(open(10));
    Refusal refusal = refused(order.acknowledge(List.of(answer(first(order), 11, LATER))));
    assertThat(refusal.kind()).isEqualTo(Refusal.Kind.TOO_LARGE);
    assertThat(refusal.facts())
        .containsAllEntriesOf(
            Map.of("line_id", first(order).id().toString(), "requested", "11", "possible", "10"));
  }

  @Test
  void less_than_arrived_is_refused_and_so_is_a_rejection_of_what_came() {
    PurchaseOrder order = sent(partly(10, 3));
    assertThat(refused(order.acknowledge(List.of(answer(first(order), 2, LATER)))).kind())
        .isEqualTo(Refusal.Kind.TOO_SMALL);
    assertThat(refused(order.acknowledge(List.of(no(first(order))))).kind())
        .isEqualTo(Refusal.Kind.TOO_SMALL);
  }

  @Test
  void accepting_exactly_what_arrived_completes_the_line() {
    PurchaseOrder order = sent(partly(10, 3));
    assertThat(after(order, o -> o.acknowledge(List.of(answer(first(o), 3, LATER)))).state())
        .isEqualTo(OrderState.RECEIVED);
  }

  @Test
  void an_unknown_line_refuses_all_lines() {
    PurchaseOrder order = sent(open(10));
    OrderLine stranger = open(1);
    assertThat(
            refused(
                    order.acknowledge(
                        List.of(answer(first(order), 5, LATER), answer(stranger, 1, LATER))))
                .kind())
        .isEqualTo(Refusal.Kind.LINE_UNKNOWN);
    assertThat(refused(order.redate(List.of(new LineDate(stranger.id(), LATER)))).kind())
        .isEqualTo(Refusal.Kind.LINE_UNKNOWN);
    assertThat(refused(order.receive(stranger.id(), 1)).kind())
        .isEqualTo(Refusal.Kind.LINE_UNKNOWN);
  }

  @Test
  void final_lines_take_no_answer_and_no_date() {
    for (OrderLine line : List.of(rejected(), received(5), closed(5, 1), cancelled())) {
      PurchaseOrder order = sent(line, open(10));
      assertThat(refused(order.acknowledge(List.of(answer(line, 1, LATER)))).facts())
          .containsEntry("state", line.state().name());
      assertThat(refused(order.redate(List.of(new LineDate(line.id(), LATER)))).kind())
          .isEqualTo(Refusal.Kind.STATE);
    }
  }

  // ---- goods

  @Test
  void a_line_is_complete_within_the_tolerance_below_and_not_a_unit_before() {
    Tolerance five = new Tolerance(0, 5);
    assertThat(five.isComplete(100, 95)).isTrue();
    assertThat(five.isComplete(100, 94)).isFalse();
    assertThat(five.isComplete(10, 9)).as("half a unit is no unit").isFalse();
    assertThat(new Tolerance(0, 100).isComplete(10, 0)).as("nothing came").isFalse();
  }

  @Test
  void the_tolerance_above_is_rounded_down() {
    assertThat(new Tolerance(10, 0).overQuantity(100)).isEqualTo(10);
    assertThat(new Tolerance(10, 0).overQuantity(9)).isZero();
  }

  @Test
  void goods_before_any_answer_are_an_answer() {
    PurchaseOrder order = after(sent(open(10)), o -> o.receive(first(o).id(), 4));
    assertThat(first(order).state()).isEqualTo(LineState.ACCEPTED);
    assertThat(first(order).accepted()).isEqualTo(10);
    assertThat(order.state()).isEqualTo(OrderState.PARTLY_RECEIVED);
  }

  @Test
  void an_old_or_repeated_total_changes_nothing() {
    PurchaseOrder order = sent(partly(10, 4));
    assertThat(order.receive(first(order).id(), 4)).isInstanceOf(Decision.Unchanged.class);
    assertThat(order.receive(first(order).id(), 3)).isInstanceOf(Decision.Unchanged.class);
  }

  @Test
  void goods_that_crossed_our_farewell_on_the_way_are_still_counted() {
    assertThat(lineAfter(rejected(), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(cancelled(), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(closed(10, 1), 4).state()).isEqualTo(LineState.CLOSED);
    assertThat(lineAfter(rejected(), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(cancelled(), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(closed(10, 1), 10).state()).isEqualTo(LineState.RECEIVED);
    assertThat(lineAfter(received(10), 11).state()).isEqualTo(LineState.RECEIVED);
  }

  @Test
  void goods_for_a_draft_leave_the_rest_a_draft() {
    PurchaseOrder order = after(draft(open(10), open(5)), o -> o.receive(first(o).id(), 10));
    assertThat(order.state()).isEqualTo(OrderState.DRAFT);
    assertThat(after(order, o -> o.send(EXACT, days -> LATER)).state())
        .isEqualTo(OrderState.PARTLY_RECEIVED);
  }

  // ---- the end

  @Test
  void closing_ends_what_is_alive_and_leaves_the_rest() {
    PurchaseOrder order = after(sent(partly(10, 4), received(5), rejected()), PurchaseOrder::close);
    assertThat(order.lines())
        .extracting(OrderLine::state)
        .containsExactly(LineState.CLOSED, LineState.RECEIVED, LineState.REJECTED);
    assertThat(order.state()).isEqualTo(OrderState.CLOSED);
  }

  @Test
  void cancelling_withdraws_what_is_alive() {
    PurchaseOrder order = after(sent(accepted(10), open(5), rejected()), PurchaseOrder::cancel);
    assertThat(order.lines())
        .extracting(OrderLine::state)
        .containsExactly(LineState.CANCELLED, LineState.CANCELLED, LineState.REJECTED);
    assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
  }

  @Test
  void cancelling_a_draft_of_which_some_came_closes_that_line() {
    PurchaseOrder order = after(draft(open(10)), o -> o.receive(first(o).id(), 4));
    assertThat(after(order, PurchaseOrder::cancel).state()).isEqualTo(OrderState.CLOSED);
  }

  @Test
  void whatever_happens_the_numbers_of_a_line_make_sense() {
    SeededRandom.rounds(
        300,
        random -> {
          PurchaseOrder order = draft(open(1 + random.nextInt(20)), open(1 + random.nextInt(20)));
          for (int step = 0; step < 20; step++) {
            if (randomVerb(order, random) instanceof Decision.Changed changed) {
              order = changed.order();
            }
            order.lines().forEach(PurchaseOrderTest::assertSensible);
          }
        });
  }

  private static Decision randomVerb(PurchaseOrder order, RandomGenerator random) {
    OrderLine line = order.lines().get(random.nextInt(order.lines().size()));
    return switch (random.nextInt(6)) {
      case 0 -> order.send(new Tolerance(random.nextInt(30), random.nextInt(30)), days -> LATER);
      case 1 -> order.acknowledge(List.of(answer(line, 1 + random.nextInt(20), LATER)));
      case 2 -> order.acknowledge(List.of(no(line)));
      case 3 -> order.receive(line.id(), 1 + random.nextInt(25));
      case 4 ->
          random.nextInt(4) == 0
              ? order.close()
              : order.redate(List.of(new LineDate(line.id(), LATER)));
      default -> random.nextInt(4) == 0 ? order.cancel() : order.add("hat", 1, ANY, () -> open(1));
    };
  }

  private static void assertSensible(OrderLine line) {
    assertThat(line.accepted()).isBetween(0L, line.ordered());
    switch (line.state()) {
      case OPEN -> assertThat(line.received() + line.accepted()).isZero();
      case ACCEPTED -> assertThat(line.received()).isLessThan(line.accepted());
      case REJECTED -> assertThat(line.received() + line.accepted()).isZero();
      case CANCELLED -> assertThat(line.received()).isZero();
      case RECEIVED -> assertThat(line.received()).isPositive();
      case CLOSED -> assertThat(line.received()).isLessThan(line.expected());
    }
  }

  // ---- the small language

  private static void assertAllowed(
      Set<OrderState> allowed, Function<PurchaseOrder, Decision> verb) {
    for (PurchaseOrder order : oneOfEachState()) {
      Decision decision = verb.apply(order);
      if (allowed.contains(order.state())) {
        assertThat(decision).as("in " + order.state()).isInstanceOf(Decision.Changed.class);
      } else {
        Refusal refusal = refused(decision);
        assertThat(refusal.kind()).isEqualTo(Refusal.Kind.STATE);
        assertThat(refusal.facts()).containsEntry("state", order.state().name());
        assertThat(refusal.facts().get("allowed").split(","))
            .containsExactlyInAnyOrder(allowed.stream().map(Enum::name).toArray(String[]::new));
      }
    }
  }

  private static List<PurchaseOrder> oneOfEachState() {
    List<PurchaseOrder> orders =
        List.of(
            draft(open(10)),
            sent(open(10)),
            sent(accepted(10)),
            sent(partly(10, 3)),
            sent(received(10)),
            sent(closed(10, 3)),
            sent(rejected()),
            sent(cancelled()));
    assertThat(orders).extracting(PurchaseOrder::state).containsExactly(OrderState.values());
    return orders;
  }

  private static PurchaseOrder draft(OrderLine... lines) {
    return new PurchaseOrder(false, EXACT, Arrays.asList(lines));
  }

  private static PurchaseOrder sent(OrderLine... lines) {
    return new PurchaseOrder(true, EXACT, Arrays.asList(lines));
  }

  private static OrderLine open(long ordered) {
    return line("hat", ordered);
  }

  private static OrderLine line(String sku, long ordered) {
    return OrderLine.open(UUID.randomUUID(), sku, ordered, ANY, 5, ESTIMATE);
  }

  private static OrderLine accepted(long ordered) {
    return inState(ordered, ordered, 0, LineState.ACCEPTED);
  }

  private static OrderLine partly(long ordered, long received) {
    return inState(ordered, ordered, received, LineState.ACCEPTED);
  }

  private static OrderLine received(long ordered) {
    return inState(ordered, ordered, ordered, LineState.RECEIVED);
  }

  private static OrderLine closed(long ordered, long received) {
    return inState(ordered, ordered, received, LineState.CLOSED);
  }

  private static OrderLine rejected() {
    return inState(10, 0, 0, LineState.REJECTED);
  }

  private static OrderLine cancelled() {
    return inState(10, 0, 0, LineState.CANCELLED);
  }

  private static OrderLine inState(long ordered, long accepted, long received, LineState state) {
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

  private static OrderLine lineAfter(OrderLine line, long total) {
    return after(sent(line), o -> o.receive(line.id(), total)).lines().get(0);
  }

  private static LineAnswer answer(OrderLine line, long accepted, LocalDate date) {
    return new LineAnswer(line.id(), accepted, Optional.of(date));
  }

  private static LineAnswer no(OrderLine line) {
    return new LineAnswer(line.id(), 0, Optional.empty());
  }

  private static OrderLine first(PurchaseOrder order) {
    return order.lines().get(0);
  }

  private static PurchaseOrder after(PurchaseOrder order, Function<PurchaseOrder, Decision> verb) {
    Decision decision = verb.apply(order);
    assertThat(decision).isInstanceOf(Decision.Changed.class);
    return ((Decision.Changed) decision).order();
  }

  private static Refusal refused(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).refusal();
  }
}
