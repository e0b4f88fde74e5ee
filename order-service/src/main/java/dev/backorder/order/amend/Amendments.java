package dev.backorder.order.amend;

import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.ExtendAllocationRequest;
import dev.backorder.inventory.v1.ExtendAllocationResponse;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.Allocations.Held;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.AddedLines;
import dev.backorder.order.order.LineUnits;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.Orders;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ChangeOrderResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Changes across two services what an order asks for. First the wish is recorded and the units that
 * it gives up leave the offers to the warehouse; then inventory-service decides the added lines,
 * and if they can be had takes the other units back, both under ids derived from the wish; last the
 * order says so. What can be refused comes first, so the order changes as a whole or not at all.
 * Repeatable at every step.
 */
@ApplicationScoped
public class Amendments implements ProcessStep {
  private static final Logger LOG = Logger.getLogger(Amendments.class);
  private static final String KIND = "AMEND";
  private static final String METHOD = ChangeOrderRequest.getDescriptor().getFullName();

  private final AmendmentRows rows;
  private final AddedLines addedLines;
  private final NewLines newLines;
  private final Orders orders;
  private final Allocations allocations;
  private final Shipments shipments;
  private final InventoryCalls inventory;
  private final Processes processes;
  private final RequestLog requests;
  private final Transactions transactions;
  private final Ids ids;

  Amendments(
      AmendmentRows rows,
      AddedLines addedLines,
      NewLines newLines,
      Orders orders,
      Allocations allocations,
      Shipments shipments,
      InventoryCalls inventory,
      Processes processes,
      RequestLog requests,
      Transactions transactions,
      Ids ids) {
    this.rows = rows;
    this.addedLines = addedLines;
    this.newLines = newLines;
    this.orders = orders;
    this.allocations = allocations;
    this.shipments = shipments;
    this.inventory = inventory;
    this.processes = processes;
    this.requests = requests;
    this.transactions = transactions;
    this.ids = ids;
  }

  private sealed interface Begun {
    record Answered(ChangeOrderResponse response) implements Begun {}

    record Recorded(Amendment amendment) implements Begun {}
  }

  /** What inventory-service made of an amendment. */
  private record Outcome(List<Held> helds, List<Refusal> refusals, Amendment.State state) {}

  /**
   * Changes an order, or answers as the first time when the same request comes again.
   *
   * @throws DomainException INVALID, NOT_FOUND, ABORTED ORDER_VERSION, or PRECONDITION ORDER_STATE,
   *     QUANTITY_TOO_LARGE, TOO_MANY_LINES
   */
  public ChangeOrderResponse change(ChangeOrderRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    NewLines.Wanted wanted = NewLines.Wanted.parse(request);
    Begun begun = transactions.inNew(() -> begin(draft, request, wanted));
    return begun instanceof Begun.Answered answered
        ? answered.response()
        : finish(((Begun.Recorded) begun).amendment());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    transactions.inNew(() -> rows.find(processId)).ifPresent(this::finish);
  }

