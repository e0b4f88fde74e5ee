package dev.backorder.order.payment.model;

import dev.backorder.order.payment.model.PaymentAction.Kind;
import dev.backorder.order.payment.model.PaymentSituation.Authorisation;
import dev.backorder.order.payment.model.PaymentSituation.OpenValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What has to be done about the money of an order, and when. Computed whole from where the order
 * stands, never patched: when a promise moves, the plan moves. The table is in
 * docs/payment-states.md.
 */
public final class PaymentPlan {
  private static final int PERCENT = 100;

  private final PaymentTerms terms;
  private final PaymentSituation situation;
  private final LocalDate today;
  private final List<PaymentAction> actions = new ArrayList<>();

  private PaymentPlan(PaymentTerms terms, PaymentSituation situation) {
    this.terms = terms;
    this.situation = situation;
    this.today = situation.today();
  }

  /** Everything that is to be done from now on, the earliest first. */
  public static List<PaymentAction> of(PaymentTerms terms, PaymentSituation situation) {
    PaymentPlan plan = new PaymentPlan(terms, situation);
    switch (terms.policy()) {
      case CHARGE_NOW -> plan.chargeUpTo(situation.owedMinor());
      case DEPOSIT_BALANCE -> plan.chargeUpTo(Math.max(plan.deposit(), situation.earnedMinor()));
      case AUTHORISE_THEN_CAPTURE, CHARGE_ON_SHIPMENT -> plan.captureAndAuthorise();
    }
    plan.add(Kind.REFUND, situation.heldMinor() - situation.owedMinor(), plan.today);
    plan.actions.sort(Comparator.comparing(PaymentAction::due));
    return List.copyOf(plan.actions);
  }

  private void add(Kind kind, long amount, LocalDate due) {
    if (amount > 0) {
      actions.add(new PaymentAction(kind, amount, due));
    }
  }

  private void chargeUpTo(long target) {
    add(Kind.CHARGE, target - situation.heldMinor(), today);
    if (situation.heldMinor() < situation.owedMinor()
        && terms.policy() != PaymentTerms.Policy.CHARGE_NOW) {
      keepMethod(situation.open());
    }
  }

  /** Rounded half up. */
  private long deposit() {
    long share = Math.multiplyExact(situation.owedMinor(), terms.depositPercent());
    return Math.addExact(share, PERCENT / 2) / PERCENT;
  }

  /** What has left is captured; what has not is authorised in time. */
  private void captureAndAuthorise() {
    List<long[]> left = new ArrayList<>();
    List<Authorisation> live = situation.live();
    live.forEach(authorisation -> left.add(new long[] {authorisation.leftMinor()}));
    long missing = Math.max(0, situation.earnedMinor() - situation.heldMinor());
    long captured = 0;
    // The one that lapses first is captured first.
    for (long[] units : left) {
      long part = Math.min(units[0], missing - captured);
      units[0] -= part;
      captured += part;
    }
    add(Kind.CAPTURE, captured, today);
    add(
        terms.policy() == PaymentTerms.Policy.CHARGE_ON_SHIPMENT ? Kind.CHARGE : Kind.AUTHORISE,
        missing - captured,
        today);
    authorise(live, left);
  }

  private void authorise(List<Authorisation> live, List<long[]> left) {
    long prepaid = Math.max(0, situation.heldMinor() - situation.earnedMinor());
    TreeMap<LocalDate, Long> due = new TreeMap<>();
    List<OpenValue> later = new ArrayList<>();
    for (OpenValue open : situation.open()) {
      long value = open.valueMinor();
      long paid = Math.min(prepaid, value);
      prepaid -= paid;
      value -= paid;
      for (int i = 0; i < live.size() && value > 0; i++) {
        if (situation.lasts(live.get(i), open.shipBy())) {
          long part = Math.min(left.get(i)[0], value);
          left.get(i)[0] -= part;
          value -= part;
        }
      }
      if (value > 0) {
        LocalDate day = authoriseOn(open.shipBy());
        due.merge(day, value, Math::addExact);
        if (day.isAfter(today)) {
          later.add(open);
        }
      }
    }
    Kind kind = situation.authorisations().isEmpty() ? Kind.AUTHORISE : Kind.REAUTHORISE;
    due.forEach((day, value) -> add(kind, value, day));
    keepMethod(terms.policy() == PaymentTerms.Policy.CHARGE_ON_SHIPMENT ? situation.open() : later);
  }

  /** At once when that lasts until the goods leave, else late. */
  private LocalDate authoriseOn(LocalDate shipBy) {
    boolean atOnce =
        terms.policy() == PaymentTerms.Policy.AUTHORISE_THEN_CAPTURE
            && terms.reaches(shipBy, today);
    return atOnce ? today : terms.lateDay(shipBy, today);
  }

  /** Money that is taken later needs a method that is there then. */
  private void keepMethod(List<OpenValue> later) {
    if (later.isEmpty()) {
      return;
    }
    LocalDate last = later.get(later.size() - 1).shipBy();
    if (!situation.methodSaved()) {
      actions.add(new PaymentAction(Kind.SAVE_METHOD, 0, today));
    } else if (situation
        .cardEnds()
        .filter(month -> month.atEndOfMonth().isBefore(last))
        .isPresent()) {
      actions.add(new PaymentAction(Kind.REQUEST_NEW_METHOD, 0, today));
    }
  }
}
