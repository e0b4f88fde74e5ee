package dev.backorder.inventory.reference;

import static dev.backorder.inventory.testing.Inventory.request;

import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.backorder.inventory.book.SupplyState;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AdjustmentKind;
import dev.backorder.inventory.v1.AllocateOrderLine;
import dev.backorder.inventory.v1.AllocateOrderOutcome;
import dev.backorder.inventory.v1.AllocateOrderRequest;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.BatchAllocateOrdersRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.LineQuantity;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.Refusal;
import dev.backorder.inventory.v1.ReleaseAllocationRequest;
import dev.backorder.inventory.v1.ReleaseHoldRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShipAllocationRequest;
import dev.backorder.inventory.v1.ShortageRule;
import dev.backorder.inventory.v1.SourcingPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.wire.Wire;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;

/** The service, which takes the same steps through its contract. */
final class ServiceStockroom implements Step.Taker {
  /** All buyers live there. */
  private static final String COUNTRY = "GB";

  private final Stockroom room;
  private final Map<String, String> nameOfHold = new HashMap<>();
  private final Map<String, String> holdOfName = new HashMap<>();

  ServiceStockroom(Stockroom room) {
    this.room = room;
  }

  SortedMap<String, String> books(List<String> skus) {
    return ServiceBooks.of(room.inventory, skus, nameOfHold);
  }

  private static String done(Runnable call) {
    return orRefused(
        () -> {
          call.run();
          return Texts.DONE;
        });
  }

  private static String orRefused(Supplier<String> call) {
    try {
      return call.get();
    } catch (StatusRuntimeException e) {
      return refused(StatusProto.fromThrowable(e));
    }
  }

  private static String refused(com.google.rpc.Status status) {
    try {
      String reason =
          status.getDetailsCount() == 0
              ? status.getMessage()
              : status.getDetails(0).unpack(ErrorInfo.class).getReason();
      return Texts.refused(reason.replace("ERROR_REASON_", ""));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(String.valueOf(status), e);
    }
  }

  @Override
  public String buy(Step.Buy buy) {
    BatchAllocateOrdersRequest.Builder batch = BatchAllocateOrdersRequest.newBuilder();
    buy.orders().forEach(order -> batch.addOrders(order(order)));
    List<String> answers = new ArrayList<>();
    room.inventory
        .allocations
        .batchAllocateOrders(batch.build())
        .getOutcomesList()
        .forEach(outcome -> answers.add(answer(outcome)));
    return String.join("\n", answers);
  }

  private static AllocateOrderRequest order(Step.NewOrder order) {
    AllocateOrderRequest.Builder request =
        AllocateOrderRequest.newBuilder()
            .setRequestId(request())
            .setOrderId(order.id())
            .setSalesContext(context(order.buyer()).setPriority(order.priority()))
            .setShortageRule(rule(order.wholeOnly()))
            .setCartId(order.cart());
    for (Step.Wish wish : order.wishes()) {
      AllocateOrderLine.Builder line =
          AllocateOrderLine.newBuilder()
              .setLineId(wish.lineId())
              .setSku(wish.sku())
              .setQuantity(wish.units());
      wish.wanted().ifPresent(day -> line.setWantedDate(Wire.date(day)));
      request.addLines(line);
    }
    return request.build();
  }

  private static SalesContext.Builder context(Step.Buyer buyer) {
    return SalesContext.newBuilder()
        .setChannel(buyer.channel())
        .setPickUpLocation(buyer.pickUp())
        .setSourcingPolicy(
            buyer.fewestParcels()
                ? SourcingPolicy.SOURCING_POLICY_FEWEST_PARCELS
                : SourcingPolicy.SOURCING_POLICY_PRIORITY_ORDER)
        .setDestinationCountry(COUNTRY);
  }

  private static ShortageRule rule(boolean wholeOnly) {
    return wholeOnly
        ? ShortageRule.SHORTAGE_RULE_REFUSE_ORDER
        : ShortageRule.SHORTAGE_RULE_REFUSE_UNITS;
  }

