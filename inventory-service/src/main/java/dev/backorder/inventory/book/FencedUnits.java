package dev.backorder.inventory.book;

import dev.backorder.inventory.book.HoldBook.HoldUnits;
import dev.backorder.inventory.book.Portion.PortionId;
import dev.backorder.inventory.book.RingFenceBook.LineUse;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.RingFences.Use;
import dev.backorder.inventory.keeping.model.Segment;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What members of ring fences get of them and give back. Units count once they are a line's own: on
 * the shelf, or by a peg to a supply; who waits without a supply has got nothing yet. Items without
 * ring fences cost nothing here.
 */
@ApplicationScoped
public class FencedUnits {
  private final RingFenceBook book;

  FencedUnits(RingFenceBook book) {
    this.book = book;
  }

  /** The ring fences of an item that this transaction has locked, as they remain at this point. */
  public RingFences of(Changes changes, String sku) {
    if (!changes.isRingFenced(sku)) {
      return RingFences.none();
    }
    if (!changes.ringFences().fences().containsKey(sku)) {
      List<StockRow> rows =
          changes.locked().values().stream().filter(row -> row.key().sku().equals(sku)).toList();
      RingFences fences = book.remaining(rows, changes.now()).getOrDefault(sku, RingFences.none());
      // What this transaction did is not written yet.
      changes
          .ringFences()
          .changes()
          .forEach(use -> fences.giveBack(List.of(new Use(use.ringFenceId(), -use.units()))));
      changes.ringFences().fences().put(sku, fences);
    }
    return changes.ringFences().fences().get(sku);
  }

  /** Units became a line's own: what its ring fences keep is used up first. */
  public void got(Changes changes, PortionId line, StockKey key, Segment buyer, long units) {
    if (changes.isRingFenced(key.sku())) {
      read(changes, Set.of(line.orderId()));
      of(changes, key.sku())
          .take(buyer, key.location(), units)
          .forEach(use -> changes.ringFences().add(line, use));
    }
  }

  /** The same for units that waited without a supply. */
  public void got(Changes changes, Portion portion, long units) {
    got(changes, portion.id(), portion.key(), portion.segment(), units);
  }

  /** Units that were a line's own are no longer: its ring fences keep them again. */
  public void lost(Changes changes, Portion portion, long units) {
    if (changes.isRingFenced(portion.key().sku())) {
      read(changes, Set.of(portion.id().orderId()));
      RingFences fences = of(changes, portion.key().sku());
      List<String> order = fences.givingBackOrder(portion.key().location());
      fences.giveBack(changes.ringFences().take(portion.id(), order, fences, units));
    }
  }

  /** Reads what many lines got, in one statement, before they lose or get units. */
  public void read(Changes changes, StockKey key, Collection<Portion> portions) {
    if (changes.isRingFenced(key.sku()) && !portions.isEmpty()) {
      read(changes, portions.stream().map(p -> p.id().orderId()).collect(Collectors.toSet()));
    }
  }

  /** What carts hold of items has changed: what remains of their ring fences is read again. */
  public void forget(Changes changes, Collection<StockKey> keys) {
    keys.forEach(key -> changes.ringFences().fences().remove(key.sku()));
  }

  /** A cart lets go of what it held: its ring fences keep it again. */
  public void letGo(Changes changes, Segment buyer, List<HoldUnits> units) {
    for (HoldUnits held : units) {
      of(changes, held.key().sku()).letGo(buyer, held.key().location(), held.onShelf());
    }
  }

  /** New orders have got nothing yet. */
  public void begin(Changes changes, Set<String> orderIds) {
    changes.ringFences().unknown(orderIds);
  }

  private void read(Changes changes, Set<String> orderIds) {
    Set<String> unknown = changes.ringFences().unknown(orderIds);
    if (!unknown.isEmpty()) {
      book.uses(unknown).forEach(changes.ringFences()::read);
    }
  }

  void write(Changes changes) {
    List<LineUse> uses = changes.ringFences().changes();
    if (!uses.isEmpty()) {
      book.addUses(uses);
    }
  }
}
