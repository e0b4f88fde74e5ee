package dev.backorder.inventory.book;

import dev.backorder.inventory.book.OrderHolding.Share;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationChangeCause;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.AllocationPortion;
import dev.backorder.inventory.v1.PortionState;
import dev.backorder.inventory.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Allocations as the contract writes them. */
public final class AllocationMessages {
  private AllocationMessages() {}

  /** All that an order holds. */
  public static Allocation render(OrderHolding holding) {
    AllocationRow row = holding.allocation();
    Allocation.Builder allocation =
        Allocation.newBuilder()
            .setOrderId(row.orderId())
            .setSalesContext(row.context().message())
            .setVersion(row.version())
            .setCreateTime(Wire.timestamp(row.createTime()))
            .setUpdateTime(Wire.timestamp(row.updateTime()));
    Map<Integer, List<Portion>> portions =
        holding.portions().stream().collect(Collectors.groupingBy(p -> p.id().lineNo()));
    boolean hasKits = holding.lines().stream().anyMatch(line -> line.part().isPresent());
    for (AllocationLineRow line : holding.lines()) {
      if (line.part().isPresent()) {
        continue;
      }
      List<Share> shares = hasKits ? holding.sharesOf(line) : List.of();
      boolean isKit = !shares.isEmpty() && shares.get(0).line().lineNo() != line.lineNo();
      allocation.addLines(
          isKit
              ? KitLineMessages.render(holding, line, shares)
              : render(line, renderAll(portions.getOrDefault(line.lineNo(), List.of()))));
    }
    return allocation.build();
  }

  /** Units that share one fate. */
  public static AllocationPortion render(Portion portion) {
    return AllocationPortion.newBuilder()
        .setQuantity(portion.quantity())
        .setLocation(portion.key().location())
        .setState(
            portion.reserved()
                ? PortionState.PORTION_STATE_RESERVED
                : PortionState.PORTION_STATE_WAITING)
        .setPromise(PromiseMessages.render(portion.promise(), portion.supplyId()))
        .build();
  }

  static AllocationChangeCause render(ChangeCause cause) {
    return switch (cause) {
      case ALLOCATED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_ALLOCATED;
      case EXTENDED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_EXTENDED;
      case RELEASED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RELEASED;
      case SHIPPED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SHIPPED;
      case RETURNED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RETURNED;
      case SHRINKAGE -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SHRINKAGE;
      case FILLED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_FILLED;
      case MOVED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_MOVED;
      case RELEASE_MOVED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_RELEASE_MOVED;
      case OVERDUE -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_OVERDUE;
      case SUPPLY_CHANGED -> AllocationChangeCause.ALLOCATION_CHANGE_CAUSE_SUPPLY_CHANGED;
    };
  }

  private static List<AllocationPortion> renderAll(List<Portion> portions) {
    return portions.stream().map(AllocationMessages::render).toList();
  }

  static AllocationLine render(AllocationLineRow line, List<AllocationPortion> portions) {
    long reserved = 0;
    long waiting = 0;
    AllocationLine.Builder message = AllocationLine.newBuilder();
    for (AllocationPortion portion : portions) {
      if (portion.getState() == PortionState.PORTION_STATE_RESERVED) {
        reserved += portion.getQuantity();
      } else {
        waiting += portion.getQuantity();
      }
      message.addPortions(portion);
    }
    line.wanted().map(Wire::date).ifPresent(message::setWantedDate);
    return message
        .setLineId(line.lineId())
        .setSku(line.sku())
        .setOrderedQuantity(line.ordered())
        .setReservedQuantity(reserved)
        .setWaitingQuantity(waiting)
        .setShippedQuantity(line.shipped())
        .setReleasedQuantity(line.released())
        .setRefusedQuantity(line.refused())
        .setReturnedQuantity(line.returned())
        .build();
  }
}
