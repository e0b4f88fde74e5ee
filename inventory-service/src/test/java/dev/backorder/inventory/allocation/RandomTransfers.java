package dev.backorder.inventory.allocation;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.v1.CancelTransferRequest;
import dev.backorder.inventory.v1.CloseTransferRequest;
import dev.backorder.inventory.v1.DepartedUnits;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.ListTransfersRequest;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferLine;
import dev.backorder.inventory.v1.TransferState;
import dev.backorder.inventory.wire.Wire;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ObjLongConsumer;
import java.util.random.RandomGenerator;

/** Transfers between two locations, at random. */
final class RandomTransfers {
  private final RandomGenerator random;
  private final Stockroom room;

  /** Units at all locations, by item: those that leave are gone until they arrive. */
  private final Map<String, Long> onHand;

  private final ObjLongConsumer<String> receive;

  RandomTransfers(
      RandomGenerator random,
      Stockroom room,
      Map<String, Long> onHand,
      ObjLongConsumer<String> receive) {
    this.random = random;
    this.room = room;
    this.onHand = onHand;
    this.receive = receive;
  }

  /** Units are to move, or something becomes of some that are. */
  void move() {
    List<Transfer> open =
        room.inventory
            .transfers
            .listTransfers(ListTransfersRequest.newBuilder().setOpenOnly(true).build())
            .getTransfersList();
    if (open.isEmpty() || random.nextInt(3) == 0) {
      plan();
    } else {
      goOn(open.get(random.nextInt(open.size())));
    }
  }

  private void plan() {
    int from = random.nextInt(2);
    Map<String, Long> wanted = new HashMap<>();
    for (String sku : RandomWalkTest.SKUS) {
      long available = available(sku, RandomWalkTest.PLACES.get(from));
      if (available > 0 && random.nextInt(3) > 0) {
        wanted.put(sku, 1 + random.nextLong(available));
      }
    }
    if (!wanted.isEmpty()) {
      room.transfer(RandomWalkTest.PLACES.get(from), RandomWalkTest.PLACES.get(1 - from), wanted);
    }
  }

  private long available(String sku, String place) {
    return room
        .inventory
        .stock
        .getStock(GetStockRequest.newBuilder().setSku(sku).build())
        .getBalancesList()
        .stream()
        .filter(b -> b.getLocation().equals(place))
        .mapToLong(StockBalance::getAvailableQuantity)
        .sum();
  }

  private void goOn(Transfer transfer) {
    String id = transfer.getTransferId();
    boolean hasLeft = transfer.getState() == TransferState.TRANSFER_STATE_SHIPPED;
    switch (random.nextInt(6)) {
      case 0 ->
          room.inventory.transfers.redateTransfer(
              RedateTransferRequest.newBuilder()
                  .setRequestId(Inventory.request())
                  .setTransferId(id)
                  .setExpectedDate(Wire.date(room.day(random.nextInt(15))))
                  .build());
      case 1 -> {
        if (hasLeft) {
          room.inventory.transfers.closeTransfer(
              CloseTransferRequest.newBuilder()
                  .setRequestId(Inventory.request())
                  .setTransferId(id)
                  .setReason("never came")
                  .build());
        } else {
          room.inventory.transfers.cancelTransfer(
              CancelTransferRequest.newBuilder()
                  .setRequestId(Inventory.request())
                  .setTransferId(id)
                  .build());
        }
      }
      default -> {
        if (hasLeft) {
          arrive(transfer);
        } else {
          leave(transfer);
        }
      }
    }
  }

  /** Not always all of it. */
  private void leave(Transfer transfer) {
    ShipTransferRequest.Builder ship =
        ShipTransferRequest.newBuilder()
            .setRequestId(Inventory.request())
            .setTransferId(transfer.getTransferId());
    Map<String, Long> left = new HashMap<>();
    for (TransferLine line : transfer.getLinesList()) {
      long units = line.getOutgoingQuantity();
      if (random.nextInt(3) == 0) {
        units = random.nextLong(units + 1);
        ship.addLines(DepartedUnits.newBuilder().setSku(line.getSku()).setQuantity(units));
      }
      left.put(line.getSku(), units);
    }
    if (left.values().stream().anyMatch(units -> units > 0)) {
      room.inventory.transfers.shipTransfer(ship.build());
      left.forEach((sku, units) -> onHand.merge(sku, -units, Long::sum));
    }
  }

  private void arrive(Transfer transfer) {
    List<TransferLine> lines =
        transfer.getLinesList().stream().filter(line -> line.getInTransitQuantity() > 0).toList();
    TransferLine line = lines.get(random.nextInt(lines.size()));
    long units = 1 + random.nextLong(line.getInTransitQuantity());
    receive.accept(line.getSupplyId(), units);
    onHand.merge(line.getSku(), units, Long::sum);
  }
}
