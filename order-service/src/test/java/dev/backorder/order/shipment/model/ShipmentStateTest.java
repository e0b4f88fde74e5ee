package dev.backorder.order.shipment.model;

import static dev.backorder.order.shipment.model.ShipmentState.CONFIRMING;
import static dev.backorder.order.shipment.model.ShipmentState.DELIVERED;
import static dev.backorder.order.shipment.model.ShipmentState.OFFERED;
import static dev.backorder.order.shipment.model.ShipmentState.REJECTED;
import static dev.backorder.order.shipment.model.ShipmentState.SHIPPED;
import static dev.backorder.order.shipment.model.ShipmentState.WITHDRAWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.shipment.model.ShipmentState.Step;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The table of shipments in docs/order-states.md, cell by cell. */
class ShipmentStateTest {
  private static final Map<ShipmentState, Map<Step, ShipmentState>> TABLE =
      Map.of(
          OFFERED,
          Map.of(
              Step.REPACK,
              OFFERED,
              Step.WITHDRAW,
              WITHDRAWN,
              Step.CONFIRM,
              CONFIRMING,
              Step.REJECT,
              REJECTED),
          CONFIRMING,
          Map.of(Step.LEAVE, SHIPPED, Step.REOFFER, OFFERED, Step.WITHDRAW, WITHDRAWN),
          SHIPPED,
          Map.of(Step.ARRIVE, DELIVERED, Step.RETRACK, SHIPPED),
          DELIVERED,
          Map.of(Step.RETRACK, DELIVERED),
          WITHDRAWN,
          Map.of(),
          REJECTED,
          Map.of());

  @Test
  void each_step_leads_where_the_table_says_and_nothing_else_is_allowed() {
    for (ShipmentState from : ShipmentState.values()) {
      for (Step step : Step.values()) {
        assertThat(from.after(step))
            .as("%s from %s", step, from)
            .isEqualTo(Optional.ofNullable(TABLE.get(from).get(step)));
      }
    }
  }

  @Test
  void names_the_states_that_allow_a_step() {
    assertThat(ShipmentState.allowing(Step.CONFIRM)).containsExactly(OFFERED);
    assertThat(ShipmentState.allowing(Step.ARRIVE)).containsExactly(SHIPPED);
    assertThat(ShipmentState.allowing(Step.WITHDRAW)).containsExactly(OFFERED, CONFIRMING);
  }
}
