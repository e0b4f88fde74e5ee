package dev.backorder.inventory.explanation;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationChanged;
import dev.backorder.inventory.v1.AllocationDecision;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.platform.feed.EventLog;
import dev.backorder.platform.feed.FeedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was decided about orders (AL10), read from the facts of their allocations: each tells the
 * whole state, why it changed and what caused it, and is written in the transaction of the
 * decision. So the record is complete as long as the feed keeps it, and costs nothing to write.
 */
@ApplicationScoped
class Decisions {
  private static final int MOST_FACTS = 200;

  private final EventLog events;

  Decisions(EventLog events) {
    this.events = events;
  }

  /**
   * Decisions about one order.
   *
   * @param complete whether they go back to the first one
   * @param byLine by the caller's id of the line, the oldest first
   */
  record History(boolean complete, Map<String, List<AllocationDecision>> byLine) {
    List<AllocationDecision> of(String lineId) {
      return byLine.getOrDefault(lineId, List.of());
    }
  }

  private record Decided(String lineId, AllocationDecision decision) {}

  History of(String orderId) {
    List<Decided> decided = new ArrayList<>();
    Allocation before = null;
    boolean complete = false;
    for (FeedEvent event : events.ofKey(orderId, MOST_FACTS)) {
      InventoryEvent fact = event.payload(InventoryEvent.parser());
      if (fact.hasAllocationChanged()) {
        AllocationChanged changed = fact.getAllocationChanged();
        if (changed.getAllocation().getVersion() == 1) {
          // Whatever bore this id before was another order.
          complete = true;
          before = null;
          decided.clear();
        }
        decided.addAll(decisions(event, changed, before));
        before = changed.getAllocation();
      }
    }
    return new History(
        complete,
        decided.stream()
            .collect(
                Collectors.groupingBy(
                    Decided::lineId, Collectors.mapping(Decided::decision, Collectors.toList()))));
  }

  /** One for each line that holds something else than before. */
  private static List<Decided> decisions(
      FeedEvent event, AllocationChanged changed, Allocation before) {
    Map<String, AllocationLine> old =
        before == null
            ? Map.of()
            : before.getLinesList().stream()
                .collect(Collectors.toMap(AllocationLine::getLineId, line -> line));
    List<Decided> decided = new ArrayList<>();
    for (AllocationLine line : changed.getAllocation().getLinesList()) {
      AllocationLine was = old.get(line.getLineId());
      if (!line.equals(was)) {
        AllocationDecision.Builder decision =
            AllocationDecision.newBuilder()
                .setDecisionTime(event.envelope().getOccurredTime())
                .setCause(changed.getCause())
                .setAllocationVersion(changed.getAllocation().getVersion())
                .setAfter(line)
                .setCorrelationId(event.correlationId())
                .setSentence(DecisionSentences.of(changed.getCause(), was, line));
        if (was != null) {
          decision.setBefore(was);
        }
        decided.add(new Decided(line.getLineId(), decision.build()));
      }
    }
    return decided;
  }
}
