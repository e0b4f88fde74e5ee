package dev.backorder.inventory.hold;

import dev.backorder.inventory.allocation.SalesContexts;
import dev.backorder.inventory.allocation.model.Decider.Question;
import dev.backorder.inventory.allocation.model.Decider.ShortageRule;
import dev.backorder.inventory.allocation.model.Demand;
import dev.backorder.inventory.allocation.model.OwnHold;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call to hold something for a cart on its way through the lane, with all that is known only on
 * the caller's thread.
 */
record HoldCall(PlaceHoldRequest request, RequestDraft draft) {
  private static final Duration USUAL = Duration.ofMinutes(15);

  /** Checks what the contract cannot say. */
  static HoldCall of(PlaceHoldRequest request, RequestLog requests) {
    FieldProblems problems = new FieldProblems();
    Set<String> skus = new HashSet<>();
    for (int i = 0; i < request.getLinesCount(); i++) {
      problems.check(
          skus.add(request.getLines(i).getSku()),
          "lines[%d].sku".formatted(i),
          "must not be named twice");
    }
    problems.throwIfAny();
    return new HoldCall(request, requests.draft(request.getRequestId(), request));
  }

  String cartId() {
    return request.getCartId();
  }

  String channel() {
    return request.getSalesContext().getChannel();
  }

  List<Demand> demands() {
    return request.getLinesList().stream()
        .map(line -> new Demand(line.getSku(), line.getQuantity()))
        .toList();
  }

  Question question(Map<String, ItemPolicy> policies, OwnHold hold) {
    return new Question(demands(), SalesContexts.buyer(request.getSalesContext()), policies, hold);
  }

  ShortageRule shortageRule() {
    return SalesContexts.shortageRule(request.getShortageRule());
  }

  Duration timeToLive() {
    var given = request.getTimeToLive();
    return request.hasTimeToLive()
        ? Duration.ofSeconds(given.getSeconds(), given.getNanos())
        : USUAL;
  }
}
