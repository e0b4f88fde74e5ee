package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.keeping.model.Segment;
import java.util.Optional;

/**
 * In which circumstances somebody asks for stock; empty text where nothing was said.
 *
 * @param priority rank: higher goes first
 * @param destinationCountry ISO 3166-1 alpha-2
 * @param sourcing which locations serve the order; empty for the configured default
 */
public record Buyer(
    String channel,
    String customerClass,
    int priority,
    String destinationCountry,
    Optional<Sourcing> sourcing) {

  /** Where the buyer stands, for what is kept. */
  public Segment segment() {
    return new Segment(channel, customerClass);
  }
}
