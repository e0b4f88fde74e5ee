package dev.backorder.inventory.book;

import dev.backorder.inventory.promise.model.KitFate;
import java.util.ArrayList;
import java.util.List;

/**
 * All that an order holds.
 *
 * @param lines in the order of the request, then those of the components of kits
 * @param portions by line, then earliest date first
 */
public record OrderHolding(
    AllocationRow allocation, List<AllocationLineRow> lines, List<Portion> portions) {

  /** Copies the lists. */
  public OrderHolding {
    lines = List.copyOf(lines);
    portions = List.copyOf(portions);
  }

  /** The lines of the request. */
  public List<AllocationLineRow> ordered() {
    return lines.stream().filter(line -> line.part().isEmpty()).toList();
  }

  /** What one unit of a line is made of: itself, or of a kit units of all its components. */
  public List<Share> sharesOf(AllocationLineRow line) {
    List<Share> parts = new ArrayList<>();
    for (AllocationLineRow other : lines) {
      other
          .part()
          .filter(part -> part.kitLineNo() == line.lineNo())
          .ifPresent(part -> parts.add(new Share(other, part.perKit())));
    }
    return parts.isEmpty() ? List.of(new Share(line, 1)) : parts;
  }

  /** Units in one unit of a line of the request. */
  public record Share(AllocationLineRow line, long perUnit) {}

  /** What a line holds at one location: units, or whole kits. */
  public List<KitFate> fatesAt(List<Share> shares, String location) {
    return KitFate.of(
        shares.stream()
            .map(share -> new KitFate.Component(share.perUnit(), fates(share, location)))
            .toList());
  }

  private List<KitFate> fates(Share share, String location) {
    return portionsAt(share, location).stream()
        .map(p -> new KitFate(p.quantity(), p.reserved(), p.promise(), p.supplyId()))
        .toList();
  }

  /** The portions of a share at one location, earliest date first. */
  public List<Portion> portionsAt(Share share, String location) {
    return portionsOf(share.line().lineNo()).stream()
        .filter(portion -> portion.key().location().equals(location))
        .toList();
  }

  /** The portions of one line, earliest date first. */
  public List<Portion> portionsOf(int lineNo) {
    return portions.stream().filter(p -> p.id().lineNo() == lineNo).toList();
  }
}
