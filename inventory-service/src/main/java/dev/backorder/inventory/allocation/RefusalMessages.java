package dev.backorder.inventory.allocation;

import dev.backorder.inventory.allocation.model.Decision;
import dev.backorder.inventory.allocation.model.Shortage;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.RefusalReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;

/** What cannot be had as the contract writes it. */
public final class RefusalMessages {
  private RefusalMessages() {}

  /** A line that was asked for. */
  public record Line(String lineId, String sku, long quantity) {}

  /**
   * One refusal for each line of which something cannot be had; its first reason is the one that
   * came into effect first.
   *
   * @param lines by their position
   */
  public static List<Refusal> of(Decision decision, IntFunction<Line> lines) {
    List<Refusal> refusals = new ArrayList<>();
    Set<Integer> told = new HashSet<>();
    for (Shortage shortage : decision.shortages()) {
      if (told.add(shortage.line())) {
        Line line = lines.apply(shortage.line());
        refusals.add(
            Refusal.newBuilder()
                .setLineId(line.lineId())
                .setSku(line.sku())
                .setRequestedQuantity(line.quantity())
                .setOrderableQuantity(line.quantity() - decision.refusedTo(shortage.line()))
                .setReason(reason(shortage.reason()))
                .build());
      }
    }
    return refusals;
  }

  private static RefusalReason reason(Shortage.Reason reason) {
    return switch (reason) {
      case UNKNOWN_ITEM -> RefusalReason.REFUSAL_REASON_UNKNOWN_ITEM;
      case OUT_OF_STOCK -> RefusalReason.REFUSAL_REASON_OUT_OF_STOCK;
      case BACKORDER_LIMIT -> RefusalReason.REFUSAL_REASON_BACKORDER_LIMIT;
      case WAIT_TOO_LONG -> RefusalReason.REFUSAL_REASON_WAIT_TOO_LONG;
      case NO_REPLENISHMENT -> RefusalReason.REFUSAL_REASON_NO_REPLENISHMENT;
      case PREORDER_ENDED -> RefusalReason.REFUSAL_REASON_PREORDER_ENDED;
      case PICK_UP_LOCATION -> RefusalReason.REFUSAL_REASON_PICK_UP_LOCATION;
      case TOO_LATE -> RefusalReason.REFUSAL_REASON_TOO_LATE;
      case NO_LOCATION -> RefusalReason.REFUSAL_REASON_NO_LOCATION;
    };
  }
}
