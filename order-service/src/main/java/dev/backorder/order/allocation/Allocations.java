package dev.backorder.order.allocation;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.AllocationLine;
import dev.backorder.order.order.AddedLines;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.OrderViews;
import dev.backorder.order.order.model.Portion;
import dev.backorder.order.order.model.Quantities;
import dev.backorder.order.promise.Promises;
import dev.backorder.order.promise.model.LineMove;
import dev.backorder.order.shipment.ReservedUnits;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.OrderChangeCause;
import dev.backorder.order.v1.OrderChanged;
import dev.backorder.order.v1.OrderEvent;
import dev.backorder.order.v1.OrderLineQuantity;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseTold;
import dev.backorder.order.v1.PromiseToldCause;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * Applies what inventory-service says an order holds, whether it came as an answer or over the
 * feed. What happened is the difference to what the order knew, so each effect happens once,
 * whichever came first.
 */
@ApplicationScoped
public class Allocations {
  private final Promises promises;
  private final Shipments shipments;
  private final ShipRuling ruling;
  private final AddedLines addedLines;

  Allocations(Promises promises, Shipments shipments, ShipRuling ruling, AddedLines addedLines) {
    this.promises = promises;
    this.shipments = shipments;
    this.ruling = ruling;
    this.addedLines = addedLines;
  }

  /**
   * Applies a newer allocation to a decided order: quantities, promises, offers, and the facts
   * about them. An equal or older one changes nothing.
   *
   * @param occurred when that happened: promises are judged by its day
   * @return true when it was newer
   */
  public boolean apply(OrderChange change, Allocation allocation, Instant occurred) {
    return !applyAll(Map.of(change, List.of(new Held(allocation, occurred)))).isEmpty();
  }

  /**
   * What an order held from some moment on.
   *
   * @param occurred the moment: promises are judged by its day
   */
  public record Held(Allocation allocation, Instant occurred) {}

  /**
   * Applies allocations of different orders, each order's older ones first: as {@link #apply} for
   * each, but the facts and offers of an order are those of all together.
   *
   * @param helds by the opened order
   * @return the orders to which any of them was news
   */
  public Set<OrderChange> applyAll(Map<OrderChange, List<Held>> helds) {
    Map<OrderChange, News> news = new LinkedHashMap<>();
    int rounds = helds.values().stream().mapToInt(List::size).max().orElse(0);
    // One order's later allocation settles what its earlier one has told.
    for (int round = 0; round < rounds; round++) {
      List<Step> steps = new ArrayList<>();
      for (Map.Entry<OrderChange, List<Held>> ofOrder : helds.entrySet()) {
        OrderChange change = ofOrder.getKey();
        if (round < ofOrder.getValue().size()) {
          Held held = ofOrder.getValue().get(round);
          if (held.allocation().getVersion() > change.allocationVersion()) {
            News ofChange = news.computeIfAbsent(change, c -> new News());
            steps.add(new Step(take(change, held, ofChange), ofChange));
          }
        }
      }
      settle(steps);
    }
    news.forEach((change, ofChange) -> ofChange.publishTo(change));
    offer(List.copyOf(news.keySet()));
    return news.keySet();
  }

  /** One allocation of one order on its way. */
  private record Step(Promises.Moves moves, News news) {}

  private Promises.Moves take(OrderChange change, Held newer, News news) {
    Allocation allocation = newer.allocation();
    LocalDate day = promises.dayOf(newer.occurred());
    Map<UUID, OrderLine> before = byId(change);
    takeAdded(change, allocation, news);
    for (AllocationLine held : allocation.getLinesList()) {
      OrderLine old = change.line(UUID.fromString(held.getLineId()));
      OrderLine line = old.with(quantities(old, held), portions(held));
      if (line.equals(old)) {
        continue;
      }
      Quantities was = old.quantities();
      Quantities is = line.quantities();
      long released = grown("cancelled", is.cancelled(), was.cancelled());
      news.filled.add(
          line, Math.max(0, is.reserved() + is.shipped() - was.reserved() - was.shipped()));
      news.cancelled.add(line, released);
      news.returned.add(line, grown("returned", is.returned(), was.returned()));
      change.put(line);
    }
    change.fromAllocation(allocation.getVersion());
    ruling.arrange(change);
    return new Promises.Moves(change, moves(before, change, day), news.telling(change));
  }

