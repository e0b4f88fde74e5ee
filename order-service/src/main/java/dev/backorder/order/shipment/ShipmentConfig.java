package dev.backorder.order.shipment;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** {@code backorder.shipment.*}: how the warehouse is asked. */
@ConfigMapping(prefix = "backorder.shipment")
public interface ShipmentConfig {
  /** How long units that the warehouse could not send are not offered again. */
  @WithDefault("P1D")
  Duration pause();
}