  private Begun begin(RequestDraft draft, ChangeOrderRequest request, NewLines.Wanted wanted) {
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null) {
      return new Begun.Answered(stored.replay(draft, ChangeOrderResponse.parser()));
    }
    OrderChange change = orders.open(UUID.fromString(request.getOrderId()));
    Optional<Amendment> known = rows.find(draft.key());
    return new Begun.Recorded(
        known.isPresent()
            ? sameRequest(known.get(), draft)
            : record(change, draft, request, wanted));
  }

  private static Amendment sameRequest(Amendment known, RequestDraft draft) {
    draft.requireSame(known.fingerprint());
    return known;
  }

  private Amendment record(
      OrderChange change, RequestDraft draft, ChangeOrderRequest request, NewLines.Wanted wanted) {
    Versions.require(change, request.getExpectedVersion());
    Map<UUID, Long> confirming = shipments.confirming(change.orderId());
    wanted
        .fewer()
        .forEach(
            (id, units) ->
                LineUnits.require(id, units, LineUnits.cancellable(change.line(id), confirming)));
    List<OrderLine> lines = newLines.make(change, request, wanted.more());
    Amendment amendment =
        new Amendment(
            ids.next(),
            change.orderId(),
            draft.key(),
            draft.fingerprint(),
            request.getReason(),
            InventoryRequests.rule(request, change.order().header()),
            wanted.fewer(),
            Amendment.State.OPEN);
    if (!rows.insert(amendment, change.time())) {
      throw new Transactions.LostRace("changing " + draft.key());
    }
    addedLines.insert(
        change.orderId(), amendment.amendmentId(), lines, newLines.latestDays(change, lines));
    processes.begin(KIND, amendment.amendmentId(), change.orderId(), change.time());
    if (!amendment.fewer().isEmpty()) {
      moveIntents(change, amendment, 1);
      allocations.offer(change);
      orders.save(change);
    }
    return amendment;
  }

  private ChangeOrderResponse finish(Amendment amendment) {
    if (!amendment.isOpen()) {
      return transactions.inNew(() -> answer(amendment, List.of()));
    }
    ExtendAllocationRequest extension = transactions.inNew(() -> extension(amendment));
    Outcome outcome;
    try {
      outcome = ask(amendment, extension);
    } catch (StatusRuntimeException failure) {
      if (InventoryCalls.isDefinite(failure)) {
        transactions.runInNew(() -> giveUp(amendment));
      }
      throw failure;
    }
    return transactions.inNew(() -> apply(amendment, outcome));
  }

  private ExtendAllocationRequest extension(Amendment amendment) {
    UUID id = amendment.amendmentId();
    return InventoryRequests.extend(amendment, addedLines.of(id), addedLines.latestDays(id));
  }

  private Outcome ask(Amendment amendment, ExtendAllocationRequest asked) {
    boolean adds = asked.getLinesCount() > 0;
    List<Held> helds = new ArrayList<>();
    List<Refusal> refusals = List.of();
    if (adds) {
      ExtendAllocationResponse extension = inventory.extend(asked);
      refusals = extension.getRefusalsList();
      if (!extension.getExtended()) {
        return new Outcome(List.of(), refusals, Amendment.State.REFUSED);
      }
      helds.add(new Held(extension.getAllocation(), orders.now()));
    }
    if (!amendment.fewer().isEmpty()) {
      release(amendment, adds).ifPresent(left -> helds.add(new Held(left, orders.now())));
    }
    return new Outcome(helds, refusals, Amendment.State.DONE);
  }

  /** Once lines were added there is no way back: the order keeps the units that stay. */
  private Optional<Allocation> release(Amendment amendment, boolean hasExtended) {
    try {
      return Optional.of(inventory.release(InventoryRequests.release(amendment)));
    } catch (StatusRuntimeException failure) {
      if (hasExtended && InventoryCalls.isDefinite(failure)) {
        LOG.errorf(
            failure,
            "inventory-service does not take back what amendment %s of order %s gives up",
            amendment.amendmentId(),
            amendment.orderId());
        return Optional.empty();
      }
      throw failure;
    }
  }

  private ChangeOrderResponse apply(Amendment known, Outcome outcome) {
    OrderChange change = orders.open(known.orderId());
    if (rows.find(known.amendmentId()).filter(Amendment::isOpen).isPresent()) {
      moveIntents(change, known, -1);
      if (allocations.applyAll(Map.of(change, outcome.helds())).isEmpty()) {
        allocations.offer(change);
      }
      orders.save(change);
      rows.end(known.amendmentId(), outcome.state());
      processes.end(known.amendmentId());
    }
    return answer(known, outcome.refusals());
  }

  /** The first answer if there was one, else what the order is now. */
  private ChangeOrderResponse answer(Amendment known, List<Refusal> refusals) {
    RequestDraft draft = new RequestDraft(known.key(), METHOD, known.fingerprint());
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null && stored.request().equals(draft)) {
      return stored.replay(draft, ChangeOrderResponse.parser());
    }
    Amendment now = rows.find(known.amendmentId()).orElse(known);
    ChangeOrderResponse response =
        ChangeOrderResponse.newBuilder()
            .setOrder(orders.view(known.orderId()))
            .addAllRefusals(refusals)
            .setChanged(now.state() == Amendment.State.DONE)
            .build();
    if (stored == null) {
      requests.saveAll(Map.of(draft, response));
    }
    return response;
  }

  /** inventory-service said no: as if nobody had asked. */
  private void giveUp(Amendment known) {
    OrderChange change = orders.open(known.orderId());
    if (rows.find(known.amendmentId()).filter(Amendment::isOpen).isEmpty()) {
      return;
    }
    moveIntents(change, known, -1);
    allocations.offer(change);
    orders.save(change);
    rows.delete(known.amendmentId());
    processes.end(known.amendmentId());
  }

  private static void moveIntents(OrderChange change, Amendment amendment, int sign) {
    amendment
        .fewer()
        .forEach((id, units) -> change.put(change.line(id).moveIntents(sign * units, 0)));
  }
}
