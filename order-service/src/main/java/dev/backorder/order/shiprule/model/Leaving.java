package dev.backorder.order.shiprule.model;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.ShipProgress;
import java.util.List;
import java.util.UUID;

/**
 * What a ship rule says of a line.
 *
 * @param portions its units with the days on which they will really leave, earliest first
 * @param progress whether its reserved units may be offered now ({@link ShipProgress#isHeld})
 */
public record Leaving(UUID lineId, List<Portion> portions, ShipProgress progress) {
  /** Keeps the portions as they are. */
  public Leaving {
    portions = List.copyOf(portions);
  }
}