  private static Map<UUID, OrderLine> byId(OrderChange change) {
    Map<UUID, OrderLine> lines = new LinkedHashMap<>();
    change.lines().forEach(line -> lines.put(line.lineId(), line));
    return lines;
  }

  /** What happened to units: also to those of lines that leave on another day with others. */
  private static Map<UUID, LineMove> moves(
      Map<UUID, OrderLine> before, OrderChange change, LocalDate day) {
    Map<UUID, LineMove> moves = new LinkedHashMap<>();
    for (OrderLine line : change.lines()) {
      OrderLine old = before.get(line.lineId());
      if (old == null) {
        moves.put(line.lineId(), new LineMove(0, 0, day, line.portions()));
        continue;
      }
      Quantities was = old.quantities();
      Quantities is = line.quantities();
      if (!was.equals(is) || !old.portions().equals(line.portions())) {
        moves.put(
            line.lineId(),
            new LineMove(
                grown("shipped", is.shipped(), was.shipped()),
                grown("cancelled", is.cancelled(), was.cancelled()),
                day,
                line.portions()));
      }
    }
    return moves;
  }

  /**
   * Asks the ship rules of orders again, because time has passed: tells new dates, and offers what
   * may leave now.
   */
  public void reconsider(List<OrderChange> changes) {
    List<Step> steps = new ArrayList<>();
    for (OrderChange change : changes) {
      Map<UUID, OrderLine> before = byId(change);
      ruling.arrange(change);
      News news = new News();
      LocalDate day = promises.dayOf(change.time());
      Promises.Moves moves =
          new Promises.Moves(change, moves(before, change, day), news.telling(change));
      steps.add(new Step(moves, news));
    }
    settle(steps);
    steps.forEach(step -> step.news().publishTo(step.moves().change()));
    offer(changes);
  }

  /** Lets units of an order that is being placed wait for others, as its ship rule says. */
  public void arrange(OrderChange change) {
    ruling.arrange(change);
  }

