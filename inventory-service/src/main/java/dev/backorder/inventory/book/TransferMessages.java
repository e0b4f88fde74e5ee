package dev.backorder.inventory.book;

import dev.backorder.inventory.transit.model.TransferCause;
import dev.backorder.inventory.transit.model.TransferLine;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferChangeCause;
import dev.backorder.inventory.v1.TransferState;
import dev.backorder.inventory.wire.Wire;

/** Transfers as the contract writes them. */
public final class TransferMessages {
  private TransferMessages() {}

  /** A transfer in full. */
  public static Transfer render(dev.backorder.inventory.transit.model.Transfer transfer) {
    Transfer.Builder message =
        Transfer.newBuilder()
            .setTransferId(transfer.id())
            .setFromLocation(transfer.from())
            .setToLocation(transfer.to())
            .setExpectedDate(Wire.date(transfer.expectedDate()))
            .setState(state(transfer.state()))
            .setReason(transfer.reason())
            .setActor(transfer.actor())
            .setEndReason(transfer.endReason())
            .setVersion(transfer.version())
            .setCreateTime(Wire.timestamp(transfer.createTime()))
            .setUpdateTime(Wire.timestamp(transfer.updateTime()));
    transfer.shipTime().map(Wire::timestamp).ifPresent(message::setShipTime);
    transfer.lines().forEach(line -> message.addLines(render(line)));
    return message.build();
  }

  private static dev.backorder.inventory.v1.TransferLine render(TransferLine line) {
    return dev.backorder.inventory.v1.TransferLine.newBuilder()
        .setSku(line.sku())
        .setSupplyId(line.supplyId())
        .setPlannedQuantity(line.planned())
        .setOutgoingQuantity(line.outgoing())
        .setShippedQuantity(line.shipped())
        .setReceivedQuantity(line.received())
        .setWrittenOffQuantity(line.writtenOff())
        .setInTransitQuantity(line.inTransit())
        .build();
  }

  private static TransferState state(dev.backorder.inventory.transit.model.TransferState state) {
    return switch (state) {
      case PLANNED -> TransferState.TRANSFER_STATE_PLANNED;
      case SHIPPED -> TransferState.TRANSFER_STATE_SHIPPED;
      case RECEIVED -> TransferState.TRANSFER_STATE_RECEIVED;
      case CLOSED -> TransferState.TRANSFER_STATE_CLOSED;
      case CANCELLED -> TransferState.TRANSFER_STATE_CANCELLED;
    };
  }

  static TransferChangeCause render(TransferCause cause) {
    return switch (cause) {
      case PLANNED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_PLANNED;
      case SHIPPED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_SHIPPED;
      case RECEIVED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_RECEIVED;
      case REDATED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_REDATED;
      case CLOSED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_CLOSED;
      case CANCELLED -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_CANCELLED;
      case SHRINKAGE -> TransferChangeCause.TRANSFER_CHANGE_CAUSE_SHRINKAGE;
    };
  }
}
