package dev.backorder.supplier.leadtime;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.accept;
import static dev.backorder.supplier.testing.Purchasing.date;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.common.v1.Event;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.InventoryPeer;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.Refusal;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.DayQuantile;
import dev.backorder.supplier.v1.GetLeadTimeDistributionRequest;
import dev.backorder.supplier.v1.GetLeadTimeDistributionResponse;
import dev.backorder.supplier.v1.LeadTimeObservation;
import dev.backorder.supplier.v1.LeadTimePercentile;
import dev.backorder.supplier.v1.ListLeadTimeObservationsRequest;
import dev.backorder.supplier.v1.ListLeadTimeObservationsResponse;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItemTerms;
import dev.backorder.supplier.v1.SupplierTerms;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What receipts say about how long suppliers take, and what the feed tells of it (SU5, AV4). */
@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class MeasuredLeadTimeTest {
  private Purchasing purchasing;
  private boolean damaged;

  @BeforeEach
  void reset() {
    purchasing = new Purchasing().reset().withAcme();
  }

  @AfterEach
  void the_books_agree() {
    if (!damaged) {
      purchasing.assertConsistent();
    }
  }

  @Test
  void each_receipt_is_observed_with_its_days() {
    LocalDate today = purchasing.today();
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    purchasing.acknowledge(sent, accept(sent.getLines(0), 8, today.plusDays(7)));
    // What counts is what the supplier said first.
    purchasing.redate(sent, sent.getLines(0), today.plusDays(9));
    receive(sent, 5, today.plusDays(6));
    receive(sent, 8, today.plusDays(10));

    List<LeadTimeObservation> observed = observations();
    assertThat(observed).hasSize(2);
    assertThat(observed.get(0).toBuilder().clearReceivedTime().build())
        .isEqualTo(
            LeadTimeObservation.newBuilder()
                .setSupplier(ACME)
                .setSku("hat")
                .setLineId(sent.getLines(0).getLineId())
                .setQuantity(5)
                .setLineReceivedQuantity(5)
                .setLineExpectedQuantity(8)
                .setSentDate(date(today))
                .setPromisedDate(date(today.plusDays(7)))
                .setReceivedDate(date(today.plusDays(6)))
                .setLeadTimeDays(6)
                .setLateDays(-1)
                .build());
    assertThat(observed.get(1).getQuantity()).isEqualTo(3);
    assertThat(observed.get(1).getLineReceivedQuantity()).isEqualTo(8);
    assertThat(observed.get(1).getLateDays()).isEqualTo(3);
  }

  @Test
  void a_supplier_that_never_promised_is_measured_against_our_estimate() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10);
    receive(sent, 10, purchasing.today().plusDays(8));
    assertThat(observations().get(0).getPromisedDate())
        .isEqualTo(date(purchasing.today().plusDays(5)));
    assertThat(observations().get(0).getLateDays()).isEqualTo(3);
  }

  @Test
  void a_receipt_told_again_late_or_together_with_others_is_measured_once() {
    PurchaseOrder sent = purchasing.sent(ACME, "hat", 10, "scarf", 4);
    LocalDate today = purchasing.today();
    tell(sent, 0, 4, today.plusDays(2));
    tell(sent, 0, 10, today.plusDays(5));
    tell(sent, 1, 4, today.plusDays(5));
    tell(sent, 0, 4, today.plusDays(2));
    purchasing.time.settle();
    List<LeadTimeObservation> once = observations();
    assertThat(once).extracting(LeadTimeObservation::getQuantity).containsExactly(4L, 6L, 4L);
    assertThat(once).extracting(LeadTimeObservation::getLeadTimeDays).containsExactly(2, 5, 5);
    InventoryPeer.feed().reset();
    purchasing.time.settle();
    assertThat(observations()).isEqualTo(once);
  }

  @Test
  void a_distribution_tells_count_mean_and_percentiles_of_item_and_supplier() {
    for (int days = 1; days <= 10; days++) {
      receive(purchasing.sent(ACME, "hat", 3), 3, purchasing.today().plusDays(days));
    }
    receive(purchasing.sent(ACME, "scarf", 3), 3, purchasing.today().plusDays(30));
    GetLeadTimeDistributionResponse answer = distribution("hat");
    assertThat(answer.getItem().getLeadTime().getLineCount()).isEqualTo(10);
    assertThat(answer.getItem().getLeadTime().getMeanDays()).isEqualTo(6);
    assertThat(answer.getItem().getPercentilesList())
        .extracting(LeadTimePercentile::getPercent, LeadTimePercentile::getLeadTimeDays)
        .containsExactly(
            tuple(50, 5), tuple(80, 8), tuple(90, 9), tuple(95, 10), tuple(98, 10), tuple(99, 10));
    assertThat(answer.getItem().getPercentiles(1).getLateDays()).isEqualTo(3);
    assertThat(answer.getSupplier().getLeadTime().getLineCount()).isEqualTo(11);
    assertThat(answer.getSupplier().getPercentiles(5).getLeadTimeDays()).isEqualTo(30);
    assertThat(distribution("").hasItem()).isFalse();
    assertThat(distribution("nothing").getItem().getLeadTime().getLineCount()).isZero();
    assertThat(distribution("nothing").getItem().getPercentilesList()).isEmpty();
  }

  @Test
  void a_supplier_that_does_not_exist_is_not_found() {
    Refusal refusal =
        Refusal.of(
            () ->
                purchasing.leadTimes.getLeadTimeDistribution(
                    GetLeadTimeDistributionRequest.newBuilder().setSupplier("nobody").build()));
    assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.reason()).isEqualTo("SUPPLIER_NOT_FOUND");
  }

  @Test
  void observations_come_in_pages_that_belong_to_their_filter() {
    for (int i = 0; i < 3; i++) {
      receive(purchasing.sent(ACME, "hat", 3), 3, purchasing.today().plusDays(i));
    }
    ListLeadTimeObservationsRequest.Builder asked =
        ListLeadTimeObservationsRequest.newBuilder().setPageSize(2).setSupplier(ACME);
    ListLeadTimeObservationsResponse first =
        purchasing.leadTimes.listLeadTimeObservations(asked.build());
    assertThat(first.getObservationsCount()).isEqualTo(2);
    asked.setPageToken(first.getNextPageToken());
    ListLeadTimeObservationsResponse second =
        purchasing.leadTimes.listLeadTimeObservations(asked.build());
    assertThat(second.getObservationsList())
        .extracting(LeadTimeObservation::getLeadTimeDays)
        .containsExactly(2);
    assertThat(second.getNextPageToken()).isEmpty();
    assertThat(
            Refusal.of(
                    () ->
                        purchasing.leadTimes.listLeadTimeObservations(asked.setSku("hat").build()))
                .code())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void the_feed_tells_supplier_and_item_with_the_next_versions_and_the_whole_state() {
    purchasing.newFacts();
    receive(purchasing.sent(ACME, "hat", 3), 3, purchasing.today().plusDays(7));
    List<Event> facts = purchasing.newFacts();
    Event ofSupplier = only(facts, "supplier/acme");
    assertThat(ofSupplier.getKeyVersion()).isEqualTo(2);
    SupplierTerms terms = Purchasing.payload(ofSupplier).getSupplierTermsChanged().getTerms();
    assertThat(terms.getActive()).isTrue();
    assertThat(terms.getLeadTime().getQuantilesList()).containsExactly(step(100, 7));
    Event ofItem = only(facts, "supplier/acme/hat");
    assertThat(ofItem.getKeyVersion()).isEqualTo(2);
    SupplierItemTerms item = Purchasing.payload(ofItem).getSupplierItemTermsChanged().getTerms();
    assertThat(item.getLeadTimeDays()).isEqualTo(5);
    assertThat(item.getLeadTime().getLineCount()).isEqualTo(1);
    assertThat(item.getLateness().getQuantilesList()).containsExactly(step(100, 2));
  }

  @Test
  void the_feed_tells_a_shutdown_and_an_offer_that_changed() {
    Supplier bolt = purchasing.with(supplier("bolt").addWorkingWeekdays(1));
    purchasing.newFacts();
    LocalDate christmas = LocalDate.of(2026, 12, 25);
    purchasing.suppliers.updateSupplier(
        UpdateSupplierRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(
                bolt.toBuilder()
                    .setAutoSend(true)
                    .setSendDelayMinutes(90)
                    .addClosedDates(date(christmas)))
            .build());
    purchasing.sells("bolt", item("screw").setPriority(3), item("nut"));
    purchasing.sells("bolt", item("screw").setPriority(3), item("nut").setLeadTimeDays(9));
    List<Event> facts = purchasing.newFacts();
    assertThat(facts)
        .extracting(fact -> fact.getKey() + " " + fact.getKeyVersion())
        .containsExactly(
            "supplier/bolt 2",
            "supplier/bolt/nut 1",
            "supplier/bolt/screw 1",
            "supplier/bolt/nut 2");
    SupplierTerms terms = Purchasing.payload(facts.get(0)).getSupplierTermsChanged().getTerms();
    assertThat(terms.getClosedDatesList()).containsExactly(date(christmas));
    assertThat(terms.getWorkingWeekdaysList()).containsExactly(1);
    assertThat(terms.getSendDelayMinutes()).isEqualTo(90);
    assertThat(
            Purchasing.payload(facts.get(2)).getSupplierItemTermsChanged().getTerms().getPriority())
        .isEqualTo(3);
  }

  @Test
  void what_was_there_before_anything_was_published_is_published_once() {
    purchasing.newFacts();
    Database.sql().update("update supplier set terms_version = 0");
    Database.sql().update("update supplier_item set terms_version = 0");
    purchasing.time.settle();
    assertThat(purchasing.newFacts())
        .extracting(Event::getKey)
        .containsExactly("supplier/acme", "supplier/acme/hat", "supplier/acme/scarf");
    purchasing.time.settle();
    assertThat(purchasing.newFacts()).isEmpty();
  }

  @Test
  void each_check_finds_its_damage() {
    receive(purchasing.sent(ACME, "hat", 3), 3, purchasing.today().plusDays(7));
    assertThat(wrong()).isEmpty();
    damaged = true;
    Database.sql()
        .update("update supplier_item set terms_version = terms_version + 1 where sku = 'hat'");
    assertThat(wrong()).containsExactly("supplier_terms_published");
    Database.sql()
        .update("update supplier_item set terms_version = terms_version - 1 where sku = 'hat'");
    Database.sql().update("update lead_time_observation set quantity = quantity - 1");
    assertThat(wrong()).containsExactly("lead_time_receipts_measured");
    Database.sql().update("delete from lead_time_observation");
    assertThat(wrong()).containsExactly("lead_time_receipts_measured");
  }

  private static org.assertj.core.groups.Tuple tuple(int percent, int days) {
    return org.assertj.core.groups.Tuple.tuple(percent, days);
  }

  private static DayQuantile step(int upTo, int days) {
    return DayQuantile.newBuilder().setUpToPercent(upTo).setDays(days).build();
  }

  private static Event only(List<Event> facts, String key) {
    List<Event> found = facts.stream().filter(fact -> fact.getKey().equals(key)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private static List<String> wrong() {
    return ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
        .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
        .getResultsList()
        .stream()
        .filter(result -> !result.getConsistent())
        .map(CheckResult::getCheck)
        .toList();
  }

  private List<LeadTimeObservation> observations() {
    return new ArrayList<>(
        purchasing
            .leadTimes
            .listLeadTimeObservations(
                ListLeadTimeObservationsRequest.newBuilder().setPageSize(500).build())
            .getObservationsList());
  }

  private GetLeadTimeDistributionResponse distribution(String sku) {
    return purchasing.leadTimes.getLeadTimeDistribution(
        GetLeadTimeDistributionRequest.newBuilder().setSupplier(ACME).setSku(sku).build());
  }

  private void receive(PurchaseOrder order, long total, LocalDate day) {
    tell(order, 0, total, day);
    purchasing.time.settle();
  }

  private static void tell(PurchaseOrder order, int line, long total, LocalDate day) {
    Instant noon = day.atTime(12, 0).toInstant(ZoneOffset.UTC);
    InventoryPeer.tellReceived(order, order.getLines(line), total, noon);
  }
}
