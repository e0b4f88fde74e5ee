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
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderChangeCause;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class DraftTimerTest {
  private Purchasing purchasing;

  @BeforeEach
  void reset() {
    purchasing = new Purchasing().reset();
  }

  // ---- the timer

  @Test
  void a_draft_is_sent_when_its_delay_has_passed_and_not_before() {
    purchasing.with(supplier(ACME).setAutoSend(true).setSendDelayMinutes(120));
    purchasing.sells(ACME, item("hat"));
    tell(need("hat", LEEDS, 7));
    AdvanceClockResponse made = purchasing.time.settle();
    Instant created = purchasing.time.now();
    assertThat(made.getNextDueTime().getSeconds())
        .isEqualTo(created.plus(Duration.ofHours(2)).getEpochSecond());
    purchasing.time.advance(Duration.ofMinutes(119));
    tell(need("hat", LEEDS, 1));
    purchasing.time.settle();
    assertThat(purchasing.only().getState())
        .as("a further need does not postpone it")
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT);
    purchasing.time.advance(Duration.ofMinutes(1));
    PurchaseOrder sent = purchasing.only();
    assertThat(sent.getState()).isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT);
    assertThat(sent.getSentTime().getSeconds())
        .isEqualTo(created.plus(Duration.ofHours(2)).getEpochSecond());
    assertThat(sent.hasSendDueTime()).isFalse();
    tell(need("hat", LEEDS, 4));
    purchasing.time.settle();
    assertThat(purchasing.all()).as("the next need opens the next draft").hasSize(2);
    purchasing.assertConsistent();
  }

  @Test
  void without_a_delay_it_is_sent_at_once() {
    purchasing.with(supplier(ACME).setAutoSend(true));
    purchasing.sells(ACME, item("hat"));
    tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    assertThat(purchasing.only().getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT);
    assertThat(purchasing.newEvents())
        .extracting(event -> Purchasing.payload(event).getPurchaseOrderChanged().getCause())
        .containsExactly(
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_DRAFTED,
            PurchaseOrderChangeCause.PURCHASE_ORDER_CHANGE_CAUSE_SENT);
  }

  @Test
  void the_draft_of_an_inactive_supplier_waits_until_it_is_active() {
    Supplier acme = purchasing.with(supplier(ACME).setAutoSend(true).setSendDelayMinutes(60));
    purchasing.sells(ACME, item("hat"));
    tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    acme = update(acme.toBuilder().setActive(false));
    AdvanceClockResponse done = purchasing.time.advance(Duration.ofDays(1));
    assertThat(done.hasNextDueTime()).isFalse();
    assertThat(purchasing.only().getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT);
    update(acme.toBuilder().setActive(true));
    purchasing.time.settle();
    assertThat(purchasing.only().getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT);
  }

  @Test
  void waiting_drafts_follow_when_the_supplier_gets_another_delay() {
    Supplier acme = purchasing.with(supplier(ACME));
    purchasing.sells(ACME, item("hat"));
    tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    assertThat(purchasing.only().hasSendDueTime()).isFalse();
    update(acme.toBuilder().setAutoSend(true).setSendDelayMinutes(30));
    PurchaseOrder draft = purchasing.only();
    assertThat(draft.getSendDueTime().getSeconds())
        .isEqualTo(draft.getCreateTime().getSeconds() + 1800);
    assertThat(draft.getVersion()).isEqualTo(2);
    purchasing.time.advance(Duration.ofMinutes(30));
    assertThat(purchasing.only().getState())
        .isEqualTo(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT);
  }

  @Test
  void the_date_is_estimated_from_the_day_of_sending_in_working_days_of_the_supplier() {
    // Tokyo is nine hours ahead: 18:00 in UTC is the next day there.
    purchasing.with(
        supplier(ACME)
            .setTimeZone("Asia/Tokyo")
            .addAllWorkingWeekdays(List.of(1, 2, 3, 4, 5))
            .setAutoSend(true));
    purchasing.sells(ACME, item("hat").setLeadTimeDays(5));
    Instant monday = nextMonday(purchasing.time.now());
    purchasing.time.advanceTo(monday.plus(Duration.ofHours(18)));
    tell(need("hat", LEEDS, 7));
    purchasing.time.settle();
    var tuesdayInTokyo = monday.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1);
    assertThat(purchasing.only().getLines(0).getExpectedDate())
        .isEqualTo(date(tuesdayInTokyo.plusDays(7)));
  }

  private static Instant nextMonday(Instant now) {
    return now.atZone(ZoneOffset.UTC)
        .toLocalDate()
        .with(TemporalAdjusters.next(DayOfWeek.MONDAY))
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
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
}
