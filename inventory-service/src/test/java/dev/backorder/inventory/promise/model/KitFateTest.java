package dev.backorder.inventory.promise.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Kits put together from runs of units, against kits put together unit by unit. */
class KitFateTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Test
  void runs_give_what_single_units_give() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<KitFate.Component> components = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        components.add(new KitFate.Component(1 + random.nextInt(3), fates(random)));
      }
      List<KitFate> units = new ArrayList<>();
      KitFate.of(components).forEach(f -> units.addAll(split(f)));
      assertThat(units).as("seed %d", seed).isEqualTo(oneByOne(components));
    }
  }

  @Test
  void a_component_of_which_there_is_nothing_makes_no_kit() {
    assertThat(
            KitFate.of(
                List.of(
                    new KitFate.Component(1, List.of(fate(5, true, 0))),
                    new KitFate.Component(1, List.of()))))
        .isEmpty();
  }

  private static List<KitFate> oneByOne(List<KitFate.Component> components) {
    List<KitFate> kits = new ArrayList<>();
    List<List<KitFate>> units =
        components.stream()
            .map(
                c -> {
                  List<KitFate> all = new ArrayList<>();
                  c.fates().forEach(f -> all.addAll(split(f)));
                  return all;
                })
            .toList();
    while (true) {
      List<KitFate> used = new ArrayList<>();
      for (int i = 0; i < components.size(); i++) {
        for (long unit = 0; unit < components.get(i).perKit(); unit++) {
          if (units.get(i).isEmpty()) {
            return kits;
          }
          used.add(units.get(i).remove(0));
        }
      }
      kits.add(
          used.stream()
              .max(
                  Comparator.comparing((KitFate f) -> !f.reserved())
                      .thenComparing(f -> f.promise().shipBy()))
              .orElseThrow());
    }
  }

  private static List<KitFate> split(KitFate fate) {
    List<KitFate> units = new ArrayList<>();
    for (long i = 0; i < fate.quantity(); i++) {
      units.add(new KitFate(1, fate.reserved(), fate.promise(), fate.supplyId()));
    }
    return units;
  }

  private static List<KitFate> fates(Random random) {
    List<KitFate> fates = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      fates.add(fate(1 + random.nextInt(5), random.nextBoolean(), random.nextInt(4)));
    }
    return fates;
  }

  private static KitFate fate(long quantity, boolean reserved, int days) {
    return new KitFate(
        quantity,
        reserved,
        new Promise(TODAY.plusDays(days), Optional.empty(), 80, Basis.STOCK, Constraint.HANDLING),
        "");
  }
}
