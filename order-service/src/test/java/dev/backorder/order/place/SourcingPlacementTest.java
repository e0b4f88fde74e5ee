package dev.backorder.order.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.order.testing.OrderServiceTest;
import dev.backorder.order.v1.Order;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** When lines are wanted and where they come from. */
@QuarkusTest
class SourcingPlacementTest extends OrderServiceTest {

  @Test
  void the_wanted_date_and_where_it_shall_come_from_are_kept_and_handed_on() {
    inventory.stock(sku, 10);
    Date wanted = Date.newBuilder().setYear(2027).setMonth(3).setDay(1).build();
    Order placed =
        place(
            order(line(sku, 4).toBuilder().setWantedDate(wanted).build(), line(sku, 1))
                .setPickUpLocation("york")
                .setSourcingPolicy(SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS));
    Order read = get(placed.getOrderId());
    assertThat(read.getLines(0).getWantedDate()).isEqualTo(wanted);
    assertThat(read.getLines(1).hasWantedDate()).isFalse();
    assertThat(read.getPickUpLocation()).isEqualTo("york");
    assertThat(read.getSourcingPolicy()).isEqualTo(SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS);
    AllocateOrderRequest asked = inventory.askedFor(placed.getOrderId());
    assertThat(asked.getLines(0).getWantedDate()).isEqualTo(wanted);
    assertThat(asked.getLines(1).hasWantedDate()).isFalse();
    assertThat(asked.getSalesContext())
        .isEqualTo(
            SalesContext.newBuilder()
                .setPickUpLocation("york")
                .setSourcingPolicy(SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS)
                .build());
  }

  @Test
  void who_does_not_say_leaves_it_to_inventory() {
    inventory.stock(sku, 10);
    Order placed = place(1);
    assertThat(placed.getSourcingPolicy()).isEqualTo(SourcingPolicy.SOURCING_POLICY_UNSPECIFIED);
    assertThat(inventory.askedFor(placed.getOrderId()).getSalesContext())
        .isEqualTo(SalesContext.getDefaultInstance());
  }
}
