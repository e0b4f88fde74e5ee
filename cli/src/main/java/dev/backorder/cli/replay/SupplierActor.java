package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.calls.Pages;
import dev.backorder.cli.scenario.Scenario.SupplierRule;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.LineAcknowledgement;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLine;
import dev.backorder.supplier.v1.PurchaseOrderLineState;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Plays the suppliers: each morning they answer what was sent to them, some later tell a worse
 * date, goods arrive on the day that was drawn for them, some of them in two parts or late without
 * a word.
 */
final class SupplierActor {

  /** Suppliers answer at this hour of each day. */
  static final int ANSWERS_AT_HOUR = 9;

  private static final int WARNING_DAYS = 2;
  private static final int SECOND_PART_DAYS = 3;
  private static final double FIRST_PART_SHARE = 0.6;
  private static final int LINES_PER_CALL = 500;
  private static final int PAGE_SIZE = 20;

  private final Shop shop;
  private final Map<String, SupplierRule> rules;

  SupplierActor(Shop shop) {
    this.shop = shop;
    this.rules =
        shop.scenario().suppliers().stream()
            .collect(Collectors.toMap(SupplierRule::code, Function.identity()));
  }

  /** Answers every purchase order that has been sent long enough ago. */
  void answer() {
    List<PurchaseOrder> sent = new ArrayList<>();
    Pages.forEach(
        this::sentOrders,
        ListPurchaseOrdersResponse::getPurchaseOrdersList,
        ListPurchaseOrdersResponse::getNextPageToken,
        sent::add);
    // Ids are random: order by what is the same in every run.
    sent.sort(
        Comparator.comparing(PurchaseOrder::getSupplier).thenComparing(SupplierActor::sentTime));
    for (PurchaseOrder order : sent) {
      SupplierRule rule = rules.get(order.getSupplier());
      if (!sentDay(order).plusDays(rule.answersAfterDays()).isAfter(shop.today())) {
        answer(order, rule);
      }
    }
  }

