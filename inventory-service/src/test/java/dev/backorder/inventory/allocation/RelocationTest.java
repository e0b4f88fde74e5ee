package dev.backorder.inventory.allocation;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.MoveAllocationRequest;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.StockBalance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another location serves units of an order, and the books stay right. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class RelocationTest extends StockroomTest {
  private static final String YORK = "york";

  @Test
  void C15_waiting_units_move_first_and_leave_a_reserved_one_behind() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.order("o1", "tea", 10);
    inventory.with(location(YORK).setPriority(5));
    put(5);

    Allocation moved = move("o1", 7);

    assertThat(parts(moved)).containsExactlyInAnyOrder("3 here", "5 there", "2 waiting there");
    assertThat(inventory.balance("tea").getWaitingQuantity()).isZero();
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
    assertThat(york().getWaitingQuantity()).isEqualTo(2);
    assertThat(york().getAvailableQuantity()).isZero();
  }

  @Test
  void what_is_left_behind_serves_the_queue_there() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.order("o1", "tea", 4);
    room.order("o2", "tea", 3);
    inventory.with(location(YORK).setPriority(5));
    put(5);
    move("o1", 4);
    assertThat(room.fate("o2")).isEqualTo("3+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(1);
  }

  @Test
  void who_waits_there_already_is_not_overtaken() {
    inventory.with(backorderItem("tea"));
    room.order("o1", "tea", 3);
    inventory.with(location(YORK).setPriority(1).setActive(true));
    room.told("s1", "tea", YORK, 10, room.day(4), SupplyState.CONFIRMED);
    room.order("there", "tea", 8);
    Allocation moved = move("o1", 3);
    assertThat(parts(moved)).containsExactlyInAnyOrder("3 waiting there");
    assertThat(
            moved.getLines(0).getPortionsList().stream()
                .filter(p -> p.getPromise().getSupplyId().equals("s1"))
                .mapToLong(p -> p.getQuantity())
                .sum())
        .as("of ten that come eight are promised")
        .isEqualTo(2);
    room.receive("s1", 10);
    assertThat(room.fate("there")).isEqualTo("8+0");
    assertThat(room.fate("o1")).isEqualTo("2+1");
  }

  @Test
  void a_move_exceeds_no_limit_and_then_changes_nothing() {
    Item.Builder tea = backorderItem("tea");
    tea.getSalesPolicyBuilder()
        .setBackorderLimit(
            BackorderLimit.newBuilder()
                .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                .setQuantity(3));
    inventory.with(tea).adjust("tea", 4);
    room.order("o1", "tea", 6);
    inventory.with(location(YORK).setPriority(5));
    assertThat(parts(move("o1", 3))).containsExactlyInAnyOrder("3 here", "3 waiting there");
    Refusal refusal = Refusal.of(() -> move("o1", 1));
    assertThat(refusal.reason()).isEqualTo("CANNOT_MOVE");
    assertThat(room.fate("o1")).isEqualTo("3+3");
  }

  @Test
  void a_repeated_move_moves_once() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.order("o1", "tea", 4);
    inventory.with(location(YORK).setPriority(5));
    put(4);
    MoveAllocationRequest request = of("o1", LEEDS, YORK, 2);
    Allocation first = inventory.allocations.moveAllocation(request).getAllocation();
    assertThat(inventory.allocations.moveAllocation(request).getAllocation()).isEqualTo(first);
    assertThat(york().getReservedQuantity()).isEqualTo(2);
  }

  @Test
  void what_cannot_move_is_refused_with_its_reason() {
    inventory.with(backorderItem("tea")).adjust("tea", 4);
    room.order("o1", "tea", 4);
    inventory.with(location("closed").setActive(false)).with(location(YORK).setPriority(5));
    assertThat(reason(of("o1", LEEDS, "nowhere", 1))).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(reason(of("o1", LEEDS, "closed", 1))).isEqualTo("LOCATION_INACTIVE");
    assertThat(reason(of("o1", LEEDS, YORK, 5))).isEqualTo("QUANTITY_TOO_LARGE");
    assertThat(reason(of("ghost", LEEDS, YORK, 5))).isEqualTo("ALLOCATION_NOT_FOUND");
    assertThat(
            Refusal.of(() -> inventory.allocations.moveAllocation(of("o1", LEEDS, LEEDS, 1)))
                .fields())
        .containsExactly("to_location");
  }

  private String reason(MoveAllocationRequest request) {
    return Refusal.of(() -> inventory.allocations.moveAllocation(request)).reason();
  }

  private Allocation move(String order, long units) {
    return inventory.allocations.moveAllocation(of(order, LEEDS, YORK, units)).getAllocation();
  }

  private static MoveAllocationRequest of(String order, String from, String to, long units) {
    return MoveAllocationRequest.newBuilder()
        .setRequestId(request())
        .setOrderId(order)
        .setFromLocation(from)
        .setToLocation(to)
        .addLines(quantity("1", units))
        .build();
  }

  /** Units of line {@code 1} by state and location. */
  private static List<String> parts(Allocation allocation) {
    AllocationLine line = allocation.getLines(0);
    return List.of(LEEDS, YORK).stream()
        .flatMap(
            place ->
                List.of(PortionState.PORTION_STATE_RESERVED, PortionState.PORTION_STATE_WAITING)
                    .stream()
                    .map(
                        state -> {
                          long units =
                              line.getPortionsList().stream()
                                  .filter(p -> p.getLocation().equals(place))
                                  .filter(p -> p.getState() == state)
                                  .mapToLong(p -> p.getQuantity())
                                  .sum();
                          return units
                              + (state == PortionState.PORTION_STATE_WAITING ? " waiting" : "")
                              + (place.equals(LEEDS) ? " here" : " there");
                        }))
        .filter(part -> !part.startsWith("0"))
        .toList();
  }

  private StockBalance york() {
    return inventory
        .stock
        .getStock(GetStockRequest.newBuilder().setSku("tea").build())
        .getBalancesList()
        .stream()
        .filter(balance -> balance.getLocation().equals(YORK))
        .findFirst()
        .orElseThrow();
  }

  private void put(long quantity) {
    inventory.stock.adjustStock(
        AdjustStockRequest.newBuilder()
            .setRequestId(request())
            .setLocation(YORK)
            .setReason("test")
            .addAdjustments(StockAdjustment.newBuilder().setSku("tea").setQuantity(quantity))
            .build());
  }
}
