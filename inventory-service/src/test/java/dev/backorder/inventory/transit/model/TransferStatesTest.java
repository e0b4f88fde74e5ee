package dev.backorder.inventory.transit.model;

import static dev.backorder.inventory.transit.model.TransferCall.CANCEL;
import static dev.backorder.inventory.transit.model.TransferCall.CLOSE;
import static dev.backorder.inventory.transit.model.TransferCall.RECEIVE;
import static dev.backorder.inventory.transit.model.TransferCall.REDATE;
import static dev.backorder.inventory.transit.model.TransferCall.SHIP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Walks every cell of the table in docs/transfer-states.md. */
class TransferStatesTest {
  private static final Instant NOW = Instant.EPOCH;
  private static final LocalDate DAY = LocalDate.of(2030, 1, 7);

  private static final Map<TransferCall, Consumer<Transfer>> CALLS =
      Map.of(
          SHIP, transfer -> transfer.shipped(Map.of(), DAY, NOW),
          RECEIVE, transfer -> transfer.received(Map.of("s-tea", 1L), NOW),
          CLOSE, transfer -> transfer.closed("lost", NOW),
          CANCEL, transfer -> transfer.cancelled("", NOW),
          REDATE, transfer -> transfer.redated(DAY, NOW));

  private static final Map<TransferState, Set<TransferCall>> ALLOWED =
      Map.of(
          TransferState.PLANNED, Set.of(SHIP, CANCEL, REDATE),
          TransferState.SHIPPED, Set.of(RECEIVE, CLOSE, REDATE),
          TransferState.RECEIVED, Set.of(),
          TransferState.CLOSED, Set.of(),
          TransferState.CANCELLED, Set.of());

  @Test
  void each_state_allows_the_calls_of_the_table_and_no_other() {
    for (TransferState state : TransferState.values()) {
      for (TransferCall call : TransferCall.values()) {
        boolean allowed = ALLOWED.get(state).contains(call);
        assertThat(state.allows(call)).as("%s %s", call, state).isEqualTo(allowed);
        Transfer transfer = in(state);
        if (allowed) {
          CALLS.get(call).accept(transfer);
        } else {
          assertThatThrownBy(() -> CALLS.get(call).accept(transfer))
              .as("%s %s", call, state)
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
    assertThat(Arrays.stream(TransferState.values()).filter(TransferState::isOpen))
        .containsExactly(TransferState.PLANNED, TransferState.SHIPPED);
  }

  @Test
  void what_does_not_leave_is_no_longer_set_aside() {
    Transfer shipped = planned().shipped(Map.of("tea", 3L), DAY.plusDays(1), NOW);
    assertThat(shipped.state()).isEqualTo(TransferState.SHIPPED);
    assertThat(shipped.expectedDate()).isEqualTo(DAY.plusDays(1));
    assertThat(shipped.shipTime()).contains(NOW);
    assertThat(shipped.lines())
        .containsExactly(
            new TransferLine("s-tea", "tea", 5, 0, 3, 0, 0),
            new TransferLine("s-jam", "jam", 2, 0, 2, 0, 0));
    assertThat(shipped.version()).isEqualTo(2);
  }

  @Test
  void it_is_received_with_its_last_unit() {
    Transfer partly = shipped().received(Map.of("s-tea", 5L), NOW);
    assertThat(partly.state()).isEqualTo(TransferState.SHIPPED);
    Transfer whole = partly.received(Map.of("s-jam", 2L), NOW);
    assertThat(whole.state()).isEqualTo(TransferState.RECEIVED);
    assertThat(whole.lines()).allMatch(line -> line.toCome() == 0);
  }

  @Test
  void what_is_in_transit_is_written_off_when_it_is_closed() {
    Transfer closed = shipped().received(Map.of("s-tea", 4L), NOW).closed("stolen", NOW);
    assertThat(closed.state()).isEqualTo(TransferState.CLOSED);
    assertThat(closed.endReason()).isEqualTo("stolen");
    assertThat(closed.lines())
        .containsExactly(
            new TransferLine("s-tea", "tea", 5, 0, 5, 4, 1),
            new TransferLine("s-jam", "jam", 2, 0, 2, 0, 2));
  }

  @Test
  void units_that_are_lost_at_the_origin_are_planned_still_and_set_aside_no_more() {
    Transfer less = planned().lost(Map.of("s-tea", 5L), NOW);
    assertThat(less.state()).isEqualTo(TransferState.PLANNED);
    assertThat(less.lines().get(0)).isEqualTo(new TransferLine("s-tea", "tea", 5, 0, 0, 0, 0));
    assertThatThrownBy(() -> shipped().lost(Map.of("s-tea", 1L), NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void numbers_that_contradict_each_other_are_a_defect() {
    assertThatThrownBy(() -> shipped().received(Map.of("s-tea", 6L), NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> planned().shipped(Map.of("tea", 6L), DAY, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> planned().lost(Map.of("s-tea", 6L), NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Transfer planned() {
    return Transfer.planned(
        "t",
        "leeds",
        "york",
        DAY,
        List.of(TransferLine.planned("s-tea", "tea", 5), TransferLine.planned("s-jam", "jam", 2)),
        "",
        "ann",
        NOW);
  }

  private static Transfer shipped() {
    return planned().shipped(Map.of(), DAY, NOW);
  }

  private static Transfer in(TransferState state) {
    return switch (state) {
      case PLANNED -> planned();
      case SHIPPED -> shipped();
      case RECEIVED -> shipped().received(Map.of("s-tea", 5L, "s-jam", 2L), NOW);
      case CLOSED -> shipped().closed("lost", NOW);
      case CANCELLED -> planned().cancelled("", NOW);
    };
  }
}