  private static String answer(AllocateOrderOutcome outcome) {
    if (outcome.hasFailure()) {
      return refused(outcome.getFailure());
    }
    return Texts.answer(
        outcome.getResponse().hasAllocation(), refusals(outcome.getResponse().getRefusalsList()));
  }

  private static List<String> refusals(List<Refusal> refusals) {
    return refusals.stream()
        .map(
            refusal ->
                Texts.refusal(
                    refusal.getLineId(),
                    refusal.getRequestedQuantity(),
                    refusal.getOrderableQuantity(),
                    refusal.getReason().name().replace("REFUSAL_REASON_", "")))
        .toList();
  }

  @Override
  public String ask(Step.Ask ask) {
    QuoteAvailabilityRequest.Builder question =
        QuoteAvailabilityRequest.newBuilder()
            .setSalesContext(context(ask.buyer()))
            .setCartId(ask.cart());
    for (Step.Wish wish : ask.wishes()) {
      QuoteLine.Builder line = QuoteLine.newBuilder().setSku(wish.sku()).setQuantity(wish.units());
      wish.wanted().ifPresent(day -> line.setWantedDate(Wire.date(day)));
      question.addLines(line);
    }
    return String.join(
        "\n",
        room.inventory.availability.quoteAvailability(question.build()).getLinesList().stream()
            .map(
                line ->
                    Texts.quoted(
                        line.getSku(),
                        line.getKind().name().replace("AVAILABILITY_KIND_", ""),
                        line.getOrderableQuantity(),
                        ServiceBooks.parts(line.getPortionsList(), nameOfHold)))
            .toList());
  }

  @Override
  public String giveBack(Step.GiveBack giveBack) {
    return done(
        () -> {
          room.inventory.allocations.releaseAllocation(
              ReleaseAllocationRequest.newBuilder()
                  .setRequestId(request())
                  .setOrderId(giveBack.order())
                  .addAllLines(quantities(giveBack.units()))
                  .build());
        });
  }

  @Override
  public String ship(Step.Ship ship) {
    return done(
        () -> {
          room.inventory.allocations.shipAllocation(
              ShipAllocationRequest.newBuilder()
                  .setRequestId(request())
                  .setOrderId(ship.order())
                  .setLocation(ship.site())
                  .setShipmentId("shipment")
                  .addAllLines(quantities(ship.units()))
                  .build());
        });
  }

  @Override
  public String takeBack(Step.TakeBack back) {
    return done(
        () -> {
          room.inventory.allocations.acceptReturn(
              AcceptReturnRequest.newBuilder()
                  .setRequestId(request())
                  .setOrderId(back.order())
                  .setLocation(back.site())
                  .addAllLines(quantities(back.units()))
                  .build());
        });
  }

  private static List<LineQuantity> quantities(Map<String, Long> units) {
    return units.entrySet().stream()
        .map(line -> Stockroom.quantity(line.getKey(), line.getValue()))
        .toList();
  }

  @Override
  public String adjust(Step.Adjust adjust) {
    return done(
        () -> {
          room.inventory.stock.adjustStock(
              AdjustStockRequest.newBuilder()
                  .setRequestId(request())
                  .setLocation(adjust.place().site())
                  .setReason("random")
                  .setKind(
                      adjust.finding()
                          ? AdjustmentKind.ADJUSTMENT_KIND_DISCREPANCY
                          : AdjustmentKind.ADJUSTMENT_KIND_ISSUE)
                  .addAdjustments(
                      StockAdjustment.newBuilder()
                          .setSku(adjust.place().sku())
                          .setQuantity(adjust.units()))
                  .build());
        });
  }

  @Override
  public String tell(Step.Tell tell) {
    return done(
        () -> {
          room.told(
              tell.supply(),
              tell.place().sku(),
              tell.place().site(),
              tell.units(),
              tell.day(),
              SupplyState.valueOf(tell.state().name()));
        });
  }

