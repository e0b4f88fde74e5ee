package dev.backorder.inventory.check;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** A check that cannot fail proves nothing: each finds the damage that it is there for. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ConsistencyTest {
  @Inject Sql sql;

  private static final Map<String, String> DAMAGE =
      Map.ofEntries(
          Map.entry(
              "ledger_sums_to_zero",
              "update ledger_entry set quantity = quantity + 1, new_balance = new_balance + 1"
                  + " where account = 'ON_HAND'"),
          Map.entry("ledger_matches_on_hand", "update stock set on_hand_quantity = 90"),
          Map.entry("ledger_matches_outside", "update ledger_outside set balance = balance + 1"),
          Map.entry(
              "stock_matches_portions", "update stock set waiting_quantity = waiting_quantity + 1"),
          Map.entry(
              "queue_reserved_matches_fills",
              "insert into queue_fill (sku, location, supply_id, remaining_quantity, create_time)"
                  + " values ('tea', 'leeds', '', 1, now())"),
          Map.entry(
              "channel_waiting_matches_portions",
              "insert into channel_waiting (sku, channel, waiting_quantity) values ('tea', 'web', 1)"),
          Map.entry("held_matches_holds", "update stock set held_place_quantity = 1"),
          Map.entry("stock_knows_ring_fences", "update stock set ring_fenced = true"),
          Map.entry(
              "ring_fence_consumed_matches_lines",
              "insert into ring_fence_use (ring_fence_id, order_id, line_no, quantity)"
                  + " values ('f', 'o1', 0, 1)"),
          Map.entry(
              "ring_fence_uses_within_lines",
              "insert into ring_fence_use (ring_fence_id, order_id, line_no, quantity)"
                  + " values ('f', 'o1', 0, 1000)"),
          Map.entry(
              "ring_fence_used_by_members",
              "with f as (insert into ring_fence (ring_fence_id, sku, location, channel, customer_class,"
                  + " quantity, version, create_time, update_time)"
                  + " values ('f', 'tea', '', 'web', '', 5, 1, now(), now()))"
                  + " insert into ring_fence_use (ring_fence_id, order_id, line_no, quantity)"
                  + " values ('f', 'o1', 0, 1)"),
          Map.entry("supply_matches_inbound", "update stock set inbound_quantity = 77"),
          Map.entry("pegs_match_portions", "update supply set pegged_quantity = 1"),
          Map.entry("pegs_within_supply", "update supply set expected_quantity = 1"),
          Map.entry(
              "no_unpegged_beside_free_supply",
              "update portion set supply_id = '' where state = 'WAITING'"),
          Map.entry(
              "supplier_quantiles_ascend",
              "insert into supplier_terms (supplier, version, active, working_weekdays, closed_dates, send_delay_minutes,"
                  + " lead_time_line_count, lead_time_percents, lead_time_quantile_days,"
                  + " lateness_line_count, lateness_percents, lateness_quantile_days)"
                  + " values ('acme', 1, true, '{}', '{}', 0, 3, '{50,100}', '{7,5}', 0, '{}', '{}')"),
          Map.entry("quarantine_matches_holds", "update stock set quarantine_quantity = 5"),
          Map.entry("ledger_matches_quarantine", "update stock set quarantine_quantity = 5"),
          Map.entry(
              "quality_holds_match_supply",
              "update supply set kind = 'QUALITY_HOLD', source_id = supply_id where kind = 'PURCHASE'"),
          Map.entry(
              "transfers_match_ledger",
              "update transfer_line set written_off_quantity = 1" + " where shipped_quantity > 0"),
          Map.entry(
              "transfers_match_supply", "update transfer set expected_date = expected_date + 1"),
          Map.entry("outgoing_matches_transfers", "update stock set outgoing_quantity = 0"),
          Map.entry(
              "transfer_states_match_lines",
              "update transfer set state = 'RECEIVED' where state = 'SHIPPED'"),
          Map.entry("lines_add_up", "update allocation_line set released_quantity = 1"),
          Map.entry(
              "components_match_kits",
              "update allocation_line set kit_line_no = 0, units_per_kit = 2"),
          Map.entry("portions_belong_to_lines", "update allocation_line set sku = 'jam'"),
          Map.entry("shipments_match_ledger", "update allocation_line set shipped_quantity = 1"),
          Map.entry("receipts_match_supply", "update receipt set quantity = quantity + 1"));

  @Test
  void each_check_finds_its_damage() {
    SoftAssertions soft = new SoftAssertions();
    DAMAGE.forEach(
        (check, damage) -> {
          world();
          soft.assertThat(wrong()).as("before").isEmpty();
          sql.update(damage);
          soft.assertThat(wrong()).contains(check);
        });
    // The one that cannot be damaged: the database itself refuses it.
    soft.assertThat(results()).extracting(CheckResult::getCheck).contains("not_oversold");
    soft.assertAll();
  }

  private static void world() {
    Stockroom room = Stockroom.empty();
    room.inventory.with(backorderItem("tea")).adjust("tea", 10);
    room.order("o1", "tea", 15);
    room.supply("s1", "tea", 20, room.day(3));
    room.receive("s1", 2);
    room.inventory.with(location("york").setPriority(5));
    room.inventory.with(backorderItem("rice")).adjust("rice", 9);
    String sent = room.transfer(LEEDS, "york", Map.of("rice", 4L)).getTransferId();
    room.shipTransfer(sent);
    room.transfer(LEEDS, "york", Map.of("rice", 3L));
  }

  private static List<String> wrong() {
    return results().stream()
        .filter(result -> !result.getConsistent())
        .map(CheckResult::getCheck)
        .toList();
  }

  private static List<CheckResult> results() {
    List<CheckResult> results =
        ConsistencyServiceGrpc.newBlockingStub(GrpcTestChannel.channel())
            .checkConsistency(CheckConsistencyRequest.getDefaultInstance())
            .getResultsList();
    assertThat(results).hasSizeGreaterThan(DAMAGE.size());
    return results;
  }
}
