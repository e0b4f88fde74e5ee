package dev.backorder.supplier.purchaseorder;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.accept;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.InventoryPeer;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.Refusal;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.GetSupplierEventRequest;
import dev.backorder.supplier.v1.GetSupplierEventResponse;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class GoodsAndFarewellTest {
  private Purchasing purchasing;
  private LocalDate soon;
  private LocalDate later;

  @BeforeEach
  void reset() {
    purchasing = new Purchasing().reset().withAcme();
    soon = purchasing.today().plusDays(7);
    later = soon.plusDays(21);
  }

  @AfterEach
  void the_books_agree() {
    purchasing.assertConsistent();
  }

  // ---- goods

  @Test
  void goods_complete_the_line_and_then_the_order() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    purchasing.acknowledge(
        sent, accept(sent.getLines(0), 10, soon), accept(sent.getLines(1), 5, soon));
    PurchaseOrder part = purchasing.receive(sent, sent.getLines(0), 4);
    assertThat(part.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_PARTLY_RECEIVED);
    assertThat(part.getLines(0).getReceivedQuantity()).isEqualTo(4);
    purchasing.receive(sent, sent.getLines(0), 10);
    PurchaseOrder all = purchasing.receive(sent, sent.getLines(1), 5);
    assertThat(all.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED);
    assertThat(all.hasClosedTime()).isTrue();
  }

  @Test
  void a_receipt_that_is_told_again_or_late_changes_nothing() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder part = purchasing.receive(sent, sent.getLines(0), 6);
    assertThat(purchasing.receive(sent, sent.getLines(0), 6)).isEqualTo(part);
    assertThat(purchasing.receive(sent, sent.getLines(0), 2)).isEqualTo(part);
    InventoryPeer.feed().reset();
    purchasing.time.settle();
    assertThat(purchasing.get(sent)).isEqualTo(part);
  }

  @Test
  void receipts_that_are_read_together_are_one_change_of_their_order() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    PurchaseOrder other = purchasing.sent(ACME, "hat", 7);
    InventoryPeer.tellReceived(sent, sent.getLines(0), 4);
    InventoryPeer.tellReceived(other, other.getLines(0), 7);
    InventoryPeer.tellReceived(sent, sent.getLines(1), 5);
    InventoryPeer.tellReceived(sent, sent.getLines(0), 10);
    purchasing.time.settle();

    PurchaseOrder all = purchasing.get(sent);
    assertThat(all.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED);
    assertThat(all.getLinesList())
        .extracting(PurchaseOrderLine::getReceivedQuantity)
        .containsExactly(10L, 5L);
    assertThat(all.getVersion()).isEqualTo(sent.getVersion() + 1);
    assertThat(purchasing.get(other).getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED);
  }

  @Test
  void tolerances_are_the_suppliers_at_the_time_of_sending() {
    purchasing.with(
        supplier("loose").setOverReceiptTolerancePercent(10).setUnderReceiptTolerancePercent(5));
    purchasing.sells("loose", item("hat"), item("scarf"));
    PurchaseOrder sent = purchasing.sent("loose", "hat", 100, "scarf", 100);
    assertThat(sent.getLines(0).getOverReceiptToleranceQuantity()).isEqualTo(10);
    PurchaseOrder answered = purchasing.acknowledge(sent, accept(sent.getLines(0), 50, soon));
    assertThat(answered.getLines(0).getOverReceiptToleranceQuantity()).isEqualTo(5);
    PurchaseOrder under = purchasing.receive(sent, sent.getLines(1), 94);
    assertThat(under.getLines(1).getState())
        .isEqualTo(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_ACCEPTED);
    assertThat(purchasing.receive(sent, sent.getLines(1), 95).getLines(1).getState())
        .isEqualTo(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_RECEIVED);
    PurchaseOrder over = purchasing.receive(sent, sent.getLines(0), 55);
    assertThat(over.getLines(0).getReceivedQuantity()).isEqualTo(55);
    assertThat(over.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED);
  }

  @Test
  void goods_that_crossed_a_cancellation_on_the_way_are_counted() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    purchasing.cancel(sent);
    PurchaseOrder after = purchasing.receive(sent, sent.getLines(0), 4);
    assertThat(after.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_CLOSED);
    assertThat(after.getLines(0).getReceivedQuantity()).isEqualTo(4);
  }

  @Test
  void goods_of_an_unknown_order_wait_aside_and_stop_nobody_else() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder stranger = sent.toBuilder().setPurchaseOrderId(request()).build();
    InventoryPeer.tellReceived(stranger, sent.getLines(0), 3);
    assertThat(purchasing.receive(sent, sent.getLines(0), 10).getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_RECEIVED);
    assertThat(Database.sql().number("select count(*) from parked_event")).isEqualTo(1);
    Database.sql().update("truncate parked_event, parked_key cascade");
  }

  // ---- the end

  @Test
  void closing_short_ends_it_with_what_came() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    purchasing.receive(sent, sent.getLines(0), 4);
    PurchaseOrder closed = purchasing.close(sent);
    assertThat(closed.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_CLOSED);
    assertThat(closed.getLinesList())
        .extracting(PurchaseOrderLine::getState)
        .containsOnly(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_CLOSED);
    assertThat(closed.hasClosedTime()).isTrue();
    assertThat(reasons(closed)).last().isEqualTo("enough");
  }

  @Test
  void cancelling_withdraws_a_draft_and_a_sent_order() {
    PurchaseOrder draft = purchasing.cancel(purchasing.draft(ACME, "hat", 10));
    PurchaseOrder sent = purchasing.cancel(purchasing.sent(ACME, "hat", 10));
    for (PurchaseOrder order : List.of(draft, sent)) {
      assertThat(order.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_CANCELLED);
      assertThat(order.hasClosedTime()).isTrue();
    }
  }

  @Test
  void a_cancelled_draft_of_needs_collects_no_more() {
    InventoryPeer.tell(InventoryPeer.need("hat", Purchasing.LEEDS, 2));
    purchasing.time.settle();
    purchasing.cancel(purchasing.only());
    InventoryPeer.tell(InventoryPeer.need("hat", Purchasing.LEEDS, 3));
    purchasing.time.settle();
    assertThat(purchasing.all())
        .extracting(PurchaseOrder::getState)
        .containsExactly(
            PurchaseOrderState.PURCHASE_ORDER_STATE_CANCELLED,
            PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT);
  }

  @Test
  void every_call_in_the_wrong_state_is_refused_with_the_state_and_the_allowed_ones() {
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 10);
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder received = purchasing.sent(ACME, "hat", 10);
    purchasing.receive(received, received.getLines(0), 10);
    LineAcknowledgement answer = accept(received.getLines(0), 1, soon);
    assertStateRefused(
        () -> purchasing.acknowledge(draft, accept(draft.getLines(0), 1, soon)),
        "DRAFT",
        "SENT,ACKNOWLEDGED,PARTLY_RECEIVED");
    assertStateRefused(
        () -> purchasing.redate(draft, draft.getLines(0), soon),
        "DRAFT",
        "SENT,ACKNOWLEDGED,PARTLY_RECEIVED");
    assertStateRefused(() -> purchasing.close(draft), "DRAFT", "ACKNOWLEDGED,PARTLY_RECEIVED");
    assertStateRefused(() -> purchasing.send(sent), "SENT", "DRAFT");
    assertStateRefused(() -> purchasing.close(sent), "SENT", "ACKNOWLEDGED,PARTLY_RECEIVED");
    assertStateRefused(
        () -> purchasing.acknowledge(received, answer),
        "RECEIVED",
        "SENT,ACKNOWLEDGED,PARTLY_RECEIVED");
    assertStateRefused(() -> purchasing.cancel(received), "RECEIVED", "DRAFT,SENT,ACKNOWLEDGED");
    assertThat(purchasing.get(draft)).isEqualTo(draft);
    assertThat(purchasing.get(sent)).isEqualTo(sent);
  }

  private static void assertStateRefused(ThrowingCallable call, String state, String allowed) {
    Refusal refusal = Refusal.of(call);
    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("PURCHASE_ORDER_STATE");
    assertThat(refusal.metadata()).containsEntry("state", state).containsEntry("allowed", allowed);
  }

  // ---- what others hear

  @Test
  void every_change_is_one_event_with_the_next_version_and_the_whole_state() {
    purchasing.newEvents();
    PurchaseOrder order = purchasing.sent(ACME, "hat", 10);
    purchasing.acknowledge(order, accept(order.getLines(0), 8, soon));
    purchasing.redate(order, order.getLines(0), later);
    purchasing.receive(order, order.getLines(0), 3);
    purchasing.close(order);
    List<Event> events = purchasing.newEvents();
    assertThat(events).extracting(Event::getKey).containsOnly(order.getPurchaseOrderId());
    assertThat(events).extracting(Event::getKeyVersion).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(events)
        .extracting(event -> Purchasing.payload(event).getPurchaseOrderChanged().getCause())
        .containsExactly(
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_DRAFTED,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_SENT,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_ACKNOWLEDGED,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_REDATED,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_RECEIVED,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_CLOSED);
    Event last = events.get(5);
    assertThat(Purchasing.payload(last).getPurchaseOrderChanged().getPurchaseOrder())
        .isEqualTo(purchasing.get(order));
    GetSupplierEventResponse read =
        purchasing.facts.getSupplierEvent(
            GetSupplierEventRequest.newBuilder().setEventId(last.getEventId()).build());
    assertThat(read.getPayload()).isEqualTo(Purchasing.payload(last));
    assertThat(read.getEvent().getKeyVersion()).isEqualTo(6);
  }

  private static List<String> reasons(PurchaseOrder order) {
    return Database.sql()
        .list(
            row -> row.getString("reason"),
            "select reason from purchase_order_change where purchase_order_id = ?::uuid order by version",
            order.getPurchaseOrderId());
  }
}
