package dev.backorder.order.promise.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.platform.testing.SeededRandom;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class LineLedgerTest {
  private static final LocalDate DAY_ZERO = LocalDate.of(2026, 3, 1);

  private final Ledger ledger = new Ledger();

  @Test
  void a_promise_is_kept_when_its_last_unit_leaves_in_time() {
    ledger.told(5, 3);
    ledger.moved(2, 0, 1, reserved(3, 3));
    assertThat(ledger.outcomes()).containsExactly(Outcome.OPEN);
    ledger.moved(3, 0, 3);
    assertThat(ledger.outcomes()).containsExactly(Outcome.KEPT);
  }

  @Test
  void a_promise_is_broken_by_one_late_unit() {
    ledger.told(5, 3);
    ledger.moved(4, 0, 3, reserved(1, 3));
    ledger.moved(1, 0, 4);
    assertThat(ledger.outcomes()).containsExactly(Outcome.BROKEN);
  }

  @Test
  void a_promise_whose_units_are_all_cancelled_is_released() {
    ledger.told(5, 3);
    ledger.moved(0, 5, 1);
    assertThat(ledger.outcomes()).containsExactly(Outcome.RELEASED);
  }

  @Test
  void a_promise_of_which_some_left_and_the_rest_was_cancelled_is_kept() {
    ledger.told(5, 3);
    ledger.moved(2, 0, 1, waiting(3, 3));
    ledger.moved(0, 3, 2);
    assertThat(ledger.outcomes()).containsExactly(Outcome.KEPT);
  }

  @Test
  void cancelling_after_the_day_does_not_undo_a_broken_promise() {
    ledger.told(5, 3);
    ledger.moved(0, 5, 4);
    assertThat(ledger.outcomes()).containsExactly(Outcome.BROKEN);
  }

  @Test
  void the_same_day_is_not_told_again() {
    ledger.told(5, 3);
    assertThat(ledger.moved(0, 0, 1, reserved(2, 3), waiting(3, 3))).isEmpty();
  }

  @Test
  void a_slip_is_told_and_both_promises_are_judged() {
    ledger.told(5, 3);
    List<Retelling> told = ledger.moved(0, 0, 1, waiting(5, 6));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).cause()).isEqualTo(Retelling.Cause.LATER);
    assertThat(told.get(0).quantity()).isEqualTo(5);
    ledger.moved(5, 0, 5);
    assertThat(ledger.outcomes()).containsExactly(Outcome.BROKEN, Outcome.KEPT);
  }

  @Test
  void units_that_leave_before_the_first_day_after_all_keep_both_promises() {
    ledger.told(5, 3);
    ledger.moved(0, 0, 1, waiting(5, 6));
    ledger.moved(5, 0, 2);
    assertThat(ledger.outcomes()).containsExactly(Outcome.KEPT, Outcome.KEPT);
  }

  @Test
  void a_part_that_leaves_earlier_is_told_so() {
    ledger.told(10, 5);
    List<Retelling> told = ledger.moved(0, 0, 1, reserved(4, 2), waiting(6, 5));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).cause()).isEqualTo(Retelling.Cause.EARLIER);
    assertThat(told.get(0).quantity()).isEqualTo(4);
  }

  @Test
  void only_the_units_that_moved_hear_of_it() {
    ledger.told(5, 1);
    ledger.told(5, 2);
    // The supply of day 1 slips to day 3; those of day 2 keep their day.
    List<Retelling> told = ledger.moved(0, 0, 1, waiting(5, 2), waiting(5, 3));
    assertThat(told).hasSize(1);
    assertThat(told.get(0).supersedes()).isEqualTo(ledger.entry(0).promiseId());
    assertThat(told.get(0).terms().shipByDate()).isEqualTo(day(3));
  }

  @Test
  void what_leaves_fulfils_the_promise_whose_day_disappears() {
    ledger.told(5, 1);
    ledger.told(5, 2);
    assertThat(ledger.moved(5, 0, 1, reserved(5, 1))).isEmpty();
    assertThat(ledger.outcomes()).containsExactly(Outcome.OPEN, Outcome.KEPT);
  }

  @Test
  void what_is_cancelled_releases_the_promise_whose_day_disappears() {
    ledger.told(5, 1);
    ledger.told(5, 2);
    assertThat(ledger.moved(0, 5, 1, waiting(5, 2))).isEmpty();
    assertThat(ledger.outcomes()).containsExactly(Outcome.RELEASED, Outcome.OPEN);
  }

  @Test
  void units_that_nobody_promised_are_a_defect() {
    ledger.told(5, 1);
    assertThatIllegalStateException().isThrownBy(() -> ledger.moved(6, 0, 1));
    assertThatIllegalStateException().isThrownBy(() -> ledger.moved(0, 0, 1, waiting(6, 1)));
    assertThatIllegalStateException().isThrownBy(() -> ledger.moved(0, 0, 1, waiting(4, 1)));
  }

  /**
   * Units one by one, each with the list of days that it was told: the slow and obvious reference.
   */
  @Test
  void agrees_with_counting_unit_by_unit() {
    SeededRandom.rounds(
        300,
        random -> {
          Ledger told = new Ledger();
          int parts = random.nextInt(1, 4);
          for (int i = 0; i < parts; i++) {
            told.told(random.nextInt(1, 6), random.nextInt(1, 10));
          }
          int today = 1;
          while (told.open() > 0 && today < 15) {
            randomMove(told, today, random);
            told.assertSound();
            today += random.nextInt(3);
          }
        });
  }

  private static void randomMove(Ledger told, int today, RandomGenerator random) {
    long open = told.open();
    long shipped = random.nextLong(open + 1);
    long released = random.nextLong(open - shipped + 1);
    long left = open - shipped - released;
    List<Portion> portions = new ArrayList<>();
    while (left > 0) {
      long units = random.nextLong(1, left + 1);
      portions.add(waiting(units, today + random.nextInt(8)));
      left -= units;
    }
    told.moved(shipped, released, today, portions.toArray(Portion[]::new));
  }

  private static LocalDate day(int number) {
    return DAY_ZERO.plusDays(number);
  }

  private static Portion reserved(long units, int day) {
    return new Portion(units, "main", Portion.Fate.RESERVED, terms(day));
  }

  private static Portion waiting(long units, int day) {
    return new Portion(units, "main", Portion.Fate.WAITING, terms(day));
  }

  private static PromiseTerms terms(int day) {
    return new PromiseTerms(day(day), Optional.empty(), 80, "STOCK", "HANDLING", "");
  }

  /** A ledger that keeps what {@link LineLedger} works out, as the table does. */
  private static final class Ledger {
    private final Map<UUID, LedgerEntry> entries = new HashMap<>();
    private final List<UUID> order = new ArrayList<>();
    private List<Portion> portions = new ArrayList<>();
    private long shipped;
    private long released;
    private long placed;

    void told(long units, int day) {
      add(units, day(day), Optional.empty());
      portions.add(waiting(units, day));
      placed += units;
    }

    List<Retelling> moved(long units, long cancelled, int today, Portion... after) {
      List<LedgerEntry> unsettled =
          order.stream().map(entries::get).filter(e -> e.unsettled() > 0).toList();
      LineLedger.Settlement settlement =
          LineLedger.settle(unsettled, new LineMove(units, cancelled, day(today), List.of(after)));
      settlement.changed().forEach(e -> entries.put(e.promiseId(), e));
      settlement
          .retellings()
          .forEach(r -> add(r.quantity(), r.terms().shipByDate(), Optional.of(r.supersedes())));
      portions = new ArrayList<>(List.of(after));
      shipped += units;
      released += cancelled;
      return settlement.retellings();
    }

    LedgerEntry entry(int number) {
      return entries.get(order.get(number));
    }

    List<Outcome> outcomes() {
      return order.stream().map(id -> entries.get(id).outcome()).toList();
    }

    long open() {
      return portions.stream().mapToLong(Portion::quantity).sum();
    }

    /**
     * The newest dates are those of the open units, and what left or was cancelled counts once in
     * each chain.
     */
    void assertSound() {
      Map<LocalDate, Long> current = new HashMap<>();
      entries.values().stream()
          .filter(e -> e.current() > 0)
          .forEach(e -> current.merge(e.shipBy(), e.current(), Math::addExact));
      Map<LocalDate, Long> held = new HashMap<>();
      portions.forEach(p -> held.merge(p.terms().shipByDate(), p.quantity(), Math::addExact));
      assertThat(current).isEqualTo(held);
      List<LedgerEntry> first =
          entries.values().stream().filter(e -> e.supersedes().isEmpty()).toList();
      assertThat(first.stream().mapToLong(LedgerEntry::quantity).sum()).isEqualTo(placed);
      assertThat(first.stream().mapToLong(LedgerEntry::shipped).sum()).isEqualTo(shipped);
      assertThat(first.stream().mapToLong(LedgerEntry::released).sum()).isEqualTo(released);
      for (LedgerEntry entry : entries.values()) {
        if (entry.unsettled() == 0) {
          assertThat(entry.outcome()).isNotEqualTo(Outcome.OPEN);
        }
      }
    }

    private void add(long units, LocalDate day, Optional<UUID> supersedes) {
      UUID id = UUID.randomUUID();
      entries.put(
          id,
          new LedgerEntry(id, order.size() + 1, supersedes, day, units, units, 0, 0, Outcome.OPEN));
      order.add(id);
    }
  }
}
