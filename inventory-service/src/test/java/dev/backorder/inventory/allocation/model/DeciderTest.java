package dev.backorder.inventory.allocation.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Shortage.Reason;
import dev.backorder.inventory.item.model.BackorderLimit;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.ReplenishmentPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.item.model.SalesPolicy;
import dev.backorder.inventory.keeping.model.RingFences;
import dev.backorder.inventory.keeping.model.Segment;
import dev.backorder.inventory.location.model.LocationView;
import dev.backorder.inventory.location.model.WorkingCalendar;
import dev.backorder.inventory.promise.model.Basis;
import dev.backorder.inventory.promise.model.Promising;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DeciderTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);
  private static final Buyer ANYBODY = new Buyer("", "", 0, "", Optional.empty());
  private static final String TEA = "tea";

  @Test
  void ships_what_is_on_hand_and_backorders_the_rest() {
    Decision decision = decide(backorder(5), book(shelf("leeds", 10)), 20);
    assertThat(fates(decision)).containsExactly("10 reserved leeds", "10 waiting leeds");
    assertThat(decision.isComplete()).isTrue();
  }

  @Test
  void C07_without_backorders_the_rest_is_refused_and_not_lost() {
    Decision decision = decide(inStockOnly(), book(shelf("leeds", 10)), 20);
    assertThat(fates(decision)).containsExactly("10 reserved leeds");
    assertThat(decision.shortages()).containsExactly(new Shortage(0, 10, Reason.OUT_OF_STOCK));
    assertThat(fates(decide(inStockOnly(), book(shelf("leeds", 0)), 20))).isEmpty();
  }

  @Test
  void B03_the_location_that_ranks_first_is_asked_first() {
    Decision decision = decide(inStockOnly(), book(shelf("second-best", 3), shelf("leeds", 4)), 5);
    assertThat(fates(decision)).containsExactly("3 reserved second-best", "2 reserved leeds");
  }

  @Test
  void A09_protected_units_are_not_sold() {
    ItemPolicy protectedFive = policy(SalesMode.IN_STOCK_ONLY, BackorderLimit.NONE, 0, 0, 50);
    assertThat(decide(protectedFive, book(shelf("eu-1", 55), shelf("eu-2", 30)), 35).isComplete())
        .isTrue();
    assertThat(decide(protectedFive, book(shelf("eu-1", 55), shelf("eu-2", 30)), 36).isComplete())
        .isFalse();
    assertThat(decide(protectedFive, book(shelf("eu-1", 50)), 1).isComplete()).isFalse();
  }

  @Test
  void A11_backorders_stop_at_a_fixed_limit() {
    ItemPolicy limited = limited(45);
    assertThat(decide(limited, book(shelf("leeds", 85)), 130).isComplete()).isTrue();
    Decision over = decide(limited, book(shelf("leeds", 85)), 131);
    assertThat(over.shortages()).containsExactly(new Shortage(0, 1, Reason.BACKORDER_LIMIT));
  }

  @Test
  void A13_units_may_be_protected_while_backorders_have_no_limit() {
    ItemPolicy policy = policy(SalesMode.BACKORDER, BackorderLimit.NONE, 5, 0, 10);
    assertThat(fates(decide(policy, book(shelf("leeds", 10)), 100)))
        .containsExactly("100 waiting leeds");
  }

  @Test
  void A23_a_limit_that_was_tightened_below_the_debt_leaves_nothing_to_order() {
    ItemBook debt = new ItemBook(List.of(shelf("leeds", 0)), 20, Map.of(), 0, RingFences.none(), 1);
    assertThat(debt.headroom(limited(10), Segment.ORDINARY)).isZero();
    assertThat(decide(limited(10), debt, 1).isComplete()).isFalse();
  }

  @Test
  void only_what_is_really_coming_may_be_backordered_less_a_reserve() {
    BackorderLimit inbound = new BackorderLimit(BackorderLimit.Kind.INBOUND, 0, 20);
    ItemPolicy policy = policy(SalesMode.BACKORDER, inbound, 5, 0, 0);
    Shelf shelf = shelf("leeds", 0, new Coming("s1", TODAY.plusDays(3), true, 100));
    ItemBook book = new ItemBook(List.of(shelf), 30, Map.of(), 100, RingFences.none(), 1);
    assertThat(book.headroom(policy, Segment.ORDINARY)).isEqualTo(50);
    assertThat(decide(policy, book, 51).shortages())
        .containsExactly(new Shortage(0, 1, Reason.BACKORDER_LIMIT));
  }

  @Test
  void waiting_units_get_the_earliest_supply_that_nobody_is_pegged_to() {
    Shelf shelf =
        shelf(
            "leeds",
            0,
            new Coming("late", TODAY.plusDays(20), true, 10),
            new Coming("early", TODAY.plusDays(3), true, 4));
    Decision decision = decide(backorder(30), book(shelf), 20);
    assertThat(decision.grants().stream().map(Grant::supplyId))
        .containsExactly("early", "late", "");
    assertThat(decision.grants().stream().map(Grant::quantity)).containsExactly(4L, 10L, 6L);
    assertThat(decision.grants().stream().map(g -> g.promise().shipBy()))
        .containsExactly(TODAY.plusDays(3), TODAY.plusDays(20), TODAY.plusDays(30));
    assertThat(decision.grants().get(2).promise().basis()).isEqualTo(Basis.PURCHASE);
  }

  @Test
  void supply_to_the_location_where_it_comes_first_wins() {
    Shelf leeds = shelf("leeds", 0, new Coming("a", TODAY.plusDays(9), true, 10));
    Shelf york = shelf("york", 0, new Coming("b", TODAY.plusDays(2), true, 10));
    assertThat(fates(decide(backorder(30), book(leeds, york), 15)))
        .containsExactly("10 waiting york", "5 waiting leeds");
  }

  @Test
  void a_wait_longer_than_the_longest_is_out_of_stock() {
    ItemPolicy patient = policy(SalesMode.BACKORDER, BackorderLimit.NONE, 30, 10, 0);
    Shelf shelf = shelf("leeds", 0, new Coming("s1", TODAY.plusDays(10), true, 4));
    Decision decision = decide(patient, book(shelf), 6);
    assertThat(fates(decision)).containsExactly("4 waiting leeds");
    assertThat(decision.shortages()).containsExactly(new Shortage(0, 2, Reason.WAIT_TOO_LONG));
  }

  @Test
  void F03_without_supply_and_lead_time_no_replenishment_is_the_reason() {
    Decision decision = decide(backorder(0), book(shelf("leeds", 10)), 100);
    assertThat(fates(decision)).containsExactly("10 reserved leeds");
    assertThat(decision.shortages()).containsExactly(new Shortage(0, 90, Reason.NO_REPLENISHMENT));
  }

  @Test
  void unknown_items_and_places_without_location_have_their_own_reasons() {
    Decider decider =
        new Decider(Map.of(TEA, new ItemBook(List.of(), 0, Map.of(), 0, RingFences.none(), 0)));
    List<Demand> lines = List.of(new Demand("ghost", 1), new Demand(TEA, 1));
    Decision decision =
        decider.decide(ask(lines, Map.of(TEA, backorder(5))), ShortageRule.REFUSE_ORDER);
    assertThat(decision.shortages())
        .containsExactly(
            new Shortage(0, 1, Reason.UNKNOWN_ITEM), new Shortage(1, 1, Reason.NO_LOCATION));
  }

  @Test
  void J05_two_lines_of_one_item_are_summed() {
    ItemBook book = book(shelf("leeds", 30));
    Decider decider = new Decider(Map.of(TEA, book));
    List<Demand> lines = List.of(new Demand(TEA, 10), new Demand(TEA, 5));
    decider.decide(ask(lines, Map.of(TEA, inStockOnly())), ShortageRule.REFUSE_ORDER);
    assertThat(book.available(0, Segment.ORDINARY)).containsExactly(15);
  }

  @Test
  void B09_two_lines_that_exceed_the_stock_together_are_refused_together() {
    ItemBook book = book(shelf("leeds", 20));
    Decider decider = new Decider(Map.of(TEA, book));
    List<Demand> lines = List.of(new Demand(TEA, 9), new Demand(TEA, 20));
    Decision refused =
        decider.decide(ask(lines, Map.of(TEA, inStockOnly())), ShortageRule.REFUSE_ORDER);
    assertThat(refused.shortages()).containsExactly(new Shortage(1, 9, Reason.OUT_OF_STOCK));
    assertThat(book.available(0, Segment.ORDINARY))
        .as("nothing is taken by a refused order")
        .containsExactly(20);
    Decision taken = decider.decide(ask(lines, Map.of(TEA, limited(9))), ShortageRule.REFUSE_ORDER);
    assertThat(taken.isComplete()).isTrue();
    assertThat(fates(taken))
        .containsExactly("9 reserved leeds", "11 reserved leeds", "9 waiting leeds");
  }

  @Test
  void a_refused_order_leaves_supply_and_limit_for_the_next() {
    Shelf shelf = shelf("leeds", 2, new Coming("s1", TODAY.plusDays(3), true, 5));
    Decider decider = new Decider(Map.of(TEA, book(shelf)));
    Map<String, ItemPolicy> policies = Map.of(TEA, limited(5));
    assertThat(
            decider
                .decide(ask(List.of(new Demand(TEA, 8)), policies), ShortageRule.REFUSE_ORDER)
                .isComplete())
        .isFalse();
    Decision next =
        decider.decide(ask(List.of(new Demand(TEA, 7)), policies), ShortageRule.REFUSE_ORDER);
    assertThat(fates(next)).containsExactly("2 reserved leeds", "5 waiting leeds");
    assertThat(next.grants().get(1).supplyId()).isEqualTo("s1");
  }

  @Test
  void a_quote_takes_nothing() {
    ItemBook book = book(shelf("leeds", 10));
    Decider decider = new Decider(Map.of(TEA, book));
    Map<String, ItemPolicy> policies = Map.of(TEA, backorder(5));
    Decision first = decider.quote(ask(List.of(new Demand(TEA, 8)), policies));
    assertThat(decider.quote(ask(List.of(new Demand(TEA, 8)), policies))).isEqualTo(first);
  }

  @Test
  void what_a_cart_holds_is_its_own_until_an_order_is_made_of_it() {
    // Six on the shelf, of which the cart holds four; three wait in a queue of their own.
    Shelf shelf = new Shelf(at("leeds"), 2, 3, List.of());
    ItemBook book = book(shelf);
    Decider decider = new Decider(Map.of(TEA, book));
    OwnHold own = new OwnHold(Segment.ORDINARY, List.of(new OwnHold.Units(TEA, "leeds", 4, 0)));
    Map<String, ItemPolicy> policies = Map.of(TEA, inStockOnly());
    List<Demand> five = List.of(new Demand(TEA, 5));
    assertThat(decider.orderable(ask(five, policies, own), inStockOnly())).contains(4L);
    assertThat(decider.decide(ask(five, policies, own), ShortageRule.REFUSE_ORDER).isComplete())
        .isFalse();
    assertThat(book.available(0, Segment.ORDINARY)).as("as before").containsExactly(0);
    List<Demand> two = List.of(new Demand(TEA, 1), new Demand(TEA, 1));
    assertThat(decider.decide(ask(two, policies, own), ShortageRule.REFUSE_ORDER).isComplete())
        .isTrue();
    assertThat(book.available(0, Segment.ORDINARY))
        .as("two left over, and three wait for four")
        .containsExactly(1);
  }

  @Test
  void places_that_a_cart_holds_count_for_all_but_itself() {
    ItemBook book = new ItemBook(List.of(shelf("leeds", 0)), 10, Map.of(), 0, RingFences.none(), 1);
    Decider decider = new Decider(Map.of(TEA, book));
    OwnHold own = new OwnHold(Segment.ORDINARY, List.of(new OwnHold.Units(TEA, "leeds", 0, 4)));
    Map<String, ItemPolicy> policies = Map.of(TEA, limited(12));
    List<Demand> six = List.of(new Demand(TEA, 6));
    assertThat(decider.quote(ask(six, policies)).refusedTo(0)).isEqualTo(4);
    assertThat(decider.quote(ask(six, policies, own)).isComplete()).isTrue();
    decider.decide(ask(List.of(new Demand(TEA, 1)), policies, own), ShortageRule.REFUSE_ORDER);
    assertThat(book.headroom(limited(12), Segment.ORDINARY)).isEqualTo(5);
  }

  @Test
  void protected_units_for_which_others_wait_are_not_protected_twice() {
    Shelf first = shelf("leeds", 5);
    Shelf last = new Shelf(at("york"), 2, 2, List.of());
    assertThat(book(first, last).available(2, Segment.ORDINARY)).containsExactly(5, 0);
  }

  @Test
  void nobody_jumps_the_queue_of_a_location() {
    Shelf shelf = new Shelf(at("leeds"), 10, 7, List.of());
    assertThat(book(shelf).available(0, Segment.ORDINARY)).containsExactly(3);
  }

  @Test
  void E01_a_preorder_stops_at_its_cap_and_leaves_on_its_release() {
    LocalDate release = TODAY.plusDays(40);
    ItemPolicy preorder =
        new ItemPolicy(
            TEA,
            new SalesPolicy(
                SalesMode.PREORDER,
                new BackorderLimit(BackorderLimit.Kind.FIXED, 100, 0),
                Optional.of(release),
                Optional.empty(),
                0,
                10),
            new BackorderLimit(BackorderLimit.Kind.FIXED, 100, 0),
            0,
            0,
            List.of(),
            ReplenishmentPolicy.NONE,
            List.of());
    Decision decision = decide(preorder, book(shelf("leeds", 0)), 50);
    assertThat(decision.grants().get(0).promise().shipBy()).isEqualTo(release);
    assertThat(decision.grants().get(0).promise().basis()).isEqualTo(Basis.RELEASE);
    assertThat(decide(preorder, book(shelf("leeds", 0)), 101).isComplete()).isFalse();
  }

  @Test
  void orderable_is_what_is_available_and_what_may_still_wait() {
    Decider decider = new Decider(Map.of(TEA, book(shelf("leeds", 10))));
    assertThat(decider.orderable(ask(List.of(), Map.of()), limited(5))).contains(15L);
    assertThat(decider.orderable(ask(List.of(), Map.of()), backorder(5))).isEmpty();
    assertThat(decider.orderable(ask(List.of(), Map.of()), backorder(0))).contains(10L);
    assertThat(decider.orderable(ask(List.of(), Map.of()), inStockOnly())).contains(10L);
  }

  private static Decision decide(ItemPolicy policy, ItemBook book, long quantity) {
    return new Decider(Map.of(TEA, book))
        .decide(
            ask(List.of(new Demand(TEA, quantity)), Map.of(TEA, policy)),
            ShortageRule.REFUSE_UNITS);
  }

  private static Question ask(List<Demand> lines, Map<String, ItemPolicy> policies) {
    return ask(lines, policies, OwnHold.NONE);
  }

  private static Question ask(List<Demand> lines, Map<String, ItemPolicy> policies, OwnHold hold) {
    return new Question(lines, ANYBODY, policies, hold);
  }

  private static List<String> fates(Decision decision) {
    return decision.grants().stream()
        .map(g -> g.quantity() + (g.reserved() ? " reserved " : " waiting ") + g.location())
        .collect(Collectors.toList());
  }

  private static ItemBook book(Shelf... shelves) {
    return new ItemBook(Arrays.asList(shelves), 0, Map.of(), 0, RingFences.none(), 1);
  }

  private static Shelf shelf(String location, long free, Coming... coming) {
    return new Shelf(at(location), free, 0, List.of(coming));
  }

  private static Promising at(String location) {
    return new Promising(
        new LocationView(
            location,
            true,
            ZoneId.of("Europe/London"),
            0,
            0,
            0,
            Map.of(),
            WorkingCalendar.EVERY_DAY),
        TODAY,
        80);
  }

  private static ItemPolicy inStockOnly() {
    return policy(SalesMode.IN_STOCK_ONLY, BackorderLimit.NONE, 5, 0, 0);
  }

  private static ItemPolicy backorder(int leadTimeDays) {
    return policy(SalesMode.BACKORDER, BackorderLimit.NONE, leadTimeDays, 0, 0);
  }

  private static ItemPolicy limited(long most) {
    return policy(
        SalesMode.BACKORDER, new BackorderLimit(BackorderLimit.Kind.FIXED, most, 0), 5, 0, 0);
  }

  private static ItemPolicy policy(
      SalesMode mode, BackorderLimit limit, int leadTime, int maxWait, long protectedQuantity) {
    return new ItemPolicy(
        TEA,
        new SalesPolicy(mode, limit, Optional.empty(), Optional.empty(), leadTime, maxWait),
        limit,
        0,
        protectedQuantity,
        List.of(),
        ReplenishmentPolicy.NONE,
        List.of());
  }
}
