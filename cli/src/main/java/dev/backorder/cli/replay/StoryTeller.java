package dev.backorder.cli.replay;

import dev.backorder.cli.calls.Cluster;
import dev.backorder.cli.calls.Dates;
import dev.backorder.cli.report.Story;
import dev.backorder.cli.scenario.Scenario;
import dev.backorder.cli.stack.MailIndex;
import dev.backorder.cli.stack.MailText;
import dev.backorder.inventory.v1.Promise;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.MessageKind;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.ListPromisesRequest;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.Order;
import dev.backorder.order.v1.OrderLine;
import dev.backorder.order.v1.OrderState;
import dev.backorder.order.v1.PromiseRecord;
import dev.backorder.order.v1.PromiseToldCause;
import dev.backorder.order.v1.Shipment;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the most telling backordered order of a replay and tells it from click to doorstep, with
 * its mails.
 */
final class StoryTeller {

  private static final int ENOUGH = 9;
  private static final DateTimeFormatter WHEN =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM", Locale.ENGLISH);

  private final Cluster cluster;
  private final Scenario scenario;
  private final Map<String, String> descriptions;
  private final Path mailFolder;

  /** Something at an instant; {@code rank} orders what happens at the same one. */
  private record Moment(Instant time, int rank, String who, String what) {}

  /** All that is known of one order. */
  private record Dossier(
      Order order,
      List<PromiseRecord> promises,
      List<Shipment> shipments,
      List<Delivery> deliveries) {

    /**
     * How much there is to tell: a date that moved, several parcels, a good end, and not too many
     * lines.
     */
    int score() {
      int score = 0;
      score += promises.stream().anyMatch(promise -> promise.getTelling() > 1) ? 4 : 0;
      score += shipments.size() == 2 ? 2 : 0;
      score += order.getState() == OrderState.ORDER_STATE_DELIVERED ? 2 : 0;
      score += order.getLinesCount() <= 3 ? 1 : 0;
      score +=
          deliveries.stream()
                  .anyMatch(delivery -> delivery.getKind() == MessageKind.MESSAGE_KIND_CANCELLED)
              ? -3
              : 0;
      return score;
    }
  }

  StoryTeller(
      Cluster cluster, Scenario scenario, Map<String, String> descriptions, Path mailFolder) {
    this.cluster = cluster;
    this.scenario = scenario;
    this.descriptions = descriptions;
    this.mailFolder = mailFolder;
  }

  Optional<Story> tell(List<String> orderIds) {
    Dossier best = null;
    for (String orderId : orderIds) {
      Dossier dossier = read(orderId);
      if (best == null || dossier.score() > best.score()) {
        best = dossier;
      }
      if (best.score() >= ENOUGH) {
        break;
      }
    }
    return Optional.ofNullable(best).map(this::tell);
  }

  private Dossier read(String orderId) {
    GetOrderRequest order = GetOrderRequest.newBuilder().setOrderId(orderId).build();
    ListPromisesRequest promises =
        ListPromisesRequest.newBuilder().setOrderId(orderId).setPageSize(500).build();
    ListShipmentsRequest shipments =
        ListShipmentsRequest.newBuilder().setOrderId(orderId).setPageSize(100).build();
    ListDeliveriesRequest deliveries =
        ListDeliveriesRequest.newBuilder().setOrderId(orderId).setPageSize(100).build();
    return new Dossier(
        cluster.orders(stub -> stub.getOrder(order)).getOrder(),
        cluster.promises(stub -> stub.listPromises(promises)).getPromisesList(),
        cluster.shipments(stub -> stub.listShipments(shipments)).getShipmentsList(),
        cluster.deliveries(stub -> stub.listDeliveries(deliveries)).getDeliveriesList());
  }

  private Story tell(Dossier dossier) {
    List<Moment> moments = new ArrayList<>();
    placing(dossier, moments);
    newDates(dossier, moments);
    shipments(dossier, moments);
    mails(dossier, moments);
    moments.sort(Comparator.comparing(Moment::time).thenComparing(Moment::rank));
    List<Story.Step> steps =
        moments.stream()
            .map(
                moment ->
                    new Story.Step(WHEN.format(local(moment.time())), moment.who(), moment.what()))
            .toList();
    Order order = dossier.order();
    String title =
        "Order "
            + order.getReference()
            + " of customer "
            + order.getCustomerId()
            + (order.getDestinationCountry().isEmpty()
                ? ""
                : " in " + order.getDestinationCountry());
    return new Story(title, steps, tellingMail(dossier));
  }

  private java.time.ZonedDateTime local(Instant time) {
    return time.atZone(scenario.warehouse().zone());
  }

  private void placing(Dossier dossier, List<Moment> moments) {
    Order order = dossier.order();
    Instant placed = Dates.instant(order.getPlaceTime());
    String lines =
        order.getLinesList().stream()
            .map(line -> line.getOrderedQuantity() + " x " + name(line.getSku()))
            .collect(Collectors.joining(", "));
    moments.add(new Moment(placed, 0, "customer", "orders " + lines));
    for (OrderLine line : order.getLinesList()) {
      long waits = line.getInitiallyWaitingQuantity();
      if (waits > 0) {
        long reserved = line.getOrderedQuantity() - waits - line.getRefusedQuantity();
        String promise =
            waitingPromise(dossier, line)
                .map(record -> ", " + words(record.getPromise()))
                .orElse("");
        moments.add(
            new Moment(
                placed,
                1,
                "shop",
                line.getSku()
                    + ": "
                    + reserved
                    + " reserved from stock, "
                    + waits
                    + " wait"
                    + promise));
      }
    }
  }

