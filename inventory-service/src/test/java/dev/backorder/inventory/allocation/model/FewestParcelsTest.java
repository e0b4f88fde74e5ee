package dev.backorder.inventory.allocation.model;

import static dev.backorder.inventory.allocation.model.SourcingPolicy.FEWEST_PARCELS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.allocation.model.Sourcing.Offer;
import dev.backorder.platform.testing.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FewestParcelsTest {

  @Test
  void one_location_that_has_all_beats_two_of_better_priority() {
    List<Offer> offers = List.of(offer("a", 3, 0), offer("b", 0, 2), offer("c", 9, 9));
    assertThat(FEWEST_PARCELS.choose(Map.of("tea", 3L, "jam", 2L), offers))
        .containsExactly("c", "a", "b");
  }

  @Test
  void of_equally_few_the_better_priority_wins() {
    List<Offer> offers = List.of(offer("a", 1, 0), offer("b", 5, 0), offer("c", 5, 0));
    assertThat(FEWEST_PARCELS.choose(Map.of("tea", 5L), offers)).containsExactly("b", "a", "c");
  }

  @Test
  void what_is_not_there_at_all_is_not_looked_for() {
    List<Offer> offers = List.of(offer("a", 0, 0), offer("b", 2, 0), offer("c", 2, 0));
    assertThat(FEWEST_PARCELS.choose(Map.of("tea", 9L, "jam", 1L), offers))
        .containsExactly("b", "c", "a");
  }

  @Test
  void of_very_many_locations_those_that_give_most_come_first() {
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      offers.add(offer("l" + i, 1 + i % 5, 0));
    }
    // 40 locations have five units each: no set of fewer than 40 gives 200.
    assertThat(FEWEST_PARCELS.choose(Map.of("tea", 200L), offers).subList(0, 40))
        .allSatisfy(location -> assertThat(unitsOf(offers, location)).isEqualTo(5));
  }

  @Test
  void no_smaller_set_would_do() {
    SeededRandom.rounds(300, FewestParcelsTest::compare);
  }

  /** Against all sets, one by one. */
  private static void compare(RandomGenerator random) {
    int count = 1 + random.nextInt(6);
    List<Offer> offers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      offers.add(offer("l" + i, random.nextInt(5), random.nextInt(5)));
    }
    Map<String, Long> wanted = Map.of("tea", 1L + random.nextInt(9), "jam", 1L + random.nextInt(9));
    long most = given(wanted, offers);
    int fewest = count;
    for (int set = 0; set < 1 << count; set++) {
      int chosen = set;
      List<Offer> some =
          offers.stream().filter(o -> (chosen >> offers.indexOf(o) & 1) == 1).toList();
      if (given(wanted, some) == most) {
        fewest = Math.min(fewest, some.size());
      }
    }
    List<String> answer = FEWEST_PARCELS.choose(wanted, offers);
    assertThat(answer).hasSize(count).doesNotHaveDuplicates();
    List<String> first = answer.subList(0, fewest);
    assertThat(given(wanted, offers.stream().filter(o -> first.contains(o.location())).toList()))
        .isEqualTo(most);
  }

  private static long given(Map<String, Long> wanted, List<Offer> offers) {
    Map<String, Long> there = new HashMap<>();
    wanted.keySet().forEach(sku -> offers.forEach(o -> there.merge(sku, o.of(sku), Long::sum)));
    return wanted.entrySet().stream()
        .mapToLong(item -> Math.min(item.getValue(), there.getOrDefault(item.getKey(), 0L)))
        .sum();
  }

  private static long unitsOf(List<Offer> offers, String location) {
    return offers.stream()
        .filter(o -> o.location().equals(location))
        .findAny()
        .orElseThrow()
        .of("tea");
  }

  private static Offer offer(String location, long tea, long jam) {
    return new Offer(location, Map.of("tea", tea, "jam", jam));
  }
}
