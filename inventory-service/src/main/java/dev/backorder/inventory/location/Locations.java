package dev.backorder.inventory.location;

import dev.backorder.inventory.location.model.LocationView;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Places that hold stock. */
@ApplicationScoped
public class Locations {

  /** The active locations in the order in which they are asked for stock: by priority, then code. */
  @Transactional
  public List<LocationView> active() {
    throw new UnsupportedOperationException();
  }

  /** One location, active or not; empty when there is none with this code. */
  @Transactional
  public Optional<LocationView> find(String code) {
    throw new UnsupportedOperationException();
  }
}
