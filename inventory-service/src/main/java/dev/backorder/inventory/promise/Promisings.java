package dev.backorder.inventory.promise;

import dev.backorder.inventory.location.Locations;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.promise.model.Percentiles;
import dev.backorder.inventory.promise.model.Promising;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes what makes dates. */
@ApplicationScoped
public class Promisings {
  private final Locations locations;
  private final Percentiles percentiles;

  Promisings(Locations locations, PromiseConfig config) {
    this.locations = locations;
    this.percentiles = percentiles(config);
  }

  /** Dates at a location, active or not. */
  public Promising at(String location, Instant now) {
    LocationView view =
        locations
            .find(location)
            .orElseThrow(() -> new IllegalStateException("no location " + location));
    return at(view, now);
  }

  /** Dates at all active locations, in the order in which they are asked. */
  public List<Promising> active(Instant now) {
    return locations.active().stream().map(view -> at(view, now)).toList();
  }

  private Promising at(LocationView view, Instant now) {
    return new Promising(view, view.today(now), percentiles);
  }

  private static Percentiles percentiles(PromiseConfig config) {
    Map<String, Integer> byChannel = new HashMap<>();
    config
        .channelLateLimitPercent()
        .forEach(
            (channel, limit) ->
                byChannel.put(channel, Percentiles.keeping(config.percentile(), limit)));
    return new Percentiles(config.percentile(), byChannel);
  }
}
