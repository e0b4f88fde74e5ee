package dev.backorder.order.shipment.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.shipment.model.Packing.Leaving;
import dev.backorder.order.shipment.model.Packing.Ready;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PackingTest {
  private static final UUID PENS = new UUID(0, 1);
  private static final UUID CUPS = new UUID(0, 2);

  @Test
  void offers_everything_that_is_ready_by_location_and_line() {
    assertThat(
            offers(
                List.of(ready("north", CUPS, 2), ready("south", PENS, 3), ready("north", PENS, 1))))
        .isEqualTo(
            Map.of(
                "north",
                List.of(units(PENS, 1), units(CUPS, 2)),
                "south",
                List.of(units(PENS, 3))));
  }

  @Test
  void adds_up_portions_of_a_line_at_one_location() {
    assertThat(offers(List.of(ready("north", PENS, 2), ready("north", PENS, 3))))
        .isEqualTo(Map.of("north", List.of(units(PENS, 5))));
  }

  @Test
  void offers_nothing_when_nothing_is_ready() {
    assertThat(offers(List.of())).isEmpty();
  }

  @Test
  void never_offers_what_is_leaving_already() {
    assertThat(offers(List.of(ready("north", PENS, 5)), leaving("north", PENS, 3)))
        .isEqualTo(Map.of("north", List.of(units(PENS, 2))));
    assertThat(offers(List.of(ready("north", PENS, 3)), leaving("north", PENS, 3))).isEmpty();
  }

  @Test
  void units_that_leave_elsewhere_take_nothing_from_here() {
    assertThat(
            offers(
                List.of(ready("north", PENS, 3), ready("south", PENS, 4)),
                leaving("south", PENS, 4)))
        .isEqualTo(Map.of("north", List.of(units(PENS, 3))));
  }

  @Test
  void offers_nothing_when_more_is_leaving_than_is_left() {
    assertThat(offers(List.of(ready("north", PENS, 2)), leaving("north", PENS, 3))).isEmpty();
  }

  @Test
  void what_is_recorded_as_gone_is_not_taken_out_twice() {
    Map<String, List<PackedUnits>> offers =
        Packing.offers(
            List.of(ready("north", PENS, 2)), List.of(leaving("north", PENS, 3)), Map.of(PENS, 3L));

    assertThat(offers).isEqualTo(Map.of("north", List.of(units(PENS, 2))));
  }

  @Test
  void of_two_that_are_leaving_the_earlier_one_is_the_one_that_is_recorded() {
    Map<String, List<PackedUnits>> offers =
        Packing.offers(
            List.of(ready("north", PENS, 4)),
            List.of(leaving("north", PENS, 3), leaving("north", PENS, 1)),
            Map.of(PENS, 3L));

    assertThat(offers).isEqualTo(Map.of("north", List.of(units(PENS, 3))));
  }

  private static Map<String, List<PackedUnits>> offers(List<Ready> ready, Leaving... leaving) {
    return Packing.offers(ready, List.of(leaving), Map.of());
  }

  private static Ready ready(String location, UUID line, long quantity) {
    return new Ready(location, units(line, quantity));
  }

  private static Leaving leaving(String location, UUID line, long quantity) {
    return new Leaving(location, line, quantity);
  }

  private static PackedUnits units(UUID line, long quantity) {
    int number = (int) line.getLeastSignificantBits();
    return new PackedUnits(line, number, "sku-" + number, quantity);
  }
}
