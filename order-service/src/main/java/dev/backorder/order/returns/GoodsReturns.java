package dev.backorder.order.returns;

import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.Allocation;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.order.allocation.Allocations;
import dev.backorder.order.allocation.InventoryCalls;
import dev.backorder.order.order.LineUnits;
import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.OrderLine;
import dev.backorder.order.order.Orders;
import dev.backorder.order.order.model.OrderState;
import dev.backorder.order.process.ProcessStep;
import dev.backorder.order.process.Processes;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.ReturnOrderResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.request.StoredResponse;
import dev.backorder.platform.sql.Transactions;
import io.grpc.StatusRuntimeException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Takes shipped units back across two services. First the return is recorded; then
 * inventory-service takes the units into stock under an id derived from it; last the order says so.
 * Repeatable at every step.
 */
@ApplicationScoped
public class GoodsReturns implements ProcessStep {
  private static final String KIND = "RETURN";
  private static final String METHOD = ReturnOrderRequest.getDescriptor().getFullName();

  private final GoodsReturnRows rows;
  private final Orders orders;
  private final Allocations allocations;
  private final InventoryCalls inventory;
  private final Processes processes;
  private final RequestLog requests;
  private final Transactions transactions;
  private final Ids ids;

  GoodsReturns(
      GoodsReturnRows rows,
      Orders orders,
      Allocations allocations,
      InventoryCalls inventory,
      Processes processes,
      RequestLog requests,
      Transactions transactions,
      Ids ids) {
    this.rows = rows;
    this.orders = orders;
    this.allocations = allocations;
    this.inventory = inventory;
    this.processes = processes;
    this.requests = requests;
    this.transactions = transactions;
    this.ids = ids;
  }

  private sealed interface Begun {
    record Answered(ReturnOrderResponse response) implements Begun {}

    record Recorded(GoodsReturn goodsReturn) implements Begun {}
  }

  /**
   * Takes units back, or answers as the first time when the same request comes again.
   *
   * @throws DomainException NOT_FOUND, or QUANTITY_TOO_LARGE when fewer units have left and not
   *     come back
   */
  public ReturnOrderResponse takeBack(ReturnOrderRequest request) {
    RequestDraft draft = requests.draft(request.getRequestId(), request);
    Map<UUID, Long> units = LineUnits.parse(request.getLinesList());
    Begun begun = transactions.inNew(() -> begin(draft, request, units));
    return begun instanceof Begun.Answered answered
        ? answered.response()
        : finish(((Begun.Recorded) begun).goodsReturn());
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public void resume(UUID processId, UUID orderId) {
    transactions.inNew(() -> rows.find(processId)).ifPresent(this::finish);
  }

  private Begun begin(RequestDraft draft, ReturnOrderRequest request, Map<UUID, Long> units) {
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null) {
      return new Begun.Answered(stored.replay(draft, ReturnOrderResponse.parser()));
    }
    OrderChange change = orders.open(UUID.fromString(request.getOrderId()));
    return new Begun.Recorded(
        rows.find(draft.key())
            .map(known -> sameRequest(known, draft))
            .orElseGet(() -> record(change, draft, request, units)));
  }

  private static GoodsReturn sameRequest(GoodsReturn known, RequestDraft draft) {
    draft.requireSame(known.fingerprint());
    return known;
  }

  private GoodsReturn record(
      OrderChange change, RequestDraft draft, ReturnOrderRequest request, Map<UUID, Long> units) {
    if (change.order().state() == OrderState.PENDING) {
      throw LineUnits.wrongState(change, OrderState.SHIPPED, OrderState.DELIVERED);
    }
    units.forEach(
        (lineId, quantity) -> LineUnits.require(lineId, quantity, possible(change.line(lineId))));
    GoodsReturn goodsReturn =
        new GoodsReturn(
            ids.next(),
            change.orderId(),
            draft.key(),
            draft.fingerprint(),
            request.getLocation(),
            request.getReason(),
            units,
            false);
    if (!rows.insert(goodsReturn, change.time())) {
      throw new Transactions.LostRace("returning " + draft.key());
    }
    processes.begin(KIND, goodsReturn.returnId(), change.orderId(), change.time());
    moveIntents(change, goodsReturn, 1);
    orders.save(change);
    return goodsReturn;
  }

  private static long possible(OrderLine line) {
    return line.quantities().shipped() - line.quantities().returned() - line.returning();
  }

  private ReturnOrderResponse finish(GoodsReturn goodsReturn) {
    if (goodsReturn.done()) {
      return transactions.inNew(() -> answer(goodsReturn));
    }
    Allocation held;
    try {
      held = inventory.acceptReturn(acceptRequest(goodsReturn));
    } catch (StatusRuntimeException failure) {
      if (InventoryCalls.isDefinite(failure)) {
        transactions.runInNew(() -> giveUp(goodsReturn));
      }
      throw failure;
    }
    return transactions.inNew(() -> apply(goodsReturn, held));
  }

  private ReturnOrderResponse apply(GoodsReturn known, Allocation held) {
    OrderChange change = orders.open(known.orderId());
    if (isOpen(known)) {
      moveIntents(change, known, -1);
      allocations.apply(change, held, change.time());
      orders.save(change);
      rows.markDone(known.returnId());
      processes.end(known.returnId());
    }
    return answer(known);
  }

  /** The first answer if there was one, else what the order is now. */
  private ReturnOrderResponse answer(GoodsReturn goodsReturn) {
    RequestDraft draft = new RequestDraft(goodsReturn.key(), METHOD, goodsReturn.fingerprint());
    StoredResponse stored = requests.findAll(List.of(draft)).get(draft.key());
    if (stored != null && stored.request().equals(draft)) {
      return stored.replay(draft, ReturnOrderResponse.parser());
    }
    Order order = orders.view(goodsReturn.orderId());
    ReturnOrderResponse response = ReturnOrderResponse.newBuilder().setOrder(order).build();
    if (stored == null) {
      requests.saveAll(Map.of(draft, response));
    }
    return response;
  }

  /** inventory-service said no: as if nobody had asked. */
  private void giveUp(GoodsReturn goodsReturn) {
    OrderChange change = orders.open(goodsReturn.orderId());
    if (!isOpen(goodsReturn)) {
      return;
    }
    moveIntents(change, goodsReturn, -1);
    orders.save(change);
    rows.delete(goodsReturn.returnId());
    processes.end(goodsReturn.returnId());
  }

  private boolean isOpen(GoodsReturn goodsReturn) {
    return rows.find(goodsReturn.returnId()).filter(known -> !known.done()).isPresent();
  }

  private static void moveIntents(OrderChange change, GoodsReturn goodsReturn, int sign) {
    goodsReturn
        .units()
        .forEach((id, units) -> change.put(change.line(id).moveIntents(0, sign * units)));
  }

  private static AcceptReturnRequest acceptRequest(GoodsReturn goodsReturn) {
    AcceptReturnRequest.Builder request =
        AcceptReturnRequest.newBuilder()
            .setRequestId(Ids.derive(goodsReturn.returnId(), "accept").toString())
            .setOrderId(goodsReturn.orderId().toString())
            .setLocation(goodsReturn.location())
            .setReason(goodsReturn.reason());
    goodsReturn
        .units()
        .forEach(
            (lineId, units) ->
                request.addLines(
                    LineQuantity.newBuilder().setLineId(lineId.toString()).setQuantity(units)));
    return request.build();
  }
}
