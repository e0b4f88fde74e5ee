package dev.backorder.inventory.supplierfeed;

import static dev.backorder.inventory.testing.Inventory.replenishedItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.PurchaseOrders;
import dev.backorder.inventory.testing.SupplierPeer;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.ReorderNeedState;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyState;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.supplier.v1.PurchaseOrder;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class SupplierFeedTest {
  private static final LocalDate ESTIMATE = LocalDate.of(2030, 1, 7);
  private static final LocalDate PROMISED = LocalDate.of(2030, 1, 9);
  private static final String SKU = "MUG";

  private Inventory inventory;
  private String needId;

  @BeforeEach
  void raise_a_need_of_twenty() {
    inventory = new Inventory().reset().withLeeds().with(replenishedItem(SKU, 0, 0));
    inventory.allocate("order-1", SKU, 20);
    settle();
    needId = inventory.needs(SKU).get(0).getNeedId();
  }

  @Test
  void a_draft_is_no_supply() {
    PurchaseOrders.draft(SKU, 20, List.of(needId)).drafted();
    settle();
    assertThat(supplies()).isEmpty();
    assertThat(needStates()).containsExactly(ReorderNeedState.REORDER_NEED_STATE_OPEN);
  }

  @Test
  void a_sent_order_is_planned_supply_on_our_own_estimate() {
    PurchaseOrders order = PurchaseOrders.draft(SKU, 24, List.of(needId)).drafted().sent(ESTIMATE);
    settle();
    assertThat(supplies())
        .singleElement()
        .satisfies(
            supply -> {
              assertThat(supply.getSupplyId()).isEqualTo(order.supplyId());
              assertThat(supply.getPurchaseOrderId()).isEqualTo(order.order().getPurchaseOrderId());
              assertThat(supply.getSupplier()).isEqualTo("acme");
              assertThat(supply.getLocation()).isEqualTo(Inventory.LEEDS);
              assertThat(supply.getState()).isEqualTo(SupplyState.SUPPLY_STATE_PLANNED);
              assertThat(supply.getExpectedQuantity()).isEqualTo(24);
              assertThat(Wire.day(supply.getExpectedDate())).isEqualTo(ESTIMATE);
              assertThat(supply.getSourceVersion()).isEqualTo(2);
            });
    assertThat(needStates()).containsExactly(ReorderNeedState.REORDER_NEED_STATE_ORDERED);
  }

  @Test
  void an_acknowledged_order_is_confirmed_with_the_suppliers_quantity_and_date() {
    PurchaseOrders.draft(SKU, 20, List.of(needId)).sent(ESTIMATE).acknowledged(20, PROMISED);
    settle();
    assertThat(supplies())
        .singleElement()
        .satisfies(
            supply -> {
              assertThat(supply.getState()).isEqualTo(SupplyState.SUPPLY_STATE_CONFIRMED);
              assertThat(supply.getExpectedQuantity()).isEqualTo(20);
              assertThat(Wire.day(supply.getExpectedDate())).isEqualTo(PROMISED);
            });
    assertThat(inventory.balance(SKU).getInboundQuantity()).isEqualTo(20);
  }

  @Test
  void what_the_supplier_does_not_accept_is_needed_again() {
    PurchaseOrders.draft(SKU, 20, List.of(needId)).sent(ESTIMATE).acknowledged(12, PROMISED);
    settle();
    assertThat(inventory.needs(SKU)).extracting(ReorderNeed::getQuantity).containsExactly(20L, 8L);
  }

  @Test
  void a_rejected_order_cancels_the_need_and_the_shortage_is_needed_again() {
    PurchaseOrders.draft(SKU, 20, List.of(needId)).sent(ESTIMATE).rejected();
    settle();
    assertThat(needStates())
        .containsExactly(
            ReorderNeedState.REORDER_NEED_STATE_CANCELLED,
            ReorderNeedState.REORDER_NEED_STATE_OPEN);
    assertThat(supplies())
        .extracting(Supply::getState)
        .containsExactly(SupplyState.SUPPLY_STATE_CANCELLED);
  }

  @Test
  void a_cancelled_draft_cancels_the_need_and_leaves_no_supply() {
    PurchaseOrders.draft(SKU, 20, List.of(needId)).drafted().cancelled();
    settle();
    assertThat(supplies()).isEmpty();
    assertThat(needStates())
        .containsExactly(
            ReorderNeedState.REORDER_NEED_STATE_CANCELLED,
            ReorderNeedState.REORDER_NEED_STATE_OPEN);
  }

  @Test
  void an_order_closed_short_brings_nothing_more() {
    PurchaseOrders.draft(SKU, 20, List.of(needId))
        .sent(ESTIMATE)
        .acknowledged(20, PROMISED)
        .closed();
    settle();
    assertThat(supplies())
        .extracting(Supply::getState)
        .containsExactly(SupplyState.SUPPLY_STATE_CLOSED);
    assertThat(inventory.needs(SKU)).extracting(ReorderNeed::getQuantity).containsExactly(20L, 20L);
  }

  @Test
  void older_versions_that_come_late_are_ignored() {
    PurchaseOrders order = PurchaseOrders.draft(SKU, 20, List.of(needId)).sent(ESTIMATE);
    PurchaseOrder old = order.order();
    order.acknowledged(20, PROMISED);
    settle();
    Map<String, Long> before = Database.counts();
    order.tellAgain(old);
    settle();
    assertThat(supplies())
        .extracting(Supply::getState)
        .containsExactly(SupplyState.SUPPLY_STATE_CONFIRMED);
    assertThat(Database.counts()).containsAllEntriesOf(withoutCounters(before));
  }

  @Test
  void a_feed_that_starts_again_changes_nothing() {
    PurchaseOrders.draft(SKU, 20, List.of(needId))
        .drafted()
        .sent(ESTIMATE)
        .acknowledged(20, PROMISED);
    settle();
    Map<String, Long> before = Database.counts();
    SupplierPeer.feed().reset();
    settle();
    assertThat(Database.counts()).containsAllEntriesOf(withoutCounters(before));
  }

  private void settle() {
    inventory.time.advance(Duration.ofMinutes(15));
  }

  private List<Supply> supplies() {
    return inventory
        .supplies
        .listSupplies(ListSuppliesRequest.newBuilder().setSku(SKU).build())
        .getSuppliesList();
  }

  private List<ReorderNeedState> needStates() {
    return inventory.needs(SKU).stream().map(ReorderNeed::getState).toList();
  }

  private static Map<String, Long> withoutCounters(Map<String, Long> counts) {
    counts.keySet().removeIf(table -> table.startsWith("event") || table.equals("housekeeping"));
    return counts;
  }
}