  @Override
  public String receive(Step.Receive receive) {
    return orRefused(
        () -> {
          ReceiveGoodsRequest.Builder receipt =
              ReceiveGoodsRequest.newBuilder().setRequestId(request());
          receive
              .goods()
              .forEach(
                  goods ->
                      receipt.addGoods(
                          ArrivedGoods.newBuilder()
                              .setSupplyId(goods.supply())
                              .setQuantity(goods.units())
                              .setQualityHoldQuantity(goods.toInspect())));
          ReceiveGoodsResponse response = room.inventory.supplies.receiveGoods(receipt.build());
          List<String> queued = new ArrayList<>();
          response
              .getGoodsList()
              .forEach(
                  goods -> {
                    queued.add(Long.toString(goods.getReceipt().getQueueQuantity()));
                    if (!goods.getReceipt().getQualityHoldId().isEmpty()) {
                      name(goods.getReceipt().getQualityHoldId());
                    }
                  });
          return "to the queue " + queued;
        });
  }

  /** Quality holds get random ids; both number them in the order in which they were made. */
  private void name(String holdId) {
    String name = "h" + (nameOfHold.size() + 1);
    nameOfHold.put(holdId, name);
    holdOfName.put(name, holdId);
  }

  @Override
  public String hold(Step.Hold hold) {
    return orRefused(
        () -> {
          PlaceHoldRequest.Builder request =
              PlaceHoldRequest.newBuilder()
                  .setRequestId(request())
                  .setCartId(hold.cart())
                  .setSalesContext(context(hold.buyer()))
                  .setTimeToLive(Duration.newBuilder().setSeconds(hold.seconds()))
                  .setShortageRule(rule(hold.wholeOnly()));
          hold.wishes()
              .forEach(
                  wish ->
                      request.addLines(
                          HoldLine.newBuilder().setSku(wish.sku()).setQuantity(wish.units())));
          return refusals(room.inventory.holds.placeHold(request.build()).getRefusalsList())
              .toString();
        });
  }

  @Override
  public String letGo(Step.LetGo letGo) {
    return done(
        () -> {
          room.inventory.holds.releaseHold(
              ReleaseHoldRequest.newBuilder()
                  .setRequestId(request())
                  .setCartId(letGo.cart())
                  .build());
        });
  }

  @Override
  public String suspect(Step.Suspect suspect) {
    return done(
        () -> {
          PlaceQualityHoldRequest.Builder request =
              PlaceQualityHoldRequest.newBuilder()
                  .setRequestId(request())
                  .setLocation(suspect.place().site())
                  .setSku(suspect.place().sku())
                  .setQuantity(suspect.units())
                  .setReason("doubt");
          suspect.day().ifPresent(day -> request.setExpectedDate(Wire.date(day)));
          name(
              room.inventory
                  .quality
                  .placeQualityHold(request.build())
                  .getQualityHold()
                  .getQualityHoldId());
        });
  }

  @Override
  public String inspect(Step.Inspect inspect) {
    return orRefused(
        () -> {
          long queued =
              room.inventory
                  .quality
                  .releaseQualityHold(
                      ReleaseQualityHoldRequest.newBuilder()
                          .setRequestId(request())
                          .setQualityHoldId(holdOfName.get(inspect.hold()))
                          .setAcceptedQuantity(inspect.accepted())
                          .setRejectedQuantity(inspect.rejected())
                          .setReason("inspected")
                          .build())
                  .getQueueQuantity();
          return "to the queue " + queued;
        });
  }

  @Override
  public String lookAhead(Step.LookAhead look) {
    return ServiceBooks.days(room.inventory, look.place());
  }

  @Override
  public String pass(Step.Wait wait) {
    return done(() -> room.inventory.time.advance(java.time.Duration.ofHours(wait.hours())));
  }
}
