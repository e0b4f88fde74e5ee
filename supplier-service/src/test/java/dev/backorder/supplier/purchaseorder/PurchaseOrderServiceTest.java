package dev.backorder.supplier.purchaseorder;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.accept;
import static dev.backorder.supplier.testing.Purchasing.date;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.reject;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.backorder.platform.testing.Stampede;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.InventoryPeer;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.Refusal;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.GetSupplierEventRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.supplier.v1.SupplierItem;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class PurchaseOrderServiceTest {
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

  // ---- drafts by hand

  @Test
  void a_draft_by_hand_has_the_rounded_quantities_and_the_cost_of_the_day() {
    purchasing.sells(ACME, item("hat").setMultipleQuantity(12));
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 5, "scarf", 3);
    assertThat(draft.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT);
    assertThat(draft.getNumber()).isEqualTo("PO-000001");
    assertThat(draft.getVersion()).isEqualTo(1);
    assertThat(draft.getLinesList())
        .extracting(PurchaseOrderLine::getSku, PurchaseOrderLine::getOrderedQuantity)
        .containsExactly(tuple("hat", 12L), tuple("scarf", 3L));
    purchasing.sells(ACME, item("hat").clearCost());
    assertThat(purchasing.get(draft)).isEqualTo(draft);
    assertThat(draft.getLines(0).getCost()).isEqualTo(item("hat").getCost());
  }

  @Test
  void a_draft_by_hand_stands_for_itself() {
    PurchaseOrder byHand = purchasing.draft(ACME, "hat", 5);
    InventoryPeer.tell(InventoryPeer.need("hat", Purchasing.LEEDS, 2));
    purchasing.time.settle();
    assertThat(purchasing.all()).hasSize(2);
    assertThat(purchasing.get(byHand)).isEqualTo(byHand);
  }

  @Test
  void what_cannot_be_bought_is_refused_by_name() {
    Refusal unknown = Refusal.of(() -> purchasing.draft("nobody", "hat", 1));
    assertThat(unknown.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(unknown.reason()).isEqualTo("SUPPLIER_NOT_FOUND");
    Refusal unsold = Refusal.of(() -> purchasing.draft(ACME, "hat", 1, "tie", 1, "sock", 1));
    assertThat(unsold.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(unsold.reason()).isEqualTo("ITEM_NOT_SOLD");
    assertThat(unsold.metadata()).containsEntry("sku", "tie,sock");
    purchasing.sells(ACME, item("hat").setMultipleQuantity(7));
    Refusal tooMany = Refusal.of(() -> purchasing.draft(ACME, "hat", 1_000_000_000));
    assertThat(tooMany.reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(tooMany.metadata()).containsEntry("possible", "999999994");
    assertThat(purchasing.all()).isEmpty();
  }

  @Test
  void a_supplier_without_a_working_day_for_years_still_has_a_date() {
    purchasing.with(supplier("slow").addWorkingWeekdays(7));
    purchasing.sells("slow", item("hat").setLeadTimeDays(3650));
    assertThat(purchasing.draft("slow", "hat", 1).getLines(0).getExpectedDate().getYear())
        .isGreaterThan(2090);
  }

  // ---- sending

  @Test
  void sending_is_one_change_with_its_time() {
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 5);
    purchasing.time.advance(Duration.ofDays(3));
    PurchaseOrder sent = purchasing.send(draft);
    assertThat(sent.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT);
    assertThat(sent.getVersion()).isEqualTo(2);
    assertThat(sent.getSentTime().getSeconds()).isEqualTo(purchasing.time.now().getEpochSecond());
    assertThat(sent.getLines(0).getExpectedDate()).isEqualTo(date(purchasing.today().plusDays(5)));
    assertThat(purchasing.get(draft)).isEqualTo(sent);
  }

  @Test
  void nothing_is_sent_to_an_inactive_supplier() {
    purchasing.with(supplier("gone").setActive(false));
    purchasing.sells("gone", item("hat"));
    PurchaseOrder draft = purchasing.draft("gone", "hat", 1);
    Refusal refusal = Refusal.of(() -> purchasing.send(draft));
    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("SUPPLIER_INACTIVE");
    assertThat(refusal.metadata()).containsEntry("supplier", "gone");
    assertThat(purchasing.get(draft)).isEqualTo(draft);
  }

  @Test
  void of_many_that_send_the_same_draft_at_once_one_does() {
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 5);
    List<String> outcomes =
        Stampede.run(
            8,
            () -> {
              try {
                return purchasing.send(draft).getState().name();
              } catch (StatusRuntimeException e) {
                return e.getStatus().getCode().name();
              }
            });
    assertThat(outcomes)
        .containsOnly("PURCHASE_ORDER_STATE_SENT", "FAILED_PRECONDITION")
        .containsOnlyOnce("PURCHASE_ORDER_STATE_SENT");
    assertThat(purchasing.get(draft).getVersion()).isEqualTo(2);
  }

  @Test
  void the_same_request_at_the_same_time_runs_once_and_everybody_gets_its_answer() {
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 5);
    SendPurchaseOrderRequest send =
        SendPurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setPurchaseOrderId(draft.getPurchaseOrderId())
            .build();
    List<PurchaseOrder> answers =
        Stampede.run(8, () -> purchasing.orders.sendPurchaseOrder(send).getPurchaseOrder());
    assertThat(answers).containsOnly(purchasing.get(draft));
    assertThat(purchasing.get(draft).getVersion()).isEqualTo(2);
  }

  // ---- the supplier's answer

  @Test
  void the_supplier_accepts_a_part_and_rejects_a_line() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    PurchaseOrder answered =
        purchasing.acknowledge(sent, accept(sent.getLines(0), 6, soon), reject(sent.getLines(1)));
    assertThat(answered.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_ACKNOWLEDGED);
    PurchaseOrderLine hat = answered.getLines(0);
    assertThat(hat.getState()).isEqualTo(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_ACCEPTED);
    assertThat(hat.getAcceptedQuantity()).isEqualTo(6);
    assertThat(hat.getExpectedDate()).isEqualTo(date(soon));
    assertThat(hat.getFirstPromisedDate()).isEqualTo(date(soon));
    assertThat(answered.getLines(1).getState())
        .isEqualTo(PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_REJECTED);
    assertThat(answered.hasAcknowledgedTime()).isTrue();
    assertThat(answered.hasClosedTime()).isFalse();
  }

  @Test
  void lines_left_out_stay_open_and_may_be_answered_later() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    PurchaseOrder half = purchasing.acknowledge(sent, accept(sent.getLines(0), 10, soon));
    assertThat(half.getLines(1)).isEqualTo(sent.getLines(1));
    PurchaseOrder whole = purchasing.acknowledge(sent, accept(sent.getLines(1), 5, later));
    assertThat(whole.getLines(0)).isEqualTo(half.getLines(0));
    assertThat(whole.getLines(1).getAcceptedQuantity()).isEqualTo(5);
    assertThat(whole.getAcknowledgedTime()).isEqualTo(half.getAcknowledgedTime());
  }

  @Test
  void rejecting_all_lines_ends_the_order() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    PurchaseOrder rejected =
        purchasing.acknowledge(sent, reject(sent.getLines(0)), reject(sent.getLines(1)));
    assertThat(rejected.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_REJECTED);
    assertThat(rejected.hasClosedTime()).isTrue();
  }

  @Test
  void more_than_ordered_is_refused_and_no_line_of_the_answer_counts() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 5);
    Refusal refusal =
        Refusal.of(
            () ->
                purchasing.acknowledge(
                    sent, accept(sent.getLines(0), 10, soon), accept(sent.getLines(1), 6, soon)));
    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(refusal.metadata())
        .containsAllEntriesOf(
            Map.of("line_id", sent.getLines(1).getLineId(), "requested", "6", "possible", "5"));
    assertThat(purchasing.get(sent)).isEqualTo(sent);
  }

  @Test
  void an_answer_for_a_line_of_another_order_is_not_found() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder other = purchasing.sent(ACME, "hat", 10);
    Refusal refusal =
        Refusal.of(() -> purchasing.acknowledge(sent, accept(other.getLines(0), 1, soon)));
    assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.reason()).isEqualTo("LINE_NOT_FOUND");
  }

  @Test
  void a_repeated_answer_is_answered_from_the_first_result() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    AcknowledgePurchaseOrderRequest answer =
        AcknowledgePurchaseOrderRequest.newBuilder()
            .setRequestId(request())
            .setPurchaseOrderId(sent.getPurchaseOrderId())
            .addLines(accept(sent.getLines(0), 4, soon))
            .build();
    PurchaseOrder first = purchasing.orders.acknowledgePurchaseOrder(answer).getPurchaseOrder();
    purchasing.acknowledge(sent, accept(sent.getLines(0), 9, later));
    assertThat(purchasing.orders.acknowledgePurchaseOrder(answer).getPurchaseOrder())
        .isEqualTo(first);
    assertThat(purchasing.get(sent).getLines(0).getAcceptedQuantity()).isEqualTo(9);
  }

  @Test
  void a_moved_date_keeps_the_first_promise() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    purchasing.acknowledge(sent, accept(sent.getLines(0), 10, soon));
    PurchaseOrder moved = purchasing.redate(sent, sent.getLines(0), later);
    assertThat(moved.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_ACKNOWLEDGED);
    assertThat(moved.getLines(0).getExpectedDate()).isEqualTo(date(later));
    assertThat(moved.getLines(0).getFirstPromisedDate()).isEqualTo(date(soon));
    assertThat(reasons(moved)).containsExactly("", "", "", "the ship is late");
  }

  @Test
  void a_date_that_cannot_be_meant_is_refused() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    LocalDate longAgo = purchasing.today().minusDays(30);
    for (Refusal refusal :
        List.of(
            Refusal.of(() -> purchasing.acknowledge(sent, accept(sent.getLines(0), 1, longAgo))),
            Refusal.of(() -> purchasing.redate(sent, sent.getLines(0), longAgo)),
            Refusal.of(() -> purchasing.redate(sent, sent.getLines(0), longAgo.plusYears(20))))) {
      assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(refusal.fields()).containsExactly("lines[0].expected_date");
    }
    assertThat(purchasing.get(sent)).isEqualTo(sent);
  }

  // ---- what others hear and see

  @Test
  void an_unknown_order_or_event_is_not_found() {
    PurchaseOrder stranger = PurchaseOrder.newBuilder().setPurchaseOrderId(request()).build();
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 1);
    for (Refusal refusal :
        List.of(
            Refusal.of(() -> purchasing.get(stranger)),
            Refusal.of(() -> purchasing.send(stranger)),
            Refusal.of(() -> purchasing.acknowledge(stranger, accept(sent.getLines(0), 1, soon))),
            Refusal.of(() -> purchasing.redate(stranger, sent.getLines(0), soon)),
            Refusal.of(() -> purchasing.close(stranger)),
            Refusal.of(() -> purchasing.cancel(stranger)))) {
      assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(refusal.reason()).isEqualTo("PURCHASE_ORDER_NOT_FOUND");
    }
    Refusal event =
        Refusal.of(
            () ->
                purchasing.facts.getSupplierEvent(
                    GetSupplierEventRequest.newBuilder().setEventId(request()).build()));
    assertThat(event.reason()).isEqualTo("EVENT_NOT_FOUND");
  }

  @Test
  void orders_are_listed_oldest_first_filtered_and_paged() {
    purchasing.with(supplier("bolt"));
    purchasing.sells("bolt", item("screw"));
    List<String> acme = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      acme.add(purchasing.draft(ACME, "hat", 1).getNumber());
      purchasing.sent("bolt", "screw", 1);
    }
    List<String> found = new ArrayList<>();
    ListPurchaseOrdersRequest.Builder list =
        ListPurchaseOrdersRequest.newBuilder()
            .setSupplier(ACME)
            .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT)
            .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT)
            .setPageSize(2);
    do {
      ListPurchaseOrdersResponse page = purchasing.orders.listPurchaseOrders(list.build());
      page.getPurchaseOrdersList().forEach(order -> found.add(order.getNumber()));
      list.setPageToken(page.getNextPageToken());
    } while (!list.getPageToken().isEmpty());
    assertThat(found).isEqualTo(acme);
    assertThat(
            purchasing
                .orders
                .listPurchaseOrders(
                    ListPurchaseOrdersRequest.newBuilder()
                        .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT)
                        .build())
                .getPurchaseOrdersList())
        .hasSize(5)
        .allMatch(order -> order.getSupplier().equals("bolt"));
  }

  @Test
  void a_page_of_big_orders_ends_early_rather_than_outgrow_a_message() {
    for (int batch = 0; batch < 1000; batch += 250) {
      var items = new SupplierItem.Builder[250];
      for (int i = 0; i < items.length; i++) {
        items[i] = item("sku-" + (batch + i));
      }
      purchasing.sells(ACME, items);
    }
    Object[] thousand = new Object[2000];
    for (int i = 0; i < 1000; i++) {
      thousand[2 * i] = "sku-" + i;
      thousand[2 * i + 1] = 1;
    }
    for (int i = 0; i < 6; i++) {
      purchasing.draft(ACME, thousand);
    }
    ListPurchaseOrdersResponse first =
        purchasing.orders.listPurchaseOrders(
            ListPurchaseOrdersRequest.newBuilder().setPageSize(500).build());
    assertThat(first.getPurchaseOrdersCount()).isEqualTo(4);
    ListPurchaseOrdersResponse second =
        purchasing.orders.listPurchaseOrders(
            ListPurchaseOrdersRequest.newBuilder()
                .setPageSize(500)
                .setPageToken(first.getNextPageToken())
                .build());
    assertThat(second.getPurchaseOrdersCount()).isEqualTo(2);
    assertThat(second.getNextPageToken()).isEmpty();
  }

  private static List<String> reasons(PurchaseOrder order) {
    return Database.sql()
        .list(
            row -> row.getString("reason"),
            "select reason from purchase_order_change where purchase_order_id = ?::uuid order by version",
            order.getPurchaseOrderId());
  }
}
