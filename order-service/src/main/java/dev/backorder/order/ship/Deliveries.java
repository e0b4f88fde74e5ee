package dev.backorder.order.ship;

import dev.backorder.order.order.OrderChange;
import dev.backorder.order.order.Orders;
import dev.backorder.order.shipment.Shipment;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmDeliveryResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.lane.Verdict;
import dev.backorder.platform.request.RequestDraft;
import dev.backorder.platform.request.RequestKey;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Records that shipments arrived. */
@ApplicationScoped
public class Deliveries {
  private final Shipments shipments;
  private final Orders orders;
  private final RequestLog requests;
  private final Transactions transactions;

  Deliveries(Shipments shipments, Orders orders, RequestLog requests, Transactions transactions) {
    this.shipments = shipments;
    this.orders = orders;
    this.requests = requests;
    this.transactions = transactions;
  }

  /**
   * Records that a shipment arrived, once per request.
   *
   * @throws DomainException NOT_FOUND SHIPMENT_NOT_FOUND; PRECONDITION SHIPMENT_STATE
   */
  public ConfirmDeliveryResponse confirm(ConfirmDeliveryRequest request) {
    return confirmAll(List.of(request)).get(0).get();
  }

  /**
   * The same for many, each with an answer or refusal of its own.
   *
   * @param requests different ids, different shipments
   */
  public List<Verdict<ConfirmDeliveryResponse>> confirmAll(List<ConfirmDeliveryRequest> requests) {
    List<Arrival> arrivals =
        requests.stream()
            .map(r -> new Arrival(r, this.requests.draft(r.getRequestId(), r)))
            .toList();
    return transactions.inNew(() -> arriveOnce(arrivals));
  }

  /** The orders are locked first: a twin that runs at the same time then finds the answer. */
  private List<Verdict<ConfirmDeliveryResponse>> arriveOnce(List<Arrival> arrivals) {
    List<UUID> shipmentIds = arrivals.stream().map(Arrival::shipmentId).toList();
    Map<UUID, OrderChange> changes =
        orders.openAll(new LinkedHashSet<>(shipments.ordersOf(shipmentIds).values()));
    return requests.onceEach(
        arrivals,
        Arrival::draft,
        ConfirmDeliveryResponse.parser(),
        fresh -> arrive(fresh, changes));
  }

  private record Arrival(ConfirmDeliveryRequest request, RequestDraft draft) {
    UUID shipmentId() {
      return UUID.fromString(request.getShipmentId());
    }
  }

  private Map<RequestKey, Verdict<ConfirmDeliveryResponse>> arrive(
      List<Arrival> arrivals, Map<UUID, OrderChange> changes) {
    Map<UUID, Shipment> known =
        shipments.getAll(arrivals.stream().map(Arrival::shipmentId).toList());
    List<Shipment> arrived = new ArrayList<>();
    Map<RequestKey, Verdict<ConfirmDeliveryResponse>> verdicts = new HashMap<>();
    Map<RequestDraft, ConfirmDeliveryResponse> answers = new LinkedHashMap<>();
    for (Arrival arrival : arrivals) {
      Verdict<ConfirmDeliveryResponse> verdict =
          Verdict.of(
              () -> {
                Shipment shipment =
                    Optional.ofNullable(known.get(arrival.shipmentId()))
                        .orElseThrow(() -> Shipments.notFound(arrival.shipmentId()));
                Shipment there = shipments.arrive(changes.get(shipment.orderId()), shipment);
                arrived.add(there);
                return ConfirmDeliveryResponse.newBuilder()
                    .setShipment(ShipmentViews.toProto(there))
                    .build();
              });
      verdicts.put(arrival.draft().key(), verdict);
      if (verdict instanceof Verdict.Answer<ConfirmDeliveryResponse> answer) {
        answers.put(arrival.draft(), answer.response());
      }
    }
    shipments.write(arrived);
    orders.saveAll(List.copyOf(changes.values()));
    requests.saveAll(answers);
    return verdicts;
  }
}