  /** The promise for the units that waited: the latest of the first telling. */
  private static Optional<PromiseRecord> waitingPromise(Dossier dossier, OrderLine line) {
    return dossier.promises().stream()
        .filter(
            promise -> promise.getTelling() <= 1 && promise.getLineId().equals(line.getLineId()))
        .max(
            Comparator.comparing(promise -> Dates.localDate(promise.getPromise().getShipByDate())));
  }

  private static String words(Promise promise) {
    String basis =
        switch (promise.getBasis()) {
          case PROMISE_BASIS_STOCK -> "from stock";
          case PROMISE_BASIS_SUPPLY -> "from goods that are on order";
          case PROMISE_BASIS_PURCHASE -> "from a purchase to be made";
          case PROMISE_BASIS_RELEASE -> "from the release";
          case PROMISE_BASIS_MADE_TO_ORDER -> "made to order";
          default -> "basis unknown";
        };
    return "to leave by "
        + day(promise)
        + " ("
        + basis
        + ", "
        + promise.getPercentile()
        + " % sure)";
  }

  private static String day(Promise promise) {
    LocalDate day = Dates.localDate(promise.getShipByDate());
    return DAY.format(day);
  }

  private void newDates(Dossier dossier, List<Moment> moments) {
    for (PromiseRecord promise : dossier.promises()) {
      if (promise.getTelling() > 1) {
        String direction = direction(promise.getCause());
        moments.add(
            new Moment(
                Dates.instant(promise.getToldTime()),
                2,
                "shop",
                promise.getSku() + ": " + direction + " date, now " + words(promise.getPromise())));
      }
    }
  }

  private static String direction(PromiseToldCause cause) {
    return cause == PromiseToldCause.PROMISE_TOLD_CAUSE_EARLIER ? "an earlier" : "a later";
  }

  private void shipments(Dossier dossier, List<Moment> moments) {
    for (Shipment shipment : dossier.shipments()) {
      String content =
          shipment.getLinesList().stream()
              .map(line -> line.getQuantity() + " x " + line.getSku())
              .collect(Collectors.joining(", "));
      moments.add(
          new Moment(
              Dates.instant(shipment.getOfferTime()), 3, "shop", "ready to ship: " + content));
      if (shipment.hasShipTime()) {
        String tracking = shipment.getCarrier() + " " + shipment.getTrackingCode();
        moments.add(
            new Moment(
                Dates.instant(shipment.getShipTime()),
                4,
                "warehouse",
                "ships " + content + " with " + tracking));
      }
      if (shipment.hasDeliverTime()) {
        moments.add(
            new Moment(
                Dates.instant(shipment.getDeliverTime()),
                6,
                "carrier",
                "delivers " + shipment.getTrackingCode()));
      }
    }
  }

  private void mails(Dossier dossier, List<Moment> moments) {
    Map<String, MailIndex.Mail> byId = mailsOf(dossier);
    for (Delivery delivery : dossier.deliveries()) {
      if (delivery.hasAcceptedTime()) {
        MailIndex.Mail mail = byId.get(bare(delivery.getMessageId()));
        String what =
            mail == null ? delivery.getKind().name() : '"' + mail.subject() + "\"  " + mail.file();
        moments.add(new Moment(Dates.instant(delivery.getAcceptedTime()), 5, "mail", what));
      }
    }
  }

  private Map<String, MailIndex.Mail> mailsOf(Dossier dossier) {
    var wanted =
        dossier.deliveries().stream()
            .map(delivery -> bare(delivery.getMessageId()))
            .collect(Collectors.toSet());
    return MailIndex.find(mailFolder, mail -> wanted.contains(bare(mail.messageId()))).stream()
        .collect(
            Collectors.toMap(
                mail -> bare(mail.messageId()), mail -> mail, (first, again) -> first));
  }

  /** The mail that told the new date, or else the one that told that something has to wait. */
  private List<String> tellingMail(Dossier dossier) {
    Map<String, MailIndex.Mail> byId = mailsOf(dossier);
    for (MessageKind kind :
        List.of(
            MessageKind.MESSAGE_KIND_DATE_CHANGED, MessageKind.MESSAGE_KIND_ORDER_BACKORDERED)) {
      for (Delivery delivery : dossier.deliveries()) {
        MailIndex.Mail mail = byId.get(bare(delivery.getMessageId()));
        if (delivery.getKind() == kind && mail != null) {
          return MailText.read(mailFolder.resolve(mail.file()));
        }
      }
    }
    return List.of();
  }

  private static String bare(String messageId) {
    return messageId.replaceAll("[<>]", "");
  }

  private String name(String sku) {
    String description = descriptions.getOrDefault(sku, "");
    return description.isEmpty() ? sku : sku + " " + description;
  }
}
