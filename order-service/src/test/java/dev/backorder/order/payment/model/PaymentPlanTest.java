package dev.backorder.order.payment.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.order.payment.model.PaymentAction.Kind;
import dev.backorder.order.payment.model.PaymentSituation.Authorisation;
import dev.backorder.order.payment.model.PaymentSituation.OpenValue;
import dev.backorder.order.payment.model.PaymentTerms.Policy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is due, and when, as docs/payment-states.md says. */
class PaymentPlanTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Test
  void K01_a_backorder_in_21_days_rests_on_a_saved_method_and_a_late_authorisation() {
    List<PaymentAction> plan =
        PaymentPlan.of(terms(Policy.AUTHORISE_THEN_CAPTURE), order().open(21, 10_000).now());
    assertThat(plan)
        .containsExactly(action(Kind.SAVE_METHOD, 0, 0), action(Kind.AUTHORISE, 10_000, 21 - 3));
  }

  @Test
  void K01_what_leaves_within_the_seven_days_of_an_authorisation_is_authorised_at_once() {
    PaymentTerms terms = terms(Policy.AUTHORISE_THEN_CAPTURE);
    assertThat(PaymentPlan.of(terms, order().open(6, 10_000).now()))
        .containsExactly(action(Kind.AUTHORISE, 10_000, 0));
    assertThat(PaymentPlan.of(terms, order().open(7, 10_000).now()))
        .contains(action(Kind.AUTHORISE, 10_000, 4));
    assertThat(PaymentPlan.of(terms, order().open(1, 4_000).open(21, 6_000).now()))
        .containsExactly(
            action(Kind.AUTHORISE, 4_000, 0),
            action(Kind.SAVE_METHOD, 0, 0),
            action(Kind.AUTHORISE, 6_000, 18));
  }

  @Test
  void K03_of_a_hundred_of_which_sixty_left_only_sixty_is_captured() {
    List<PaymentAction> plan =
        PaymentPlan.of(
            terms(Policy.AUTHORISE_THEN_CAPTURE),
            order().earned(60).open(14, 40).authorised(100, 3).saved().now());
    assertThat(plan).containsExactly(action(Kind.CAPTURE, 60, 0), action(Kind.REAUTHORISE, 40, 11));
  }

  @Test
  void an_authorisation_that_lasts_is_not_made_again() {
    assertThat(
            PaymentPlan.of(
                terms(Policy.AUTHORISE_THEN_CAPTURE),
                order().open(5, 100).authorised(100, 6).now()))
        .isEmpty();
    assertThat(
            PaymentPlan.of(
                terms(Policy.AUTHORISE_THEN_CAPTURE),
                order().open(5, 100).authorised(100, 5).now()))
        .as("it ends as the day begins on which the goods leave")
        .containsExactly(action(Kind.REAUTHORISE, 100, 0));
  }

  @Test
  void nothing_is_captured_of_an_authorisation_that_has_lapsed() {
    assertThat(
            PaymentPlan.of(
                terms(Policy.AUTHORISE_THEN_CAPTURE), order().earned(60).authorised(60, 0).now()))
        .containsExactly(action(Kind.AUTHORISE, 60, 0));
    assertThat(
            PaymentPlan.of(
                terms(Policy.CHARGE_ON_SHIPMENT), order().earned(60).authorised(60, 0).now()))
        .containsExactly(action(Kind.CHARGE, 60, 0));
  }

  @Test
  void the_plan_moves_with_the_promise() {
    PaymentTerms terms = terms(Policy.CHARGE_ON_SHIPMENT);
    assertThat(PaymentPlan.of(terms, order().open(21, 100).saved().now()))
        .containsExactly(action(Kind.AUTHORISE, 100, 18));
    assertThat(PaymentPlan.of(terms, order().open(35, 100).saved().now()))
        .containsExactly(action(Kind.AUTHORISE, 100, 32));
    assertThat(PaymentPlan.of(terms, order().open(-2, 100).saved().now()))
        .containsExactly(action(Kind.AUTHORISE, 100, 0));
  }

  @Test
  void what_is_charged_at_once_and_cancelled_later_is_refunded() {
    PaymentTerms terms = terms(Policy.CHARGE_NOW);
    assertThat(PaymentPlan.of(terms, order().open(21, 100).now()))
        .containsExactly(action(Kind.CHARGE, 100, 0));
    assertThat(PaymentPlan.of(terms, order().open(21, 100).captured(100).now())).isEmpty();
    assertThat(PaymentPlan.of(terms, order().open(21, 70).captured(100).now()))
        .containsExactly(action(Kind.REFUND, 30, 0));
    assertThat(PaymentPlan.of(terms, order().open(21, 70).captured(100).refunded(30).now()))
        .isEmpty();
  }

  @Test
  void a_deposit_is_taken_at_once_and_the_balance_by_what_leaves() {
    PaymentTerms terms = new PaymentTerms(Policy.DEPOSIT_BALANCE, 30, 7, 3);
    assertThat(PaymentPlan.of(terms, order().open(21, 101).saved().now()))
        .containsExactly(action(Kind.CHARGE, 30, 0));
    assertThat(PaymentPlan.of(terms, order().earned(60).open(21, 41).captured(30).saved().now()))
        .containsExactly(action(Kind.CHARGE, 30, 0));
    assertThat(PaymentPlan.of(terms, order().earned(101).captured(60).saved().now()))
        .containsExactly(action(Kind.CHARGE, 41, 0));
  }

  @Test
  void a_card_is_good_through_the_last_day_of_its_month() {
    PaymentTerms terms = terms(Policy.CHARGE_ON_SHIPMENT);
    Order leap = order().on(LocalDate.of(2028, 2, 1)).saved();
    leap.cardEnds(YearMonth.of(2028, 2));
    assertThat(PaymentPlan.of(terms, leap.open(28, 100).now()))
        .as("29 February")
        .extracting(PaymentAction::kind)
        .containsExactly(Kind.AUTHORISE);
    assertThat(PaymentPlan.of(terms, leap.open(29, 100).now()))
        .as("1 March")
        .contains(new PaymentAction(Kind.REQUEST_NEW_METHOD, 0, LocalDate.of(2028, 2, 1)));
  }

  @Test
  void a_day_of_23_hours_ends_an_hour_earlier() {
    ZoneId zone = ZoneId.of("Europe/Lisbon");
    Order order = order().in(zone).on(LocalDate.of(2026, 3, 27)).open(2, 100);
    Instant end = LocalDate.of(2026, 3, 30).atStartOfDay(zone).toInstant();
    assertThat(end).isEqualTo("2026-03-29T23:00:00Z");
    assertThat(
            PaymentPlan.of(
                terms(Policy.AUTHORISE_THEN_CAPTURE), order.authorisedUntil(100, end).now()))
        .isEmpty();
    assertThat(
            PaymentPlan.of(
                terms(Policy.AUTHORISE_THEN_CAPTURE),
                order()
                    .in(zone)
                    .on(LocalDate.of(2026, 3, 27))
                    .open(2, 100)
                    .authorisedUntil(100, end.minusSeconds(1))
                    .now()))
        .extracting(PaymentAction::kind)
        .containsExactly(Kind.REAUTHORISE);
  }

  @Test
  void an_order_that_costs_nothing_needs_nothing() {
    for (Policy policy : Policy.values()) {
      assertThat(PaymentPlan.of(new PaymentTerms(policy, 30, 7, 3), order().now())).isEmpty();
    }
  }

  /**
   * Whoever does all that is due today, day after day, has exactly the order's value at its end.
   */
  @Test
  void following_the_plan_takes_what_has_left_and_no_more() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      for (Policy policy : Policy.values()) {
        PaymentTerms terms = new PaymentTerms(policy, 1 + random.nextInt(99), 7, random.nextInt(7));
        Order order = order().saved();
        for (int i = random.nextInt(4); i >= 0; i--) {
          order.open(random.nextInt(40), 1 + random.nextInt(10_000));
        }
        order.liveThrough(terms);
        PaymentSituation end = order.now();
        assertThat(end.heldMinor()).as("round %d, %s", round, policy).isEqualTo(end.earnedMinor());
        assertThat(PaymentPlan.of(terms, end)).isEmpty();
      }
    }
  }

  @Test
  void terms_that_cannot_be_are_refused() {
    assertThatThrownBy(() -> new PaymentTerms(Policy.DEPOSIT_BALANCE, 100, 7, 3))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PaymentTerms(Policy.CHARGE_ON_SHIPMENT, 0, 7, 7))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PaymentTerms terms(Policy policy) {
    return new PaymentTerms(policy, 0, 7, 3);
  }

  private static PaymentAction action(Kind kind, long amount, int days) {
    return new PaymentAction(kind, amount, TODAY.plusDays(days));
  }

  private static Order order() {
    return new Order();
  }

  /** An order and its money, put together word by word. */
  private static final class Order {
    private LocalDate today = TODAY;
    private ZoneId zone = ZoneOffset.UTC;
    private final List<OpenValue> open = new ArrayList<>();
    private final List<Authorisation> authorisations = new ArrayList<>();
    private long earned;
    private long captured;
    private long refunded;
    private boolean saved;
    private Optional<YearMonth> cardEnds = Optional.empty();

    Order on(LocalDate day) {
      today = day;
      return this;
    }

    Order in(ZoneId there) {
      zone = there;
      return this;
    }

    Order open(int days, long value) {
      open.add(new OpenValue(today.plusDays(days), value));
      return this;
    }

    Order earned(long value) {
      earned = value;
      return this;
    }

    Order captured(long amount) {
      captured = amount;
      return this;
    }

    Order refunded(long amount) {
      refunded = amount;
      return this;
    }

    Order authorised(long amount, int days) {
      return authorisedUntil(amount, today.plusDays(days).atStartOfDay(zone).toInstant());
    }

    Order authorisedUntil(long amount, Instant captureBefore) {
      authorisations.add(new Authorisation(amount, captureBefore));
      return this;
    }

    Order saved() {
      saved = true;
      return this;
    }

    void cardEnds(YearMonth month) {
      cardEnds = Optional.of(month);
    }

    PaymentSituation now() {
      return new PaymentSituation(
          today.atStartOfDay(zone).toInstant(),
          zone,
          earned,
          open,
          captured,
          refunded,
          authorisations,
          saved,
          cardEnds);
    }

    /** Goods leave on their days; each action of a day is done on it, until none is left. */
    void liveThrough(PaymentTerms terms) {
      for (int day = 0; day <= 41; day++) {
        boolean more = true;
        while (more) {
          Optional<PaymentAction> next =
              PaymentPlan.of(terms, now()).stream()
                  .filter(a -> !a.due().isAfter(today))
                  .findFirst();
          next.ifPresent(action -> act(action, terms));
          more = next.isPresent();
        }
        for (OpenValue value : List.copyOf(open)) {
          if (!value.shipBy().isAfter(today)) {
            open.remove(value);
            earned += value.valueMinor();
          }
        }
        today = today.plusDays(day % 2);
      }
      today = today.plusDays(60);
      for (OpenValue value : List.copyOf(open)) {
        open.remove(value);
        earned += value.valueMinor();
      }
      List<PaymentAction> plan = PaymentPlan.of(terms, now());
      while (!plan.isEmpty()) {
        act(plan.get(0), terms);
        plan = PaymentPlan.of(terms, now());
      }
    }

    private void act(PaymentAction action, PaymentTerms terms) {
      switch (action.kind()) {
        case SAVE_METHOD, REQUEST_NEW_METHOD -> saved = true;
        case AUTHORISE, REAUTHORISE -> authorised(action.amountMinor(), terms.authorisationDays());
        case CHARGE -> captured += action.amountMinor();
        case REFUND -> refunded += action.amountMinor();
        case CAPTURE -> capture(action.amountMinor());
      }
    }

    private void capture(long amount) {
      captured += amount;
      long rest = amount;
      List<Authorisation> live = now().live();
      for (Authorisation authorisation : live) {
        long part = Math.min(rest, authorisation.leftMinor());
        authorisations.remove(authorisation);
        authorisations.add(
            new Authorisation(authorisation.leftMinor() - part, authorisation.captureBefore()));
        rest -= part;
      }
      assertThat(rest).isZero();
    }
  }
}