  private void settle(List<Step> steps) {
    List<Promises.Told> tolds = promises.settle(steps.stream().map(Step::moves).toList());
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).news().told(steps.get(i).moves().change(), tolds.get(i));
    }
  }

  /** Lines that are new to the order: somebody asked to add them, and now they are decided. */
  private void takeAdded(OrderChange change, Allocation allocation, News news) {
    Map<UUID, AllocationLine> unknown = new LinkedHashMap<>();
    for (AllocationLine held : allocation.getLinesList()) {
      UUID lineId = UUID.fromString(held.getLineId());
      if (!change.has(lineId)) {
        unknown.put(lineId, held);
      }
    }
    if (unknown.isEmpty()) {
      return;
    }
    for (OrderLine asked : addedLines.find(change.orderId(), unknown.keySet())) {
      AllocationLine held = unknown.remove(asked.lineId());
      OrderLine line = asked.decide(quantities(asked, held), portions(held));
      change.add(line);
      news.extended.add(line, line.quantities().ordered() - line.quantities().refused());
    }
    if (!unknown.isEmpty()) {
      throw new IllegalStateException(
          "order %s holds lines that nobody asked for: %s"
              .formatted(change.orderId(), unknown.keySet()));
    }
  }

  /** Makes the offers to the warehouse match what the order holds and nobody is cancelling. */
  public void offer(OrderChange change) {
    offer(List.of(change));
  }

  /** The same for different orders. */
  public void offer(List<OrderChange> changes) {
    if (!changes.isEmpty()) {
      changes.forEach(ruling::refresh);
      shipments.offer(
          changes.stream()
              .map(change -> new Shipments.MayLeave(change, mayLeave(change)))
              .toList());
    }
  }

  private static List<ReservedUnits> mayLeave(OrderChange change) {
    List<ReservedUnits> mayLeave = new ArrayList<>();
    for (OrderLine line : change.lines()) {
      if (line.progress().isHeld()) {
        continue;
      }
      // Waiting units are cancelled first; only what is beyond them is taken from reserved ones,
      // the latest portion first.
      long reserved =
          line.quantities().reserved()
              - Math.max(0, line.releasing() - line.quantities().waiting());
      for (Portion portion : line.portions()) {
        long units = Math.min(reserved, portion.isReserved() ? portion.quantity() : 0);
        if (units > 0) {
          mayLeave.add(new ReservedUnits(portion.location(), line.lineId(), line.sku(), units));
          reserved -= units;
        }
      }
    }
    return mayLeave;
  }

  /** What an allocated line holds, in the order's words. Delivery is the order's own business. */
  public static Quantities quantities(OrderLine line, AllocationLine held) {
    return new Quantities(
        line.quantities().ordered(),
        held.getReservedQuantity(),
        held.getWaitingQuantity(),
        held.getShippedQuantity(),
        line.quantities().delivered(),
        held.getReleasedQuantity(),
        held.getRefusedQuantity(),
        held.getReturnedQuantity());
  }

  /** What an allocated line holds by place and date. */
  public static List<Portion> portions(AllocationLine held) {
    return held.getPortionsList().stream().map(OrderViews::fromProto).toList();
  }

  private static long grown(String what, long is, long was) {
    if (is < was) {
      throw new IllegalStateException("%s units shrank from %d to %d".formatted(what, was, is));
    }
    return is - was;
  }

  /** The facts that a change of allocation is told by. */
  private static final class News {
    private final Changes extended = new Changes(OrderChangeCause.ORDER_CHANGE_CAUSE_EXTENDED);
    private final Changes filled = new Changes(OrderChangeCause.ORDER_CHANGE_CAUSE_FILLED);
    private final Changes cancelled = new Changes(OrderChangeCause.ORDER_CHANGE_CAUSE_CANCELLED);
    private final Changes returned = new Changes(OrderChangeCause.ORDER_CHANGE_CAUSE_RETURNED);
    private final Map<String, PromiseRecord> told = new LinkedHashMap<>();
    private final Map<String, PromiseRecord> toldForAdded = new LinkedHashMap<>();
    private final Map<String, PromiseRecord> toldBefore = new LinkedHashMap<>();
    private OptionalInt telling = OptionalInt.empty();

    /** All dates that these allocations bring are told at once. */
    int telling(OrderChange change) {
      return telling.orElse(change.tellingCount() + 1);
    }

    /** Of dates that replace one another within one telling the customer hears the last. */
    void told(OrderChange change, Promises.Told dates) {
      if (dates.now().isEmpty()) {
        return;
      }
      telling = OptionalInt.of(telling.isPresent() ? telling.getAsInt() : change.nextTelling());
      for (PromiseRecord before : dates.before()) {
        String id = before.getPromiseId();
        if (!told.containsKey(id) && !toldForAdded.containsKey(id)) {
          toldBefore.put(id, before);
        } else if (dates.ended().contains(id)) {
          told.remove(id);
          toldForAdded.remove(id);
        }
      }
      for (PromiseRecord now : dates.now()) {
        boolean isAdded = now.getCause() == PromiseToldCause.PROMISE_TOLD_CAUSE_ADDED;
        (isAdded ? toldForAdded : told).put(now.getPromiseId(), now);
      }
    }

    void publishTo(OrderChange change) {
      // The first dates of added lines are no change of a date.
      extended.publishTo(change, toldForAdded.values());
      filled.publishTo(change);
      cancelled.publishTo(change);
      returned.publishTo(change);
      if (!told.isEmpty()) {
        PromiseTold.Builder fact =
            PromiseTold.newBuilder()
                .addAllPromises(told.values())
                .addAllPreviousPromises(toldBefore.values());
        change.publish(
            order -> OrderEvent.newBuilder().setPromiseTold(fact.setOrder(order)).build());
      }
    }
  }

  /** Units of one cause by line. */
  private static final class Changes {
    private final OrderChangeCause cause;
    private final Map<UUID, Long> units = new LinkedHashMap<>();

    Changes(OrderChangeCause cause) {
      this.cause = cause;
    }

    void add(OrderLine line, long quantity) {
      if (quantity > 0) {
        units.merge(line.lineId(), quantity, Math::addExact);
      }
    }

    void publishTo(OrderChange change) {
      publishTo(change, List.of());
    }

    void publishTo(OrderChange change, Collection<PromiseRecord> promises) {
      if (units.isEmpty()) {
        return;
      }
      OrderChanged.Builder changed =
          OrderChanged.newBuilder().setCause(cause).addAllPromises(promises);
      units.forEach(
          (lineId, quantity) ->
              changed.addChanges(
                  OrderLineQuantity.newBuilder()
                      .setLineId(lineId.toString())
                      .setQuantity(quantity)));
      change.publish(
          order -> OrderEvent.newBuilder().setOrderChanged(changed.setOrder(order)).build());
    }
  }
}
