package dev.backorder.order.ship;

import dev.backorder.platform.errors.FieldProblems;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A rule of batches that the contract cannot express: each request and each shipment once. */
final class Once {
  private Once() {}

  static <R> void check(
      String field,
      List<R> requests,
      Function<R, String> requestId,
      Function<R, String> shipmentId) {
    FieldProblems problems = new FieldProblems();
    Set<String> requestIds = new HashSet<>();
    Set<String> shipmentIds = new HashSet<>();
    for (int i = 0; i < requests.size(); i++) {
      String element = "%s[%d].".formatted(field, i);
      problems.check(
          requestIds.add(same(requestId.apply(requests.get(i)))),
          element + "request_id",
          "must be there only once");
      problems.check(
          shipmentIds.add(same(shipmentId.apply(requests.get(i)))),
          element + "shipment_id",
          "must be there only once");
    }
    problems.throwIfAny();
  }

  /** The same id may be written in capitals. */
  private static String same(String id) {
    return id.toLowerCase(Locale.ROOT);
  }
}
