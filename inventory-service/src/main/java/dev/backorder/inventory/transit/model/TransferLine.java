package dev.backorder.inventory.transit.model;

/**
 * Units of one item in a transfer.
 *
 * @param supplyId its supply at the destination
 * @param planned units that were to move
 * @param outgoing units that are set aside at the origin
 * @param shipped units that left
 * @param received units that arrived
 * @param writtenOff units that left and never arrived
 */
public record TransferLine(
    String supplyId,
    String sku,
    long planned,
    long outgoing,
    long shipped,
    long received,
    long writtenOff) {

  /** Refuses numbers that contradict each other: a defect of ours. */
  public TransferLine {
    boolean adds =
        outgoing >= 0
            && outgoing <= planned
            && shipped <= planned
            && (outgoing == 0 || shipped == 0)
            && received >= 0
            && writtenOff >= 0
            && received + writtenOff <= shipped;
    if (!adds) {
      throw new IllegalStateException("units of transfer line " + supplyId + " do not add up");
    }
  }

  /** Of which all units are set aside. */
  public static TransferLine planned(String supplyId, String sku, long units) {
    return new TransferLine(supplyId, sku, units, units, 0, 0, 0);
  }

  /** Units that left and are neither here nor written off. */
  public long inTransit() {
    return shipped - received - writtenOff;
  }

  /** Units that its supply consists of, those that arrived included. */
  public long expected() {
    return outgoing + shipped;
  }

  /** Units that are still to arrive. */
  public long toCome() {
    return outgoing + inTransit();
  }

  TransferLine left(long units) {
    if (units > outgoing) {
      throw new IllegalStateException("more left than is set aside: " + supplyId);
    }
    return new TransferLine(supplyId, sku, planned, 0, units, received, writtenOff);
  }

  TransferLine arrived(long units) {
    return new TransferLine(
        supplyId, sku, planned, outgoing, shipped, received + units, writtenOff);
  }

  TransferLine writtenOffRest() {
    return new TransferLine(
        supplyId, sku, planned, outgoing, shipped, received, writtenOff + inTransit());
  }

  TransferLine lost(long units) {
    return new TransferLine(
        supplyId, sku, planned, outgoing - units, shipped, received, writtenOff);
  }
}
