package dev.backorder.inventory.allocation.model;

import java.util.List;
import java.util.Map;

/** How an order that is sent chooses its locations. */
public enum SourcingPolicy implements Sourcing {
  /** By their priority. */
  PRIORITY_ORDER {
    @Override
    public List<String> choose(Map<String, Long> wanted, List<Offer> offers) {
      return offers.stream().map(Offer::location).toList();
    }

    @Override
    public boolean isByPriority() {
      return true;
    }
  },
  /** As few as possible, so that as few parcels as possible are sent. */
  FEWEST_PARCELS {
    @Override
    public List<String> choose(Map<String, Long> wanted, List<Offer> offers) {
      return new FewestParcels(wanted, offers).choose();
    }
  }
}
