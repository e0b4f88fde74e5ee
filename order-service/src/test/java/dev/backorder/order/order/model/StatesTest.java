package dev.backorder.order.order.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Walks every way in which up to four units can be spread, against the tables of
 * docs/order-states.md.
 */
class StatesTest {
  private static final long MOST = 4;

  @Test
  void every_line_has_the_state_of_the_table() {
    assertThat(everything()).hasSizeGreaterThan(100);
    for (Quantities line : everything()) {
      assertThat(LineState.of(line)).as(line.toString()).isEqualTo(lineByTable(line));
    }
  }

  @Test
  void every_order_has_the_state_of_the_table() {
    for (Quantities sums : everything()) {
      OrderState expected =
          switch (lineByTable(sums)) {
            case PENDING -> OrderState.PENDING;
            case RESERVED -> OrderState.RESERVED;
            case BACKORDERED ->
                sums.shipped() > 0 ? OrderState.PARTLY_BACKORDERED : OrderState.BACKORDERED;
            case PARTLY_BACKORDERED -> OrderState.PARTLY_BACKORDERED;
            case SHIPPED -> OrderState.SHIPPED;
            case DELIVERED -> OrderState.DELIVERED;
            case CANCELLED -> OrderState.CANCELLED;
            case REFUSED -> OrderState.REJECTED;
          };
      assertThat(OrderState.of(sums)).as(sums.toString()).isEqualTo(expected);
      assertThat(OrderState.of(sums).isOpen()).isEqualTo(sums.open() > 0);
    }
  }

  @Test
  void an_order_of_one_reserved_and_one_waiting_line_is_partly_backordered() {
    Quantities reserved = new Quantities(2, 2, 0, 0, 0, 0, 0, 0);
    Quantities waiting = new Quantities(3, 0, 3, 0, 0, 0, 0, 0);
    assertThat(OrderState.of(Quantities.sum(List.of(reserved, waiting))))
        .isEqualTo(OrderState.PARTLY_BACKORDERED);
  }

  @Test
  void units_that_do_not_add_up_cannot_be() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantities(3, 1, 1, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantities(3, -1, 4, 0, 0, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantities(3, 0, 0, 3, 4, 0, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Quantities(3, 0, 0, 3, 0, 0, 0, 4));
  }

  private static LineState lineByTable(Quantities q) {
    boolean undecided = q.open() + q.shipped() + q.cancelled() + q.refused() == 0;
    if (undecided) {
      return LineState.PENDING;
    }
    if (q.reserved() > 0 && q.waiting() > 0) {
      return LineState.PARTLY_BACKORDERED;
    }
    if (q.reserved() > 0) {
      return LineState.RESERVED;
    }
    if (q.waiting() > 0) {
      return LineState.BACKORDERED;
    }
    if (q.shipped() > 0) {
      return q.delivered() == q.shipped() ? LineState.DELIVERED : LineState.SHIPPED;
    }
    return q.cancelled() > 0 ? LineState.CANCELLED : LineState.REFUSED;
  }

  private static List<Quantities> everything() {
    List<Quantities> all = new ArrayList<>(List.of(Quantities.undecided(MOST)));
    for (long reserved = 0; reserved <= MOST; reserved++) {
      for (long waiting = 0; waiting <= MOST - reserved; waiting++) {
        for (long shipped = 0; shipped <= MOST - reserved - waiting; shipped++) {
          long rest = MOST - reserved - waiting - shipped;
          for (long cancelled = 0; cancelled <= rest; cancelled++) {
            addWithDelivery(all, reserved, waiting, shipped, cancelled, rest - cancelled);
          }
        }
      }
    }
    return all;
  }

  private static void addWithDelivery(
      List<Quantities> all,
      long reserved,
      long waiting,
      long shipped,
      long cancelled,
      long refused) {
    for (long delivered = 0; delivered <= shipped; delivered++) {
      for (long returned = 0; returned <= shipped; returned++) {
        all.add(
            new Quantities(
                MOST, reserved, waiting, shipped, delivered, cancelled, refused, returned));
      }
    }
  }
}
