package dev.backorder.supplier.need;

import static dev.backorder.supplier.testing.InventoryPeer.need;
import static dev.backorder.supplier.testing.InventoryPeer.tell;
import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.LEEDS;
import static dev.backorder.supplier.testing.Purchasing.date;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.AdvanceClockResponse;
import dev.backorder.common.v1.Event;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.ReorderNeedState;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.testing.Stampede;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.InventoryPeer;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class ReorderNeedTest {
  @Inject ReorderNeeds needs;
  @Inject Transactions transactions;

  private Purchasing purchasing;

  @BeforeEach
  void reset() {
    purchasing = new Purchasing().reset();
  }

  // ---- from need to draft

  @Test
  void a_need_becomes_a_line_of_a_draft() {
    purchasing.withAcme();
    ReorderNeed need = tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    PurchaseOrder draft = purchasing.only();
    assertThat(draft.getNumber()).isEqualTo("PO-000001");
    assertThat(draft.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT);
    assertThat(draft.getSupplier()).isEqualTo(ACME);
    assertThat(draft.getLocation()).isEqualTo(LEEDS);
    assertThat(draft.hasSendDueTime()).as("a person sends it").isFalse();
    PurchaseOrderLine line = draft.getLines(0);
    assertThat(line.getOrderedQuantity()).isEqualTo(7);
    assertThat(line.getNeedIdsList()).containsExactly(need.getNeedId());
    assertThat(line.getExpectedDate()).isEqualTo(date(purchasing.today().plusDays(5)));
    assertThat(line.getCost()).isEqualTo(item("hat").getCost());
    assertThat(line.hasFirstPromisedDate()).isFalse();
    purchasing.assertConsistent();
  }

  @Test
  void needs_of_one_moment_come_together_as_one_change() {
    purchasing.withAcme();
    tell(need("hat", LEEDS, 7));
    tell(need("scarf", LEEDS, 2));
    tell(need("hat", LEEDS, 3));
    purchasing.time.settle();
    PurchaseOrder draft = purchasing.only();
    assertThat(draft.getVersion()).isEqualTo(1);
    assertThat(draft.getLinesList())
        .extracting(PurchaseOrderLine::getSku)
        .containsExactly("hat", "scarf");
    assertThat(draft.getLinesList())
        .extracting(PurchaseOrderLine::getOrderedQuantity)
        .containsExactly(10L, 2L);
    List<Event> events = purchasing.newEvents();
    assertThat(events).hasSize(1);
    assertThat(events.get(0).getKey()).isEqualTo(draft.getPurchaseOrderId());
    assertThat(events.get(0).getKeyVersion()).isEqualTo(1);
    assertThat(Purchasing.payload(events.get(0)).getPurchaseOrderChanged().getPurchaseOrder())
        .isEqualTo(draft);
    assertThat(Purchasing.payload(events.get(0)).getPurchaseOrderChanged().getCause())
        .isEqualTo(PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_DRAFTED);
  }

  @Test
  void a_later_need_merges_into_the_open_draft() {
    purchasing.withAcme();
    ReorderNeed first = tell(need("hat", LEEDS, 7));
    purchasing.time.advance(Duration.ofHours(1));
    ReorderNeed second = tell(need("hat", LEEDS, 5));
    purchasing.time.advance(Duration.ofHours(1));
    PurchaseOrder draft = purchasing.only();
    assertThat(draft.getVersion()).isEqualTo(2);
    assertThat(draft.getLinesCount()).isEqualTo(1);
    assertThat(draft.getLines(0).getOrderedQuantity()).isEqualTo(12);
    assertThat(draft.getLines(0).getNeedIdsList())
        .containsExactly(first.getNeedId(), second.getNeedId());
    purchasing.assertConsistent();
  }

  @Test
  void each_supplier_and_location_has_its_own_draft() {
    purchasing.withAcme();
    purchasing.with(supplier("bolt"));
    purchasing.sells("bolt", item("screw"));
    tell(need("hat", LEEDS, 1));
    tell(need("hat", "york", 2));
    tell(need("screw", LEEDS, 3));
    purchasing.time.settle();
    assertThat(purchasing.all())
        .extracting(order -> order.getSupplier() + " " + order.getLocation())
        .containsExactly("acme leeds", "acme york", "bolt leeds");
    assertThat(purchasing.all())
        .extracting(PurchaseOrder::getNumber)
        .containsExactly("PO-000001", "PO-000002", "PO-000003");
  }

  @Test
  void minimum_and_multiple_round_up_the_sum_of_the_needs() {
    purchasing.with(supplier(ACME));
    purchasing.sells(ACME, item("hat").setMinimumQuantity(50).setMultipleQuantity(12));
    for (int i = 0; i < 3; i++) {
      tell(need("hat", LEEDS, 20));
      purchasing.time.settle();
      assertThat(purchasing.only().getLines(0).getOrderedQuantity()).isEqualTo(60);
    }
    tell(need("hat", LEEDS, 1));
    purchasing.time.settle();
    assertThat(purchasing.only().getLines(0).getOrderedQuantity()).isEqualTo(72);
    purchasing.assertConsistent();
  }

  @Test
  void a_full_draft_stops_collecting_and_the_next_need_opens_another() {
    purchasing.with(supplier(ACME));
    int most = SupplierResource.MOST_DRAFT_LINES;
    for (int i = 0; i <= most; i++) {
      purchasing.sells(ACME, item("sku-" + i));
      tell(need("sku-" + i, LEEDS, 1));
    }
    purchasing.time.settle();
    assertThat(purchasing.all()).extracting(PurchaseOrder::getLinesCount).containsExactly(most, 1);
    tell(need("sku-0", LEEDS, 1));
    purchasing.time.settle();
    assertThat(purchasing.all()).extracting(PurchaseOrder::getLinesCount).containsExactly(most, 2);
    purchasing.assertConsistent();
  }

  // ---- the same need never buys twice

  @Test
  void the_same_need_never_buys_twice() {
    purchasing.withAcme();
    ReorderNeed need = need("hat", LEEDS, 7);
    tell(need);
    purchasing.time.settle();
    tell(need);
    purchasing.time.settle();
    assertThat(purchasing.only().getLines(0).getOrderedQuantity()).isEqualTo(7);
    assertThat(purchasing.only().getVersion()).isEqualTo(1);
  }

  @Test
  void a_feed_that_starts_again_buys_nothing() {
    purchasing.withAcme();
    tell(need("hat", LEEDS, 7));
    tell(need("scarf", LEEDS, 7));
    purchasing.time.settle();
    purchasing.send(purchasing.only());
    var before = Database.picture();
    InventoryPeer.feed().reset();
    AdvanceClockResponse done = purchasing.time.settle();
    assertThat(done.getEventCount()).as("both were told again").isEqualTo(2);
    assertThat(Database.picture()).isEqualTo(before);
  }

  @Test
  void two_replicas_that_cover_needs_at_once_make_one_draft_and_buy_each_need_once() {
    purchasing.withAcme();
    List<ReorderNeed> told =
        IntStream.range(0, 40).mapToObj(i -> need(i % 2 == 0 ? "hat" : "scarf", LEEDS, 1)).toList();
    transactions.runInNew(() -> told.forEach(this::raise));
    // Small batches, so that the threads meet.
    Stampede.run(
        8,
        () -> {
          int covered = 0;
          for (int batch = 1; batch > 0; ) {
            batch = transactions.inNew(() -> needs.cover(3));
            covered += batch;
          }
          return covered;
        });
    // A thread that found all rows claimed left early; nothing is lost by that.
    purchasing.time.settle();
    PurchaseOrder draft = purchasing.only();
    assertThat(draft.getLinesCount()).isEqualTo(2);
    assertThat(draft.getLinesList())
        .extracting(PurchaseOrderLine::getOrderedQuantity)
        .containsExactly(20L, 20L);
    assertThat(draft.getLinesList().stream().flatMap(line -> line.getNeedIdsList().stream()))
        .containsExactlyInAnyOrderElementsOf(told.stream().map(ReorderNeed::getNeedId).toList());
    assertThat(purchasing.newEvents())
        .extracting(Event::getKeyVersion)
        .as("one event per version, in order")
        .containsExactlyElementsOf(LongStream.rangeClosed(1, draft.getVersion()).boxed().toList());
    purchasing.assertConsistent();
  }

  @Test
  void the_same_need_told_to_two_replicas_at_once_is_stored_once() {
    purchasing.withAcme();
    ReorderNeed need = need("hat", LEEDS, 7);
    Stampede.run(
        8,
        () -> {
          transactions.runInNew(() -> raise(need));
          return true;
        });
    purchasing.time.settle();
    assertThat(purchasing.only().getLines(0).getOrderedQuantity()).isEqualTo(7);
  }

  // ---- whom we buy from

  @Test
  void the_lowest_priority_number_wins_and_ties_go_by_code() {
    for (String code : List.of("c", "b", "a")) {
      purchasing.with(supplier(code));
    }
    purchasing.sells("a", item("hat").setPriority(5), item("scarf").setPriority(5));
    purchasing.sells("b", item("hat").setPriority(1), item("scarf").setPriority(5));
    purchasing.sells("c", item("hat").setPriority(9), item("scarf").setPriority(5));
    tell(need("hat", LEEDS, 1));
    tell(need("scarf", LEEDS, 1));
    purchasing.time.settle();
    assertThat(purchasing.all())
        .extracting(order -> order.getLines(0).getSku() + " from " + order.getSupplier())
        .containsExactlyInAnyOrder("hat from b", "scarf from a");
  }

  @Test
  void an_inactive_supplier_is_passed_over() {
    purchasing.with(supplier("a").setActive(false));
    purchasing.with(supplier("b"));
    purchasing.sells("a", item("hat").setPriority(1));
    purchasing.sells("b", item("hat").setPriority(2));
    tell(need("hat", LEEDS, 1));
    purchasing.time.settle();
    assertThat(purchasing.only().getSupplier()).isEqualTo("b");
  }

  // ---- nobody sells it

  @Test
  void a_need_that_nobody_sells_waits_visibly_and_is_covered_when_somebody_does() {
    purchasing.with(supplier(ACME));
    ReorderNeed need = tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    assertThat(purchasing.all()).isEmpty();
    assertThat(uncoveredMetric()).isEqualTo("1.0");
    assertThat(purchasing.time.settle().getWorkCount())
        .as("and is not looked at for nothing")
        .isZero();
    purchasing.assertConsistent();
    purchasing.sells(ACME, item("hat"));
    purchasing.time.settle();
    assertThat(purchasing.only().getLines(0).getNeedIdsList()).containsExactly(need.getNeedId());
    assertThat(uncoveredMetric()).isEqualTo("0.0");
    purchasing.assertConsistent();
  }

  @Test
  void a_need_is_covered_when_its_supplier_becomes_active() {
    Supplier acme = purchasing.with(supplier(ACME).setActive(false));
    purchasing.sells(ACME, item("hat"));
    tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    assertThat(purchasing.all()).isEmpty();
    update(acme.toBuilder().setActive(true));
    purchasing.time.settle();
    assertThat(purchasing.only().getLinesCount()).isEqualTo(1);
  }

  @Test
  void a_need_that_was_given_up_is_not_bought() {
    purchasing.with(supplier(ACME));
    ReorderNeed need = tell(need("hat", LEEDS, 7));
    tell(cancelled(need));
    purchasing.time.settle();
    ReorderNeed unheard = need("hat", LEEDS, 7);
    tell(cancelled(unheard));
    tell(unheard);
    purchasing.sells(ACME, item("hat"));
    purchasing.time.settle();
    assertThat(purchasing.all()).isEmpty();
    purchasing.assertConsistent();
  }

  // ---- the chain

  @Test
  void the_event_of_a_draft_belongs_to_the_chain_of_its_need() {
    purchasing.withAcme();
    ReorderNeed need = need("hat", LEEDS, 7);
    tell(need);
    purchasing.time.settle();
    String chain =
        Database.sql()
            .first(row -> row.getString(1), "select correlation_id from reorder_need")
            .orElseThrow();
    assertThat(purchasing.newEvents()).extracting(Event::getCorrelationId).containsExactly(chain);
  }

  private void raise(ReorderNeed need) {
    needs.raise(
        new RaisedNeed(
            UUID.fromString(need.getNeedId()),
            need.getSku(),
            need.getLocation(),
            need.getQuantity(),
            Optional.empty(),
            UUID.randomUUID(),
            "chain"));
  }

  private Supplier update(Supplier.Builder supplier) {
    return purchasing
        .suppliers
        .updateSupplier(
            UpdateSupplierRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(supplier)
                .build())
        .getSupplier();
  }

  private static ReorderNeed cancelled(ReorderNeed need) {
    return need.toBuilder().setState(ReorderNeedState.REORDER_NEED_STATE_CANCELLED).build();
  }

  private static String uncoveredMetric() {
    return RestAssured.get("/q/metrics")
        .asString()
        .lines()
        .filter(line -> line.startsWith("backorder_needs_uncovered"))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("missing");
  }
}
