package dev.backorder.order.shiprule.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.PromiseTerms;
import dev.backorder.order.order.model.ShipProgress;
import dev.backorder.order.order.model.ShipRule;
import dev.backorder.order.order.model.ShipTerms;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rules of docs/order-states.md for what leaves together. Today is the first of January. */
class ShipDeciderTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

  @Test
  void D01_without_a_rule_each_unit_leaves_when_it_is_there() {
    Leaving line = decide(ShipRule.AS_AVAILABLE, line(1, "", here(10), due(10, 10))).get(0);
    assertThat(line.progress().isHeld()).isFalse();
    assertThat(days(line)).containsExactly("10 on 2", "10 on 10");
  }

  @Test
  void D03_everything_waits_for_the_last_unit_of_a_complete_order_or_lot() {
    for (ShipRule rule : List.of(ShipRule.COMPLETE, ShipRule.minimum(20))) {
      Leaving line = decide(rule, line(1, "", here(10), due(10, 10))).get(0);
      assertThat(line.progress().isHeld()).isTrue();
      assertThat(days(line)).containsExactly("10 on 10", "10 on 10");
    }
  }

  @Test
  void D07_lines_of_a_group_leave_together_and_others_alone() {
    assertThat(
            decide(
                    ShipRule.AS_AVAILABLE,
                    line(1, "all", due(1, 15)),
                    line(2, "all", due(1, 7)),
                    line(3, "all", due(1, 31)),
                    line(4, "", due(1, 7)))
                .stream()
                .flatMap(line -> days(line).stream()))
        .containsExactly("1 on 31", "1 on 31", "1 on 31", "1 on 7");
  }

  @Test
  void a_lot_may_be_larger_and_the_last_one_smaller() {
    Leaving line =
        decide(ShipRule.minimum(12), line(1, "", here(10), due(5, 8), due(5, 31))).get(0);
    assertThat(line.progress().isHeld()).isTrue();
    assertThat(days(line)).containsExactly("10 on 8", "5 on 8", "5 on 31");
  }

  @Test
  void what_is_left_of_a_line_is_a_lot_however_small() {
    assertThat(decide(ShipRule.minimum(12), line(1, "", here(3))).get(0).progress().isHeld())
        .isFalse();
  }

  @Test
  void units_that_leave_already_make_no_lot() {
    LeavingLine line = line(1, "", here(12), here(3), due(20, 20));
    LeavingLine leaving =
        new LeavingLine(line.lineId(), line.terms(), line.portions(), 0, 12, line.progress());
    Leaving decided = decide(ShipRule.minimum(12), leaving).get(0);
    assertThat(decided.progress().isHeld()).isTrue();
    assertThat(days(decided)).containsExactly("12 on 2", "3 on 20", "20 on 20");
  }

  @Test
  void a_parcel_waits_within_the_window_only() {
    LeavingLine ready = line(1, "", here(1));
    assertThat(decide(ShipRule.consolidated(7), ready, line(2, "", due(1, 8))))
        .allMatch(line -> days(line).equals(List.of("1 on 8")))
        .anyMatch(line -> line.progress().isHeld());
    assertThat(decide(ShipRule.consolidated(6), ready, line(2, "", due(1, 8))))
        .noneMatch(line -> line.progress().isHeld());
    assertThat(decide(ShipRule.consolidated(0), ready, line(2, "", due(1, 2))))
        .noneMatch(line -> line.progress().isHeld());
  }

  @Test
  void what_comes_later_than_the_window_has_windows_of_its_own() {
    List<Leaving> lines =
        decide(
            ShipRule.consolidated(5),
            line(1, "", here(1), due(1, 5), due(1, 12), due(1, 16), due(1, 18)));
    assertThat(days(lines.get(0)))
        .containsExactly("1 on 5", "1 on 5", "1 on 16", "1 on 16", "1 on 18");
  }

  @Test
  void a_line_is_not_held_beyond_the_day_on_which_it_is_too_late() {
    LeavingLine ready = line(1, "", here(1));
    ShipTerms strict = new ShipTerms("", Optional.of(new ShipTerms.Lateness(day(4), 1)));
    LeavingLine limited =
        new LeavingLine(ready.lineId(), strict, ready.portions(), 0, 0, ready.progress());
    assertThat(decide(ShipRule.consolidated(20), limited, line(2, "", due(1, 6))))
        .noneMatch(line -> line.progress().isHeld());
    assertThat(decide(ShipRule.consolidated(20), limited, line(2, "", due(1, 5))).get(0).progress())
        .matches(p -> p.holdUntil().equals(Optional.of(Instant.parse("2026-01-05T00:00:00Z"))));
  }

  @Test
  void when_the_window_is_over_it_leaves_on_the_next_day_and_is_not_called_back() {
    LeavingLine ready = line(1, "", here(1));
    LeavingLine rest = line(2, "", due(1, 8));
    List<Leaving> held = decide(ShipRule.consolidated(7), ready, rest);
    Instant over = held.get(0).progress().holdUntil().orElseThrow();

    List<Leaving> after =
        ShipDecider.decide(
            ShipRule.consolidated(7), List.of(again(ready, held), rest), over, ZoneOffset.UTC);

    assertThat(after.get(0).progress().isHeld()).isFalse();
    assertThat(days(after.get(0))).containsExactly("1 on 9");
    assertThat(
            ShipDecider.decide(
                ShipRule.consolidated(7),
                List.of(again(ready, after), line(2, "", due(1, 10))),
                over.plusSeconds(60),
                ZoneOffset.UTC))
        .noneMatch(line -> line.progress().isHeld());
  }

  @Test
  void nobody_waits_for_units_that_are_being_cancelled() {
    LeavingLine late = line(2, "pair", due(1, 20));
    LeavingLine cancelled =
        new LeavingLine(late.lineId(), late.terms(), late.portions(), 1, 0, late.progress());
    assertThat(decide(ShipRule.AS_AVAILABLE, line(1, "pair", here(1)), cancelled))
        .noneMatch(line -> line.progress().isHeld());
  }

  @Test
  void a_group_may_be_late_only_as_much_as_its_strictest_line() {
    UUID strict = new UUID(0, 1);
    UUID lenient = new UUID(0, 2);
    UUID alone = new UUID(0, 3);
    assertThat(
            ShipDecider.latestDays(
                ShipRule.AS_AVAILABLE,
                java.util.Map.of(
                    strict,
                    new ShipTerms("pair", Optional.of(new ShipTerms.Lateness(day(5), 2))),
                    lenient,
                    new ShipTerms("pair", Optional.empty()),
                    alone,
                    ShipTerms.NONE)))
        .isEqualTo(java.util.Map.of(strict, day(7), lenient, day(7)));
  }

  @Test
  void whatever_the_rule_nothing_is_held_for_ever_nor_told_too_early() {
    SplittableRandom random = new SplittableRandom(11);
    for (int i = 0; i < 3_000; i++) {
      ShipRule rule = rule(random);
      List<LeavingLine> lines = new ArrayList<>();
      for (int n = random.nextInt(1, 5); n > 0; n--) {
        lines.add(randomLine(random, n, rule));
      }
      List<Leaving> decided = ShipDecider.decide(rule, lines, NOW, ZoneOffset.UTC);
      boolean awaited = lines.stream().anyMatch(line -> line.awaited() > 0);
      assertThat(awaited || decided.stream().noneMatch(l -> l.progress().isHeld())).isTrue();
      for (int n = 0; n < lines.size(); n++) {
        assertThat(decided.get(n).portions())
            .hasSameSizeAs(lines.get(n).portions())
            .allMatch(p -> !p.terms().shipByDate().isBefore(p.ownDay()));
      }
      List<LeavingLine> same = lines.stream().map(line -> again(line, decided)).toList();
      assertThat(ShipDecider.decide(rule, same, NOW, ZoneOffset.UTC)).isEqualTo(decided);
    }
  }

  private static ShipRule rule(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> ShipRule.AS_AVAILABLE;
      case 1 -> ShipRule.COMPLETE;
      case 2 -> ShipRule.minimum(random.nextLong(1, 12));
      default -> ShipRule.consolidated(random.nextInt(15));
    };
  }

  private static LeavingLine randomLine(SplittableRandom random, int number, ShipRule rule) {
    List<Portion> portions = new ArrayList<>();
    for (int n = random.nextInt(4); n > 0; n--) {
      portions.add(
          random.nextBoolean()
              ? here(random.nextLong(1, 9))
              : due(random.nextLong(1, 9), random.nextInt(2, 29)));
    }
    String group = rule.kind() == ShipRule.Kind.COMPLETE || random.nextBoolean() ? "" : "group";
    LeavingLine line = line(number, group, portions.toArray(Portion[]::new));
    long open = portions.stream().mapToLong(Portion::quantity).sum();
    return new LeavingLine(
        line.lineId(),
        line.terms(),
        line.portions(),
        random.nextBoolean() ? 0 : random.nextLong(open + 1),
        0,
        ShipProgress.NONE);
  }

  private static List<Leaving> decide(ShipRule rule, LeavingLine... lines) {
    return ShipDecider.decide(rule, List.of(lines), NOW, ZoneOffset.UTC);
  }

  private static LeavingLine again(LeavingLine line, List<Leaving> decided) {
    ShipProgress progress =
        decided.stream()
            .filter(d -> d.lineId().equals(line.lineId()))
            .findFirst()
            .orElseThrow()
            .progress();
    return new LeavingLine(
        line.lineId(), line.terms(), line.portions(), line.releasing(), line.leaving(), progress);
  }

  private static LeavingLine line(int number, String group, Portion... portions) {
    return new LeavingLine(
        new UUID(0, number),
        new ShipTerms(group, Optional.empty()),
        List.of(portions),
        0,
        0,
        ShipProgress.NONE);
  }

  private static Portion here(long units) {
    return portion(units, Portion.Fate.RESERVED, 2);
  }

  private static Portion due(long units, int day) {
    return portion(units, Portion.Fate.WAITING, day);
  }

  private static Portion portion(long units, Portion.Fate fate, int day) {
    return new Portion(
        units,
        "main",
        fate,
        new PromiseTerms(day(day), Optional.empty(), 80, "SUPPLY", "SUPPLY_DATE", "s"));
  }

  private static LocalDate day(int ofJanuary) {
    return LocalDate.of(2026, 1, ofJanuary);
  }

  private static List<String> days(Leaving line) {
    return line.portions().stream()
        .map(p -> "%d on %d".formatted(p.quantity(), p.terms().shipByDate().getDayOfMonth()))
        .toList();
  }
}
