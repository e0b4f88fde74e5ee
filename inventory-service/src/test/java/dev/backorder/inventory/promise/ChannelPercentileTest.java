package dev.backorder.inventory.promise;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.InventoryResource.STRICT_CHANNEL;
import static dev.backorder.inventory.testing.SupplierFacts.ACME;
import static dev.backorder.inventory.testing.SupplierFacts.measured;
import static dev.backorder.inventory.testing.SupplierFacts.offer;
import static dev.backorder.inventory.testing.SupplierFacts.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.testing.SupplierFacts;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A channel that punishes lateness is told dates that hold more often (AV4). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ChannelPercentileTest extends StockroomTest {
  private static final String TEA = "tea";

  private SupplierFacts facts;

  @BeforeEach
  void a_supplier_that_is_sometimes_very_late() {
    inventory.with(backorderItem(TEA));
    facts = new SupplierFacts(inventory);
    facts.tell(supplier(ACME));
    facts.tell(
        offer(ACME, TEA)
            .setLateness(measured(100, 80, 2, 95, 6, 96, 11, 100, 40))
            .setLeadTime(measured(100, 80, 10, 96, 25, 100, 60)));
  }

  @Test
  @DisplayName("AV4 a channel with a late limit uses at least 1 - limit")
  void a_channel_with_a_late_limit_of_4_is_promised_at_96() {
    room.supply("s1", TEA, 10, room.day(7));
    assertThat(quoted("", 5).getPercentile()).isEqualTo(80);
    assertThat(day(quoted("", 5))).isEqualTo(room.day(9));
    assertThat(quoted(STRICT_CHANNEL, 5).getPercentile()).isEqualTo(96);
    assertThat(day(quoted(STRICT_CHANNEL, 5))).isEqualTo(room.day(18));
  }

  @Test
  void a_limit_that_is_looser_than_the_usual_percentile_changes_nothing() {
    room.supply("s1", TEA, 10, room.day(7));
    assertThat(quoted(InventoryResource.LOOSE_CHANNEL, 5).getPercentile()).isEqualTo(80);
  }

  @Test
  void a_purchase_that_is_not_made_yet_goes_by_the_channel_too() {
    assertThat(day(quoted("", 5))).isEqualTo(room.day(10));
    assertThat(day(quoted(STRICT_CHANNEL, 5))).isEqualTo(room.day(25));
  }

  @Test
  void what_is_on_the_shelf_tells_the_percentile_of_its_channel() {
    inventory.adjust(TEA, 10);
    assertThat(quoted(STRICT_CHANNEL, 5).getPercentile()).isEqualTo(96);
    order("o1", STRICT_CHANNEL, 5);
    assertThat(promise("o1").getPercentile()).isEqualTo(96);
  }

  @Test
  @DisplayName("AV7 an allocation tells what the quote of its channel told")
  void an_allocation_tells_what_the_quote_of_its_channel_told() {
    room.supply("s1", TEA, 10, room.day(7));
    Promise quoted = quoted(STRICT_CHANNEL, 5);
    order("o1", STRICT_CHANNEL, 5);
    assertThat(promise("o1")).isEqualTo(quoted);
  }

  @Test
  void each_line_is_promised_anew_by_its_own_channel() {
    room.supply("s1", TEA, 10, room.day(7));
    order("web", "", 5);
    order("strict", STRICT_CHANNEL, 5);
    room.redate("s1", room.day(9));
    assertThat(day(promise("web"))).isEqualTo(room.day(11));
    assertThat(day(promise("strict"))).isEqualTo(room.day(20));
    assertThat(promise("strict").getPercentile()).isEqualTo(96);
    // They lose their supply, and gain another one.
    room.cancelSupply("s1");
    assertThat(day(promise("web"))).isEqualTo(room.day(10));
    assertThat(day(promise("strict"))).isEqualTo(room.day(25));
    room.supply("s2", TEA, 10, room.day(3));
    assertThat(day(promise("web"))).isEqualTo(room.day(5));
    assertThat(day(promise("strict"))).isEqualTo(room.day(14));
    room.receive("s2", 10);
    assertThat(promise("strict").getPercentile()).isEqualTo(96);
    assertThat(promise("web").getPercentile()).isEqualTo(80);
  }

  @Test
  void a_purchase_that_never_came_is_promised_anew_by_its_own_channel() {
    order("strict", STRICT_CHANNEL, 5);
    inventory.time.advance(Duration.ofDays(26));
    assertThat(day(promise("strict"))).isEqualTo(room.day(25));
    assertThat(promise("strict").getPercentile()).isEqualTo(96);
  }

  private Promise quoted(String channel, long quantity) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .setSalesContext(SalesContext.newBuilder().setChannel(channel))
                .addLines(QuoteLine.newBuilder().setSku(TEA).setQuantity(quantity))
                .build())
        .getLines(0)
        .getPortions(0)
        .getPromise();
  }

  private void order(String orderId, String channel, long quantity) {
    assertThat(
            room.place(
                    Stockroom.orderOf(orderId, TEA, quantity)
                        .setSalesContext(SalesContext.newBuilder().setChannel(channel)))
                .getAllocation()
                .getLines(0)
                .getOrderedQuantity())
        .isEqualTo(quantity);
  }

  private Promise promise(String orderId) {
    return room.portion(orderId).getPromise();
  }

  private static LocalDate day(Promise promise) {
    return Wire.day(promise.getShipByDate());
  }
}
