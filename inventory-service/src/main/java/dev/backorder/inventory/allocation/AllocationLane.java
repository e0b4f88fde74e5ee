package dev.backorder.inventory.allocation;

import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.AllocateOrderResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.lane.Lane;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** The one lane of this process through which all orders pass, in the order in which they come. */
@ApplicationScoped
class AllocationLane {
  private static final int MOST_LINES = 2_000;

  private final RequestLog requests;
  private final Lane<AllocateCall, Verdict<AllocateOrderResponse>> lane;

  AllocationLane(
      Allocations allocations,
      RequestLog requests,
      Transactions transactions,
      AllocationConfig config) {
    this.requests = requests;
    this.lane =
        new Lane<>(
            "allocation",
            config.laneCapacityLines(),
            config.linesPerBatch(),
            call -> call.request().getLinesCount(),
            batch -> answer(allocations, transactions, batch));
  }

  private static List<Verdict<AllocateOrderResponse>> answer(
      Allocations allocations, Transactions transactions, List<AllocateCall> batch) {
    List<Verdict<AllocateOrderResponse>> answers = new ArrayList<>();
    while (answers.size() < batch.size()) {
      List<AllocateCall> rest = batch.subList(answers.size(), batch.size());
      answers.addAll(transactions.retrying(() -> allocations.allocate(rest)));
    }
    return answers;
  }

  AllocateOrderResponse allocate(AllocateOrderRequest request) {
    return lane.call(AllocateCall.of(request, requests)).get();
  }

  /**
   * Allocates orders in this sequence, each with a verdict of its own.
   *
   * @throws DomainException INVALID with every bad field of every order, before any is allocated
   */
  List<Verdict<AllocateOrderResponse>> allocateAll(List<AllocateOrderRequest> orders) {
    return Verdict.flat(lane.callAll(parse(orders)));
  }

  private List<AllocateCall> parse(List<AllocateOrderRequest> orders) {
    FieldProblems problems = new FieldProblems();
    long lines = orders.stream().mapToLong(AllocateOrderRequest::getLinesCount).sum();
    problems.check(
        lines <= MOST_LINES, "orders", "must have at most %d lines together".formatted(MOST_LINES));
    List<AllocateCall> calls = new ArrayList<>();
    for (int i = 0; i < orders.size(); i++) {
      try {
        calls.add(AllocateCall.of(orders.get(i), requests));
      } catch (DomainException e) {
        String order = "orders[%d].".formatted(i);
        e.problems().forEach(bad -> problems.add(order + bad.field(), bad.description()));
      }
    }
    problems.throwIfAny();
    return calls;
  }

  @PreDestroy
  void close() {
    lane.close();
  }
}
