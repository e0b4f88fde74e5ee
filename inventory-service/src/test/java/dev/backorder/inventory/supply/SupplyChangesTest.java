package dev.backorder.inventory.supply;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.ListReceiptsRequest;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.PromiseConstraint;
import dev.backorder.inventory.v1.Supply;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What suppliers say, and whose dates follow. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class SupplyChangesTest extends StockroomTest {
  @BeforeEach
  void stock() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam"));
  }

  @Test
  void a_purchase_that_becomes_a_supply_gives_its_lines_the_real_date() {
    room.order("o1", "tea", 2);
    assertThat(room.promised("o1")).isEqualTo(room.day(5));
    room.supply("s1", "tea", 2, room.day(8));
    assertThat(room.promised("o1")).isEqualTo(room.day(8));
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo("s1");
    assertThat(room.held("o1").getVersion()).isEqualTo(2);
    assertThat(room.supply("s1").getPeggedQuantity()).isEqualTo(2);
  }

  @Test
  void a_new_date_moves_exactly_the_lines_that_the_supply_feeds() {
    room.supply("s1", "tea", 2, room.day(4)).supply("s2", "tea", 2, room.day(9));
    room.order("o1", "tea", 2);
    room.order("o2", "tea", 2);
    room.order("o3", "tea", 2);
    room.order("other", "jam", 2);
    room.redate("s1", room.day(6));
    assertThat(room.promised("o1")).isEqualTo(room.day(6));
    assertThat(room.held("o1").getVersion()).isEqualTo(2);
    assertThat(room.held("o2").getVersion()).isEqualTo(1);
    assertThat(room.held("o3").getVersion()).isEqualTo(1);
    assertThat(room.held("other").getVersion()).isEqualTo(1);
    inventory.time.settle();
    assertThat(inventory.eventsOf("o1")).hasSize(2);
    assertThat(inventory.eventsOf("o2")).hasSize(1);
  }

  @Test
  void a_line_whose_supply_slips_moves_to_a_free_supply_that_is_earlier() {
    room.supply("s1", "tea", 2, room.day(4));
    room.order("o1", "tea", 2);
    room.supply("s2", "tea", 2, room.day(6));
    room.redate("s1", room.day(20));
    assertThat(room.promised("o1")).isEqualTo(room.day(6));
    assertThat(room.supply("s1").getPeggedQuantity()).isZero();
  }

  @Test
  void when_a_supply_is_cut_the_lowest_ranked_lose() {
    room.supply("s1", "tea", 3, room.day(2));
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    room.order("vip", "tea", 1, 5);
    room.resize("s1", 2);
    assertThat(room.promised("vip")).isEqualTo(room.day(2));
    assertThat(room.promised("o1")).isEqualTo(room.day(2));
    assertThat(room.promised("o2")).isEqualTo(room.day(5));
    assertThat(room.portion("o2").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(room.held("o1").getVersion()).isEqualTo(1);
  }

  @Test
  void when_a_supply_is_cancelled_all_its_lines_get_another_date() {
    room.supply("s1", "tea", 3, room.day(2));
    room.order("o1", "tea", 3);
    room.supply("s2", "tea", 2, room.day(9));
    room.cancelSupply("s1");
    assertThat(room.line("o1").getPortionsList())
        .extracting(p -> p.getQuantity() + " " + p.getPromise().getSupplyId())
        .containsExactlyInAnyOrder("2 s2", "1 ");
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(2);
  }

  @Test
  void an_earlier_supply_serves_the_first_of_the_queue_and_their_pegs_pass_on() {
    room.supply("late", "tea", 1, room.day(9));
    room.order("o1", "tea", 1);
    room.order("o2", "tea", 1);
    room.supply("early", "tea", 1, room.day(3));
    assertThat(room.promised("o1")).isEqualTo(room.day(3));
    assertThat(room.promised("o2")).isEqualTo(room.day(9));
  }

  @Test
  void what_is_not_newer_than_what_is_known_changes_nothing() {
    SupplyUpdate update =
        new SupplyUpdate(
            "s1", "po", "acme", "tea", LEEDS, 5, room.day(3), SupplyState.CONFIRMED, 0, 7);
    assertThat(Stockroom.apply(update)).isEqualTo(1);
    assertThat(Stockroom.apply(update)).isZero();
    SupplyUpdate older =
        new SupplyUpdate(
            "s1", "po", "acme", "tea", LEEDS, 9, room.day(1), SupplyState.CONFIRMED, 0, 6);
    assertThat(Stockroom.apply(older)).isZero();
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(5);
  }

  @Test
  void only_confirmed_supply_is_inbound() {
    room.told("s1", "tea", LEEDS, 5, room.day(3), SupplyState.PLANNED);
    assertThat(inventory.balance("tea").getInboundQuantity()).isZero();
    room.told("s1", "tea", LEEDS, 4, room.day(3), SupplyState.CONFIRMED);
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(4);
    room.told("s1", "tea", LEEDS, 4, room.day(3), SupplyState.CLOSED);
    assertThat(inventory.balance("tea").getInboundQuantity()).isZero();
  }

  @Test
  void backorders_may_be_limited_to_what_is_really_coming() {
    inventory.with(
        backorderItem("salt")
            .setSalesPolicy(
                backorderItem("salt")
                    .getSalesPolicyBuilder()
                    .setBackorderLimit(
                        BackorderLimit.newBuilder()
                            .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_INBOUND)
                            .setReliabilityReservePercent(20))));
    assertThat(room.order("o1", "salt", 1).hasAllocation()).isFalse();
    room.supply("s1", "salt", 100, room.day(3));
    assertThat(room.quote("salt", 1).getOrderableQuantity()).isEqualTo(80);
    assertThat(room.order("o2", "salt", 81).hasAllocation()).isFalse();
    assertThat(room.order("o3", "salt", 80).hasAllocation()).isTrue();
    assertThat(room.order("o4", "salt", 1).hasAllocation()).isFalse();
  }

  @Test
  void a_supply_takes_no_more_than_was_ordered_and_tolerated() {
    room.supply("s1", "tea", 10, room.day(1));
    Refusal refusal = Refusal.of(() -> room.receive("s1", 16));
    assertThat(refusal.reason()).isEqualTo("OVER_RECEIPT");
    assertThat(refusal.metadata()).containsEntry("open", "10").containsEntry("tolerance", "5");
    room.receive("s1", 13);
    assertThat(Refusal.of(() -> room.receive("s1", 1)).reason()).isEqualTo("SUPPLY_CLOSED");
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(13);
    assertThat(
            inventory
                .supplies
                .listReceipts(ListReceiptsRequest.newBuilder().setSupplyId("s1").build())
                .getReceiptsList())
        .hasSize(1);
    assertThat(
            inventory
                .supplies
                .listSupplies(ListSuppliesRequest.newBuilder().setOpenOnly(true).build())
                .getSuppliesList())
        .extracting(Supply::getSupplyId)
        .doesNotContain("s1");
  }

  @Test
  void a_purchase_order_that_has_not_heard_of_the_receipt_opens_nothing_again() {
    room.supply("s1", "tea", 10, room.day(1));
    room.receive("s1", 10);
    room.redate("s1", room.day(4));
    assertThat(inventory.balance("tea").getInboundQuantity()).isZero();
    assertThat(room.supply("s1").getState())
        .isEqualTo(dev.backorder.inventory.v1.SupplyState.SUPPLY_STATE_CLOSED);
  }

  @Test
  void an_overdue_supply_stops_counting_and_its_lines_get_a_new_date() {
    room.supply("s1", "tea", 5, room.day(2));
    room.order("o1", "tea", 2);
    LocalDate told = room.promised("o1");
    inventory.time.advance(Duration.ofDays(5));
    assertThat(room.promised("o1")).as("within the grace period").isEqualTo(told);
    inventory.time.advance(Duration.ofDays(1));
    assertThat(room.promised("o1")).isEqualTo(room.day(3));
    assertThat(room.portion("o1").getPromise().getConstraint())
        .isEqualTo(PromiseConstraint.PROMISE_CONSTRAINT_SUPPLY_OVERDUE);
    room.order("o2", "tea", 1);
    assertThat(room.portion("o2").getPromise().getBasis())
        .as("nobody new is promised from it")
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    room.redate("s1", room.day(2));
    assertThat(room.promised("o1")).isEqualTo(room.day(2));
    assertThat(room.promised("o2")).isEqualTo(room.day(2));
  }

  @Test
  void a_purchase_that_never_came_gets_a_new_date_the_day_after() {
    room.order("o1", "tea", 2);
    LocalDate told = room.promised("o1");
    inventory.time.advance(Duration.ofDays(5));
    assertThat(room.promised("o1")).isEqualTo(told);
    inventory.time.advance(Duration.ofDays(1));
    assertThat(room.promised("o1")).isEqualTo(room.day(5));
  }
}
