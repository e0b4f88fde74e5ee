package dev.backorder.inventory.allocation.model;

import java.util.List;
import java.util.Map;

/**
 * Everything is picked up at one place.
 *
 * @param location its code
 */
public record PickUp(String location) implements Sourcing {

  @Override
  public List<String> choose(Map<String, Long> wanted, List<Offer> offers) {
    return offers.stream().map(Offer::location).filter(location::equals).toList();
  }
}
