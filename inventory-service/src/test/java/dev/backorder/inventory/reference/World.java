package dev.backorder.inventory.reference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that there is, as plain lists. No number is kept that can be counted: whoever wants one
 * counts it anew.
 */
final class World {
  Instant now;

  /** In the order in which they are asked. */
  final List<Site> sites;

  final Map<String, Article> articles;
  final Map<Place, Long> onHand = new TreeMap<>(Cart.BY_PLACE);
  final Map<Place, Long> quarantined = new TreeMap<>(Cart.BY_PLACE);

  /** In the order in which they were heard of. */
  final List<Coming> supplies = new ArrayList<>();

  final List<Order> orders = new ArrayList<>();
  final Map<String, Cart> carts = new TreeMap<>();

  World(Instant now, List<Site> sites, List<Article> articles) {
    this.now = now;
    this.sites =
        sites.stream()
            .sorted(Comparator.comparingInt(Site::priority).thenComparing(Site::code))
            .toList();
    this.articles = new TreeMap<>();
    articles.forEach(article -> this.articles.put(article.sku(), article));
  }

  World copy() {
    World copy = new World(now, sites, List.copyOf(articles.values()));
    copy.onHand.putAll(onHand);
    copy.quarantined.putAll(quarantined);
    supplies.forEach(supply -> copy.supplies.add(supply.copy()));
    orders.forEach(order -> copy.orders.add(order.copy()));
    carts.forEach((id, cart) -> copy.carts.put(id, cart.copy()));
    return copy;
  }

  Site site(String code) {
    return sites.stream().filter(site -> site.code().equals(code)).findFirst().orElseThrow();
  }

  Dates dates(Site site) {
    return new Dates(site, site.today(now));
  }

  Dates datesAt(Place place) {
    return dates(site(place.site()));
  }

  List<Place> places() {
    List<Place> places = new ArrayList<>();
    articles
        .keySet()
        .forEach(sku -> sites.forEach(site -> places.add(new Place(sku, site.code()))));
    return places;
  }

  Order order(String id) {
    return orders.stream().filter(order -> order.id.equals(id)).findFirst().orElseThrow();
  }

  Coming supply(String id) {
    return supplies.stream().filter(supply -> supply.id.equals(id)).findFirst().orElseThrow();
  }

  Stream<Part> parts() {
    return orders.stream().flatMap(order -> order.lines.stream()).flatMap(l -> l.parts.stream());
  }

  /** Who waits at a place, in queue order. */
  List<Part> queue(Place place) {
    return parts()
        .filter(part -> part.place.equals(place) && !part.reserved)
        .sorted(Part.QUEUE_ORDER)
        .toList();
  }

  /** Supplies of a place, by the day on which they are counted on. */
  List<Coming> suppliesAt(Place place) {
    return supplies.stream()
        .filter(supply -> supply.place.equals(place))
        .sorted(Comparator.comparing((Coming supply) -> supply.day))
        .toList();
  }

  long onHand(Place place) {
    return onHand.getOrDefault(place, 0L);
  }

  void addOnHand(Place place, long units) {
    onHand.merge(place, units, Long::sum);
  }

  long quarantined(Place place) {
    return quarantined.getOrDefault(place, 0L);
  }

  long reserved(Place place) {
    return units(parts().filter(part -> part.place.equals(place) && part.reserved));
  }

  long waiting(Place place) {
    return units(queue(place).stream());
  }

  /** Units that wait and that something earlier would help. */
  long eager(Place place) {
    return units(queue(place).stream().filter(part -> !part.isPatient()));
  }

  long held(Place place) {
    return carts.values().stream().mapToLong(c -> c.onShelf().getOrDefault(place, 0L)).sum();
  }

  /** Units on the shelf that belong to nobody; below zero while units turn out to be gone. */
  long free(Place place) {
    return onHand(place) - reserved(place) - held(place);
  }

  /** Protected units lie at the sites that are asked last. */
  long protectedAt(Place place) {
    long left = articles.get(place.sku()).protectedUnits();
    for (int i = sites.size() - 1; i >= 0; i--) {
      Place each = new Place(place.sku(), sites.get(i).code());
      long here = Math.min(Math.max(0, free(each)), left);
      if (each.equals(place)) {
        return here;
      }
      left -= here;
    }
    throw new IllegalArgumentException("no such place: " + place);
  }

  /** Units that a newcomer can have from the shelf: nobody overtakes who waits for them. */
  long available(Place place) {
    return Math.max(0, free(place) - eager(place) - protectedAt(place));
  }

  long pegged(Coming supply) {
    return units(parts().filter(part -> part.supply.equals(supply.id)));
  }

  /** Units of a supply that nobody is promised: of one that is overdue nobody new is. */
  long free(Coming supply) {
    return supply.overdue ? 0 : Math.max(0, supply.open() - pegged(supply));
  }

  /** Units of an item that wait, and places in its queue that carts hold. */
  long waitingFor(String sku) {
    return units(parts().filter(part -> part.place.sku().equals(sku) && !part.reserved))
        + carts.values().stream().mapToLong(cart -> queuedBy(cart, sku)).sum();
  }

  /** The same of one channel. */
  long waitingFor(String sku, String channel) {
    return units(
            parts()
                .filter(part -> part.place.sku().equals(sku) && !part.reserved)
                .filter(part -> part.line.order.channel.equals(channel)))
        + carts.values().stream()
            .filter(cart -> cart.channel().equals(channel))
            .mapToLong(cart -> queuedBy(cart, sku))
            .sum();
  }

  private static long queuedBy(Cart cart, String sku) {
    return cart.queued().entrySet().stream()
        .filter(queued -> queued.getKey().sku().equals(sku))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Confirmed units of an item that are really coming. */
  long confirmed(String sku) {
    return supplies.stream()
        .filter(supply -> supply.place.sku().equals(sku))
        .filter(supply -> supply.state == Coming.State.CONFIRMED && !supply.overdue)
        .mapToLong(Coming::open)
        .sum();
  }

  private static long units(Stream<Part> parts) {
    return parts.mapToLong(part -> part.units).sum();
  }
}
