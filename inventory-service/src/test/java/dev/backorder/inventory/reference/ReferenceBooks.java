package dev.backorder.inventory.reference;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The books as the reference has them, line by line. */
final class ReferenceBooks {
  private final World world;
  private final SortedMap<String, String> lines = new TreeMap<>();

  private ReferenceBooks(World world) {
    this.world = world;
  }

  static SortedMap<String, String> of(World world) {
    ReferenceBooks books = new ReferenceBooks(world);
    world.places().forEach(books::balance);
    world.orders.forEach(order -> order.lines.forEach(books::line));
    world.supplies.forEach(books::supply);
    world.places().forEach(books::queue);
    world.carts.values().forEach(books::cart);
    return books.lines;
  }

  private void balance(Place place) {
    long inbound =
        world.suppliesAt(place).stream()
            .filter(supply -> supply.state == Coming.State.CONFIRMED)
            .mapToLong(Coming::open)
            .sum();
    String balance =
        Texts.balance(
            world.onHand(place),
            world.reserved(place),
            world.held(place),
            world.available(place),
            world.waiting(place),
            inbound,
            world.quarantined(place));
    // What never was anywhere has no balance.
    if (!balance.equals(Texts.balance(0, 0, 0, 0, 0, 0, 0))) {
      lines.put("balance " + place, balance);
    }
  }

  private void line(OrderLine line) {
    long reserved = line.parts.stream().filter(p -> p.reserved).mapToLong(p -> p.units).sum();
    lines.put(
        "line " + line.order.id + "/" + line.id,
        Texts.line(
            reserved,
            line.held() - reserved,
            line.shipped,
            line.released,
            line.refused,
            line.returned,
            Texts.parts(line)));
  }

  private void supply(Coming supply) {
    lines.put(
        "supply " + supply.id,
        Texts.supply(
            supply.expected,
            supply.received,
            world.pegged(supply),
            supply.expectedDay,
            supply.state.name()));
  }

  private void queue(Place place) {
    int next = 1;
    for (Part part : world.queue(place)) {
      lines.put(
          "queue " + place + " #" + next++,
          Texts.queued(part.line.order.id, part.line.id, part.units, Texts.text(part)));
    }
  }

  private void cart(Cart cart) {
    TreeSet<String> skus = new TreeSet<>();
    cart.onShelf().keySet().forEach(place -> skus.add(place.sku()));
    cart.queued().keySet().forEach(place -> skus.add(place.sku()));
    StringBuilder held = new StringBuilder();
    for (String sku : skus) {
      long onShelf = units(cart.onShelf(), sku);
      long queued = units(cart.queued(), sku);
      if (onShelf + queued > 0) {
        held.append(Texts.held(sku, onShelf, queued)).append("; ");
      }
    }
    if (!held.isEmpty()) {
      lines.put("cart " + cart.id(), held + "until " + cart.expiry());
    }
  }

  private static long units(java.util.Map<Place, Long> held, String sku) {
    return held.entrySet().stream()
        .filter(entry -> entry.getKey().sku().equals(sku))
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }
}
