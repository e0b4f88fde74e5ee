package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShipAllocationResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.lane.Lane;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The one lane of this process through which shipments leave: orders share their items, so one
 * transaction each would only wait for the others.
 */
@ApplicationScoped
class DepartureLane {
  private static final int MOST_LINES = 10_000;

  private final Departures departures;
  private final RequestLog requests;
  private final Transactions transactions;
  private final Lane<ShipCall, Verdict<ShipAllocationResponse>> lane;

  DepartureLane(
      Departures departures,
      RequestLog requests,
      Transactions transactions,
      AllocationConfig config) {
    this.departures = departures;
    this.requests = requests;
    this.transactions = transactions;
    this.lane =
        new Lane<>(
            "departure",
            config.laneCapacityLines(),
            config.linesPerBatch(),
            call -> call.request().getLinesCount(),
            this::ship);
  }

  ShipAllocationResponse ship(ShipAllocationRequest request) {
    return lane.call(ShipCall.of(request, requests)).get();
  }

  /**
   * Lets units of many orders leave in this sequence, each with a verdict of its own.
   *
   * @throws DomainException INVALID with every bad field of every departure, before any is recorded
   */
  List<Verdict<ShipAllocationResponse>> shipAll(List<ShipAllocationRequest> departures) {
    return Verdict.flat(lane.callAll(parse(departures)));
  }

  private List<ShipCall> parse(List<ShipAllocationRequest> departures) {
    FieldProblems problems = new FieldProblems();
    long lines = departures.stream().mapToLong(ShipAllocationRequest::getLinesCount).sum();
    problems.check(
        lines <= MOST_LINES,
        "departures",
        "must have at most %d lines together".formatted(MOST_LINES));
    List<ShipCall> calls = new ArrayList<>();
    Set<RequestKey> keys = new HashSet<>();
    for (int i = 0; i < departures.size(); i++) {
      String field = "departures[%d].".formatted(i);
      try {
        ShipCall call = ShipCall.of(departures.get(i), requests);
        problems.check(
            keys.add(call.draft().key()), field + "request_id", "must be there only once");
        calls.add(call);
      } catch (DomainException e) {
        e.problems().forEach(bad -> problems.add(field + bad.field(), bad.description()));
      }
    }
    problems.throwIfAny();
    return calls;
  }

  /** Two shipments of one order are decided one after the other. */
  private List<Verdict<ShipAllocationResponse>> ship(List<ShipCall> batch) {
    List<Verdict<ShipAllocationResponse>> verdicts = new ArrayList<>();
    int from = 0;
    while (from < batch.size()) {
      Set<String> orderIds = new HashSet<>();
      int to = from;
      while (to < batch.size() && orderIds.add(batch.get(to).orderId())) {
        to++;
      }
      List<ShipCall> round = batch.subList(from, to);
      verdicts.addAll(transactions.retrying(() -> departures.ship(round)));
      from = to;
    }
    return verdicts;
  }

  @PreDestroy
  void close() {
    lane.close();
  }
}
