package dev.backorder.supplier.purchaseorder.model;

import static dev.backorder.supplier.purchaseorder.model.Orders.ANY;
import static dev.backorder.supplier.purchaseorder.model.Orders.ESTIMATE;
import static dev.backorder.supplier.purchaseorder.model.Orders.EXACT;
import static dev.backorder.supplier.purchaseorder.model.Orders.LATER;
import static dev.backorder.supplier.purchaseorder.model.Orders.accepted;
import static dev.backorder.supplier.purchaseorder.model.Orders.after;
import static dev.backorder.supplier.purchaseorder.model.Orders.answer;
import static dev.backorder.supplier.purchaseorder.model.Orders.cancelled;
import static dev.backorder.supplier.purchaseorder.model.Orders.closed;
import static dev.backorder.supplier.purchaseorder.model.Orders.draft;
import static dev.backorder.supplier.purchaseorder.model.Orders.first;
import static dev.backorder.supplier.purchaseorder.model.Orders.line;
import static dev.backorder.supplier.purchaseorder.model.Orders.no;
import static dev.backorder.supplier.purchaseorder.model.Orders.open;
import static dev.backorder.supplier.purchaseorder.model.Orders.partly;
import static dev.backorder.supplier.purchaseorder.model.Orders.received;
import static dev.backorder.supplier.purchaseorder.model.Orders.refused;
import static dev.backorder.supplier.purchaseorder.model.Orders.rejected;
import static dev.backorder.supplier.purchaseorder.model.Orders.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.supplier.catalogue.model.BuyingTerms;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** docs/purchase-order-states.md, cell by cell: states, calls, drafts and answers. */
class PurchaseOrderTest {
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
      assertThat(order.receive(Map.of(line, 1_000L))).isInstanceOf(Decision.Changed.class);
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
    assertThat(refused(order.receive(Map.of(stranger.id(), 1L))).kind())
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
}
