package dev.backorder.inventory.availability;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PromisableDay;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.SeededRandom;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What can be promised of an item by day (AV5). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ProjectionTest extends StockroomTest {

  @Test
  void A01_what_leaves_today_is_not_there_on_any_day() {
    inventory.with(backorderItem("tea")).adjust("tea", 20);
    room.order("o1", "tea", 3);
    assertThat(projected("tea", 7)).containsOnly(17L).hasSize(7);
    assertThat(promisable("tea", 7)).containsOnly(17L).hasSize(7);
  }

  @Test
  void A02_supply_counts_from_the_day_on_which_it_may_leave() {
    inventory.with(backorderItem("tea")).adjust("tea", 20);
    room.order("o1", "tea", 3);
    room.supply("s1", "tea", 10, room.day(2));
    assertThat(promisable("tea", 7)).containsExactly(17L, 17L, 27L, 27L, 27L, 27L, 27L);
  }

  @Test
  void a_promise_that_waits_for_supply_takes_it_and_nothing_before() {
    inventory.with(backorderItem("tea")).adjust("tea", 2);
    room.supply("s1", "tea", 10, room.day(3));
    room.order("o1", "tea", 6);
    assertThat(days("tea", "", 5))
        .extracting(PromisableDay::getSupplyQuantity)
        .containsExactly(0L, 0L, 0L, 10L, 0L);
    assertThat(days("tea", "", 5))
        .extracting(PromisableDay::getDemandQuantity)
        .containsExactly(2L, 0L, 0L, 4L, 0L);
    assertThat(promisable("tea", 5)).containsExactly(0L, 0L, 0L, 6L, 6L);
  }

  @Test
  void what_is_known_beyond_the_horizon_counts_and_a_debt_shows_below_zero() {
    inventory.with(backorderItem("tea"));
    room.order("o1", "tea", 4);
    assertThat(promisable("tea", 3)).containsOnly(0L);
    assertThat(projected("tea", 8)).containsExactly(0L, 0L, 0L, 0L, 0L, -4L, -4L, -4L);
  }

  @Test
  void overdue_supply_stops_counting_and_so_do_its_orders() {
    inventory.with(backorderItem("tea"));
    room.supply("s1", "tea", 10, room.day(1));
    room.order("o1", "tea", 4);
    inventory.time.advance(Duration.ofDays(6));
    assertThat(days("tea", "", 30))
        .allSatisfy(day -> assertThat(day.getAvailableToPromiseQuantity()).isZero())
        .allSatisfy(day -> assertThat(day.getProjectedQuantity()).isZero());
  }

  @Test
  void what_carts_hold_and_what_is_protected_cannot_be_promised() {
    inventory.with(backorderItem("tea").setProtectedQuantity(3)).adjust("tea", 10);
    inventory.holds.placeHold(
        PlaceHoldRequest.newBuilder()
            .setRequestId(request())
            .setCartId("c1")
            .addLines(HoldLine.newBuilder().setSku("tea").setQuantity(2))
            .build());
    assertThat(projected("tea", 2)).containsOnly(10L);
    assertThat(promisable("tea", 2)).containsOnly(5L);
  }

  @Test
  void locations_are_summed_or_asked_alone() {
    inventory.with(location("york").setHandlingDays(1)).with(backorderItem("tea"));
    inventory.adjust("tea", 5);
    room.told("s1", "tea", "york", 7, room.day(1), SupplyState.CONFIRMED);
    assertThat(promisable("tea", 4)).containsExactly(5L, 5L, 12L, 12L);
    assertThat(days("tea", "york", 4))
        .extracting(PromisableDay::getAvailableToPromiseQuantity)
        .containsExactly(0L, 0L, 7L, 7L);
  }

  @Test
  void unknown_items_and_locations_are_named() {
    assertThat(Refusal.of(() -> days("ghost", "", 1)).reason()).isEqualTo("ITEM_NOT_FOUND");
    inventory.with(backorderItem("tea"));
    assertThat(Refusal.of(() -> days("tea", "nowhere", 1)).reason())
        .isEqualTo("LOCATION_NOT_FOUND");
  }

  @Test
  void a_quote_and_the_days_never_disagree() {
    SeededRandom.rounds(20, this::compare);
  }

  /** A quote promises for a day exactly what the days say can be promised for it. */
  private void compare(RandomGenerator random) {
    inventory.reset().withLeeds().with(location("york").setPriority(2).setHandlingDays(2));
    inventory.with(backorderItem("tea").setProtectedQuantity(random.nextInt(4)));
    for (int step = 0; step < 12; step++) {
      switch (random.nextInt(5)) {
        case 0 -> inventory.adjust("tea", 1 + random.nextInt(9));
        case 1 ->
            room.told(
                "s" + step,
                "tea",
                random.nextBoolean() ? "leeds" : "york",
                1 + random.nextInt(9),
                room.day(random.nextInt(12)),
                SupplyState.CONFIRMED);
        case 2 -> {
          AllocateOrderRequest.Builder later = orderOf("o" + step, "tea", 1 + random.nextInt(6));
          later.getLinesBuilder(0).setWantedDate(Wire.date(room.day(random.nextInt(14))));
          room.place(later);
        }
        default -> room.order("o" + step, "tea", 1 + random.nextInt(6));
      }
    }
    QuotedLine everything = room.quote("tea", 1_000);
    for (PromisableDay day : days("tea", "", 20)) {
      long quoted =
          everything.getPortionsList().stream()
              .filter(p -> !p.getPromise().getSupplyId().isEmpty() || p.getStateValue() == 1)
              .filter(
                  p ->
                      p.getStateValue() == 1
                          || !Wire.day(p.getPromise().getShipByDate())
                              .isAfter(Wire.day(day.getDate())))
              .mapToLong(p -> p.getQuantity())
              .sum();
      assertThat(day.getAvailableToPromiseQuantity()).as("%s", day).isEqualTo(quoted);
    }
  }

  private List<Long> promisable(String sku, int horizon) {
    return days(sku, "", horizon).stream()
        .map(PromisableDay::getAvailableToPromiseQuantity)
        .toList();
  }

  private List<Long> projected(String sku, int horizon) {
    return days(sku, "", horizon).stream().map(PromisableDay::getProjectedQuantity).toList();
  }

  private List<PromisableDay> days(String sku, String location, int horizon) {
    return inventory
        .availability
        .getAvailableToPromise(
            GetAvailableToPromiseRequest.newBuilder()
                .setSku(sku)
                .setLocation(location)
                .setHorizonDays(horizon)
                .build())
        .getDaysList();
  }
}