  private ListPurchaseOrdersResponse sentOrders(String token) {
    ListPurchaseOrdersRequest request =
        ListPurchaseOrdersRequest.newBuilder()
            .setPageSize(PAGE_SIZE)
            .setPageToken(token)
            .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_SENT)
            .build();
    return shop.cluster().purchaseOrders(stub -> stub.listPurchaseOrders(request));
  }

  private static Instant sentTime(PurchaseOrder order) {
    return Dates.instant(order.getSentTime());
  }

  private LocalDate sentDay(PurchaseOrder order) {
    return sentTime(order).atZone(shop.zone()).toLocalDate();
  }

  private void answer(PurchaseOrder order, SupplierRule rule) {
    String subject = rule.code() + " " + sentTime(order);
    int leadDays = rule.actualLeadDays().at(shop.draw().share("lead time " + subject));
    LocalDate promised =
        workingDay(latest(sentDay(order).plusDays(leadDays), shop.today().plusDays(1)), rule);
    int lateDays = Math.max(1, rule.lateDays().at(shop.draw().share("days late " + subject)));
    boolean late = shop.draw().happens(rule.latePercent(), "late " + subject);
    boolean silent = !late && shop.draw().happens(rule.silentPercent(), "silent " + subject);
    LocalDate arrives = late || silent ? workingDay(promised.plusDays(lateDays), rule) : promised;

    List<PurchaseOrderLine> lines =
        order.getLinesList().stream()
            .filter(
                line -> line.getState() == PurchaseOrderLineState.PURCHASE_ORDER_LINE_STATE_OPEN)
            .sorted(Comparator.comparing(PurchaseOrderLine::getSku))
            .toList();
    acknowledge(order, lines, promised);
    if (late) {
      LocalDate told = latest(promised.minusDays(WARNING_DAYS), shop.today().plusDays(1));
      if (told.isBefore(arrives)) {
        List<String> lineIds = lines.stream().map(PurchaseOrderLine::getLineId).toList();
        shop.agenda()
            .add(
                shop.at(told, ANSWERS_AT_HOUR),
                new Agenda.Redate(
                    order.getPurchaseOrderId(), lineIds, arrives, "production is late"));
      }
    }
    lines.forEach(line -> planArrival(order, line, arrives, rule));
  }

  private static LocalDate latest(LocalDate a, LocalDate b) {
    return a.isAfter(b) ? a : b;
  }

  private static LocalDate workingDay(LocalDate day, SupplierRule rule) {
    LocalDate candidate = day;
    while (isDayOff(candidate, rule)) {
      candidate = candidate.plusDays(1);
    }
    return candidate;
  }

  private static boolean isDayOff(LocalDate day, SupplierRule rule) {
    List<Integer> weekdays = rule.workingWeekdays();
    boolean weekend = !weekdays.isEmpty() && !weekdays.contains(day.getDayOfWeek().getValue());
    return weekend || rule.closedDates().contains(day);
  }

  private void acknowledge(PurchaseOrder order, List<PurchaseOrderLine> lines, LocalDate promised) {
    for (int from = 0; from < lines.size(); from += LINES_PER_CALL) {
      AcknowledgePurchaseOrderRequest.Builder request =
          AcknowledgePurchaseOrderRequest.newBuilder()
              .setRequestId(
                  shop.requestIds().of("acknowledge " + order.getPurchaseOrderId() + " " + from))
              .setPurchaseOrderId(order.getPurchaseOrderId());
      for (PurchaseOrderLine line :
          lines.subList(from, Math.min(lines.size(), from + LINES_PER_CALL))) {
        request.addLines(
            LineAcknowledgement.newBuilder()
                .setLineId(line.getLineId())
                .setAcceptedQuantity(line.getOrderedQuantity())
                .setExpectedDate(Dates.date(promised)));
      }
      shop.cluster().purchaseOrders(stub -> stub.acknowledgePurchaseOrder(request.build()));
    }
  }

  private void planArrival(
      PurchaseOrder order, PurchaseOrderLine line, LocalDate day, SupplierRule rule) {
    String subject = "two parts " + sentTime(order) + " " + line.getSku();
    long quantity = line.getOrderedQuantity();
    long first = (long) Math.ceil(quantity * FIRST_PART_SHARE);
    int hour = shop.scenario().warehouse().receivesAtHour();
    String orderId = order.getPurchaseOrderId();
    if (first < quantity && shop.draw().happens(rule.twoPartsPercent(), subject)) {
      LocalDate second = workingDay(day.plusDays(SECOND_PART_DAYS), rule);
      shop.agenda()
          .add(
              shop.at(day, hour),
              new Agenda.Arrival(orderId, line.getLineId(), line.getSku(), first, 1));
      shop.agenda()
          .add(
              shop.at(day, ANSWERS_AT_HOUR),
              new Agenda.Redate(orderId, List.of(line.getLineId()), second, "the rest follows"));
      shop.agenda()
          .add(
              shop.at(second, hour),
              new Agenda.Arrival(orderId, line.getLineId(), line.getSku(), quantity - first, 2));
    } else {
      shop.agenda()
          .add(
              shop.at(day, hour),
              new Agenda.Arrival(orderId, line.getLineId(), line.getSku(), quantity, 1));
    }
  }

  /** Tells a later date. */
  void redate(Agenda.Redate redate) {
    List<String> lines = redate.lineIds();
    for (int from = 0; from < lines.size(); from += LINES_PER_CALL) {
      RedatePurchaseOrderRequest.Builder request =
          RedatePurchaseOrderRequest.newBuilder()
              .setRequestId(
                  shop.requestIds()
                      .of(
                          "redate "
                              + redate.purchaseOrderId()
                              + " "
                              + lines.get(from)
                              + " "
                              + redate.date()))
              .setPurchaseOrderId(redate.purchaseOrderId())
              .setReason(redate.reason());
      for (String line : lines.subList(from, Math.min(lines.size(), from + LINES_PER_CALL))) {
        request.addLines(
            LineRedate.newBuilder().setLineId(line).setExpectedDate(Dates.date(redate.date())));
      }
      shop.cluster().purchaseOrders(stub -> stub.redatePurchaseOrder(request.build()));
    }
  }

  /** Goods reach the dock: what came of one purchase order is received together. */
  void receive(List<Agenda.Arrival> arrivals) {
    Map<String, List<Agenda.Arrival>> deliveries = new LinkedHashMap<>();
    arrivals.forEach(
        arrival ->
            deliveries
                .computeIfAbsent(arrival.purchaseOrderId(), order -> new ArrayList<>())
                .add(arrival));
    for (List<Agenda.Arrival> delivery : deliveries.values()) {
      for (int from = 0; from < delivery.size(); from += LINES_PER_CALL) {
        receiveTogether(delivery.subList(from, Math.min(delivery.size(), from + LINES_PER_CALL)));
      }
    }
  }

  private void receiveTogether(List<Agenda.Arrival> arrivals) {
    Agenda.Arrival first = arrivals.get(0);
    ReceiveGoodsRequest.Builder request =
        ReceiveGoodsRequest.newBuilder()
            .setRequestId(shop.requestIds().of("receive " + first.supplyId() + " " + first.part()))
            .setActor("dock");
    for (Agenda.Arrival arrival : arrivals) {
      request.addGoods(
          ArrivedGoods.newBuilder()
              .setSupplyId(arrival.supplyId())
              .setQuantity(arrival.quantity()));
    }
    shop.cluster().supplies(stub -> stub.receiveGoods(request.build()));
    arrivals.forEach(arrival -> shop.tallies().received(arrival.quantity()));
  }
}
