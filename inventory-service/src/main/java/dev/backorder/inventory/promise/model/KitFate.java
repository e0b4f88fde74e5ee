package dev.backorder.inventory.promise.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Whole kits that share one fate: reserved when every component is, with the latest of their dates.
 *
 * @param quantity kits
 * @param reserved true when all components are on the shelf
 * @param promise the latest date of a component
 * @param supplyId the supply that this date rests on; empty when none
 */
public record KitFate(long quantity, boolean reserved, Promise promise, String supplyId) {

  /** What is reserved or comes first is put into the first kits. */
  private static final Comparator<KitFate> BEST_FIRST =
      Comparator.comparing((KitFate fate) -> !fate.reserved())
          .thenComparing(fate -> fate.promise().shipBy());

  /**
   * Units of one component at one location.
   *
   * @param perKit units in one kit
   * @param fates what becomes of how many units, in any order
   */
  public record Component(long perKit, List<KitFate> fates) {
    /** Sorts them: the best units go into the first kits. */
    public Component {
      fates = fates.stream().sorted(BEST_FIRST).toList();
    }

    /** Kits that these units suffice for. */
    long kits() {
      return fates.stream().mapToLong(KitFate::quantity).sum() / perKit;
    }
  }

  /**
   * Puts kits together from the units of all components at one location, the best first. Units that
   * make no whole kit are left over.
   */
  public static List<KitFate> of(Collection<Component> components) {
    long kits = components.stream().mapToLong(Component::kits).min().orElse(0);
    if (kits == 0) {
      return List.of();
    }
    List<Walk> walks = components.stream().map(Walk::new).toList();
    List<KitFate> fates = new ArrayList<>();
    long done = 0;
    while (done < kits) {
      long next = kits;
      KitFate worst = null;
      for (Walk walk : walks) {
        KitFate last = walk.lastUnitOfKit(done);
        worst = worst == null || BEST_FIRST.compare(worst, last) < 0 ? last : worst;
        next = Math.min(next, walk.kitsAlike());
      }
      fates.add(new KitFate(next - done, worst.reserved(), worst.promise(), worst.supplyId()));
      done = next;
    }
    return merged(fates);
  }

  private static List<KitFate> merged(List<KitFate> fates) {
    List<KitFate> merged = new ArrayList<>();
    for (KitFate fate : fates) {
      KitFate last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last != null && last.withQuantity(fate.quantity()).equals(fate)) {
        merged.set(merged.size() - 1, last.withQuantity(last.quantity() + fate.quantity()));
      } else {
        merged.add(fate);
      }
    }
    return merged;
  }

  private KitFate withQuantity(long units) {
    return new KitFate(units, reserved, promise, supplyId);
  }

  /** Goes through the units of a component, kit by kit. */
  private static final class Walk {
    private final Component component;
    private int position;
    private long end;

    Walk(Component component) {
      this.component = component;
      this.end = component.fates().get(0).quantity();
    }

    /** The fate of the last unit that goes into a kit; kits are asked for in order. */
    KitFate lastUnitOfKit(long kit) {
      while (end < (kit + 1) * component.perKit()) {
        position++;
        end += component.fates().get(position).quantity();
      }
      return component.fates().get(position);
    }

    /** Up to which kit, exclusive, the last unit shares the fate of the one asked for last. */
    long kitsAlike() {
      return end / component.perKit();
    }
  }
}
