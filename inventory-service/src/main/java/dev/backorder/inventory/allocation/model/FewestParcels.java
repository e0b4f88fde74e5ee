package dev.backorder.inventory.allocation.model;

import dev.backorder.inventory.allocation.model.Sourcing.Offer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The smallest set of locations that gives all that an order can have from stock; of equally small
 * ones the first in the order of priority. Sets are tried by their size until so many were tried;
 * after that the location that gives most of what is missing is added again and again.
 */
final class FewestParcels {
  private static final int MOST_SETS = 2_000;

  private final Map<String, Long> wanted = new HashMap<>();
  private final List<Offer> offers;
  private final List<Offer> useful = new ArrayList<>();
  private int setsLeft = MOST_SETS;

  FewestParcels(Map<String, Long> wanted, List<Offer> offers) {
    this.offers = offers;
    wanted.forEach(
        (sku, units) -> {
          long there = 0;
          for (Offer offer : offers) {
            there += Math.min(units, offer.of(sku));
          }
          if (there > 0) {
            this.wanted.put(sku, Math.min(units, there));
          }
        });
    for (Offer offer : offers) {
      if (this.wanted.keySet().stream().anyMatch(sku -> offer.of(sku) > 0)) {
        useful.add(offer);
      }
    }
  }

  /** The chosen ones first, then the others, each by priority. */
  List<String> choose() {
    List<Offer> chosen = smallest();
    List<String> all = new ArrayList<>();
    offers.stream().filter(chosen::contains).forEach(offer -> all.add(offer.location()));
    offers.stream().filter(o -> !chosen.contains(o)).forEach(offer -> all.add(offer.location()));
    return all;
  }

  private List<Offer> smallest() {
    for (int size = 0; size <= useful.size() && setsLeft > 0; size++) {
      Optional<List<Offer>> found = ofSize(size, 0, List.of());
      if (found.isPresent()) {
        return found.get();
      }
    }
    return greedy();
  }

  /** Sets in the order of priority; empty when none is enough or too many were tried. */
  private Optional<List<Offer>> ofSize(int more, int from, List<Offer> chosen) {
    if (more == 0) {
      setsLeft--;
      return missing(chosen) == 0 ? Optional.of(chosen) : Optional.empty();
    }
    for (int i = from; i <= useful.size() - more && setsLeft > 0; i++) {
      List<Offer> next = new ArrayList<>(chosen);
      next.add(useful.get(i));
      Optional<List<Offer>> found = ofSize(more - 1, i + 1, next);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private List<Offer> greedy() {
    List<Offer> chosen = new ArrayList<>();
    while (missing(chosen) > 0) {
      Offer best = offers.get(0);
      long least = Long.MAX_VALUE;
      for (Offer offer : useful) {
        List<Offer> with = new ArrayList<>(chosen);
        with.add(offer);
        long missing = missing(with);
        if (!chosen.contains(offer) && missing < least) {
          least = missing;
          best = offer;
        }
      }
      chosen.add(best);
    }
    return chosen;
  }

  /** Units that these do not give. */
  private long missing(List<Offer> chosen) {
    long missing = 0;
    for (Map.Entry<String, Long> item : wanted.entrySet()) {
      long rest = item.getValue();
      for (Offer offer : chosen) {
        rest -= Math.min(rest, offer.of(item.getKey()));
      }
      missing += rest;
    }
    return missing;
  }
}
