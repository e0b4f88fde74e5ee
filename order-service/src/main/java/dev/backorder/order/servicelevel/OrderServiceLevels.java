package dev.backorder.order.servicelevel;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.Orders;
import dev.backorder.order.v1.GetServiceLevelsRequest;
import dev.backorder.order.v1.GetServiceLevelsResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** How well orders were served: computed from what happened each time, never kept beside it. */
@ApplicationScoped
public class OrderServiceLevels {
  /** Before any order; the database knows no earlier times than some 4,700 years before. */
  private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");

  /** After any order. */
  private static final Instant END = Instant.parse("9999-12-31T23:59:59Z");

  private final ServiceLevelRows rows;
  private final Orders orders;

  OrderServiceLevels(ServiceLevelRows rows, Orders orders) {
    this.rows = rows;
    this.orders = orders;
  }

  /**
   * The figures of a period.
   *
   * @throws DomainException INVALID for a time that is none, or an end before the start
   */
  public GetServiceLevelsResponse get(GetServiceLevelsRequest request) {
    FieldProblems problems = new FieldProblems();
    Instant start =
        request.hasStartTime()
            ? instant(request.getStartTime(), "start_time", problems)
            : BEGINNING;
    Instant end = request.hasEndTime() ? instant(request.getEndTime(), "end_time", problems) : END;
    problems.check(!end.isBefore(start), "end_time", "must not be before start_time");
    problems.throwIfAny();
    return GetServiceLevelsResponse.newBuilder()
        .setAsOfTime(OrderViews.timestamp(orders.now()))
        .setServiceLevels(rows.levels(start, end))
        .build();
  }

  private static Instant instant(Timestamp time, String field, FieldProblems problems) {
    if (!Timestamps.isValid(time)) {
      problems.add(
          field, "must be a time between the years 1 and 9999, with 0 to 999,999,999 nanoseconds");
      return field.equals("start_time") ? BEGINNING : END;
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
