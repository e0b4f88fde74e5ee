package dev.backorder.order.order;

import dev.backorder.order.order.model.LineState;
import dev.backorder.order.order.model.LineTotals;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipTerms;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A line of an order at one moment.
 *
 * @param number its place in the order, from 1
 * @param priceMinor minor units for {@code priceQuantity} units
 * @param shownShipByDate the date that the shopper had been shown
 * @param acceptsWorse true when a later date than that is fine
 * @param wanted the first day on which it may leave; empty for at once
 * @param initiallyWaiting units that waited when the order was placed
 * @param releasing open units that are being cancelled right now
 * @param returning shipped units that are being returned right now
 * @param portions reserved and waiting units by place and date, earliest first
 * @param shipTerms how it was ordered to leave
 * @param progress how far it is on its way out
 */
public record OrderLine(
    UUID lineId,
    int number,
    String sku,
    long priceMinor,
    long priceQuantity,
    Optional<LocalDate> shownShipByDate,
    boolean acceptsWorse,
    Optional<LocalDate> wanted,
    Quantities quantities,
    long initiallyWaiting,
    long releasing,
    long returning,
    List<Portion> portions,
    ShipTerms shipTerms,
    ShipProgress progress) {
  /** Keeps the portions as they are. */
  public OrderLine {
    portions = List.copyOf(portions);
  }

  /** Where it stands. */
  public LineState state() {
    return LineState.of(quantities);
  }

  /** What the line costs in minor units: its price x all units that were ordered. */
  public OptionalLong totalMinor() {
    return LineTotals.of(priceMinor, priceQuantity, quantities.ordered());
  }

  /** An undecided line of more units of the same item, at the same price and terms. */
  public OrderLine again(UUID newLineId, int newNumber, long quantity) {
    return undecided(
        newLineId, newNumber, sku, priceMinor, priceQuantity, wanted, quantity, shipTerms);
  }

  /** An undecided line that nobody was shown a date for. */
  public static OrderLine undecided(
      UUID lineId,
      int number,
      String sku,
      long priceMinor,
      long priceQuantity,
      Optional<LocalDate> wanted,
      long quantity,
      ShipTerms shipTerms) {
    return new OrderLine(
        lineId,
        number,
        sku,
        priceMinor,
        priceQuantity,
        Optional.empty(),
        true,
        wanted,
        Quantities.undecided(quantity),
        0,
        0,
        0,
        List.of(),
        shipTerms,
        ShipProgress.NONE);
  }

  /** The same line with what inventory-service says it holds. */
  public OrderLine with(Quantities changed, List<Portion> held) {
    return new OrderLine(
        lineId,
        number,
        sku,
        priceMinor,
        priceQuantity,
        shownShipByDate,
        acceptsWorse,
        wanted,
        changed,
        initiallyWaiting,
        releasing,
        returning,
        held,
        shipTerms,
        progress);
  }

  /** The same line, decided for the first time. */
  public OrderLine decide(Quantities decided, List<Portion> held) {
    return new OrderLine(
        lineId,
        number,
        sku,
        priceMinor,
        priceQuantity,
        shownShipByDate,
        acceptsWorse,
        wanted,
        decided,
        decided.waiting(),
        releasing,
        returning,
        held,
        shipTerms,
        progress);
  }

  /** The same line, that much further on its way out. */
  public OrderLine with(ShipProgress further) {
    return new OrderLine(
        lineId,
        number,
        sku,
        priceMinor,
        priceQuantity,
        shownShipByDate,
        acceptsWorse,
        wanted,
        quantities,
        initiallyWaiting,
        releasing,
        returning,
        portions,
        shipTerms,
        further);
  }

  /**
   * The same line with so many more (or fewer) units on their way out of it, to be cancelled and to
   * be returned.
   */
  public OrderLine moveIntents(long moreReleasing, long moreReturning) {
    return new OrderLine(
        lineId,
        number,
        sku,
        priceMinor,
        priceQuantity,
        shownShipByDate,
        acceptsWorse,
        wanted,
        quantities,
        initiallyWaiting,
        Math.addExact(releasing, moreReleasing),
        Math.addExact(returning, moreReturning),
        portions,
        shipTerms,
        progress);
  }
}
