package dev.backorder.inventory.transfer;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static dev.backorder.inventory.testing.Stockroom.transferOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.CancelTransferRequest;
import dev.backorder.inventory.v1.CloseTransferRequest;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.DepartedUnits;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.KitComponent;
import dev.backorder.inventory.v1.ListTransfersRequest;
import dev.backorder.inventory.v1.ListTransfersResponse;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.StockBalance;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyKind;
import dev.backorder.inventory.v1.SupplyState;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferState;
import dev.backorder.inventory.wire.Wire;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units move from one location to another, and are promised there from the plan on. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class TransferTest extends StockroomTest {
  private static final String YORK = "york";

  @BeforeEach
  void two_places() {
    inventory.with(location(YORK).setPriority(5));
    inventory.with(backorderItem("tea")).adjust("tea", 10);
  }

  @Test
  void planned_units_are_set_aside_at_once_and_are_supply_where_they_go() {
    Transfer planned = plan(6);

    assertThat(planned.getState()).isEqualTo(TransferState.TRANSFER_STATE_PLANNED);
    assertThat(planned.getLines(0).getOutgoingQuantity()).isEqualTo(6);
    StockBalance leeds = at(LEEDS);
    assertThat(leeds.getOnHandQuantity()).isEqualTo(10);
    assertThat(leeds.getOutgoingQuantity()).isEqualTo(6);
    assertThat(leeds.getAvailableQuantity()).isEqualTo(4);
    assertThat(at(YORK).getInboundQuantity()).isEqualTo(6);
    Supply supply = room.supply(planned.getLines(0).getSupplyId());
    assertThat(supply.getKind()).isEqualTo(SupplyKind.SUPPLY_KIND_TRANSFER);
    assertThat(supply.getSourceId()).isEqualTo(planned.getTransferId());
    assertThat(supply.getPurchaseOrderId()).isEmpty();
    assertThat(supply.getState()).isEqualTo(SupplyState.SUPPLY_STATE_CONFIRMED);
    assertThat(supply.getLocation()).isEqualTo(YORK);
  }

  @Test
  void who_orders_next_gets_what_is_not_set_aside_and_waits_for_the_rest() {
    Transfer planned = plan(6);

    room.order("o1", "tea", 10);

    assertThat(room.fate("o1")).isEqualTo("4+6");
    assertThat(room.line("o1").getPortionsList())
        .filteredOn(p -> p.getPromise().getBasis() == PromiseBasis.PROMISE_BASIS_SUPPLY)
        .singleElement()
        .satisfies(
            p -> {
              assertThat(p.getLocation()).isEqualTo(YORK);
              assertThat(p.getPromise().getSupplyId()).isEqualTo(planned.getLines(0).getSupplyId());
            });
    assertThat(room.quote("tea", 1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_BACKORDER);
  }

  @Test
  void a_line_that_waits_where_it_goes_is_promised_from_it_by_name_and_gets_it() {
    waitAtYork("o1", 4);
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);

    Transfer planned = plan(6);

    String supply = planned.getLines(0).getSupplyId();
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo(supply);
    assertThat(room.promised("o1")).isEqualTo(room.day(3));
    assertThat(room.supply(supply).getPeggedQuantity()).isEqualTo(4);

    room.shipTransfer(planned.getTransferId());
    assertThat(room.portion("o1").getPromise().getSupplyId()).isEqualTo(supply);
    room.receive(supply, 5);

    assertThat(room.fate("o1")).isEqualTo("4+0");
    assertThat(at(YORK).getAvailableQuantity()).isEqualTo(1);
    Transfer partly = room.transfer(planned.getTransferId());
    assertThat(partly.getState()).isEqualTo(TransferState.TRANSFER_STATE_SHIPPED);
    assertThat(partly.getLines(0).getReceivedQuantity()).isEqualTo(5);
    assertThat(partly.getLines(0).getInTransitQuantity()).isEqualTo(1);

    room.receive(supply, 1);
    assertThat(room.transfer(planned.getTransferId()).getState())
        .isEqualTo(TransferState.TRANSFER_STATE_RECEIVED);
    assertThat(room.supply(supply).getState()).isEqualTo(SupplyState.SUPPLY_STATE_CLOSED);
  }

  @Test
  void what_does_not_leave_with_it_serves_the_queue_of_the_origin() {
    Transfer planned = plan(8);
    room.place(
        orderOf("o1", "tea", 5)
            .setSalesContext(SalesContext.newBuilder().setPickUpLocation(LEEDS)));
    assertThat(room.fate("o1")).isEqualTo("2+3");

    Transfer shipped = ship(planned, 5);

    assertThat(shipped.getState()).isEqualTo(TransferState.TRANSFER_STATE_SHIPPED);
    assertThat(shipped.getLines(0).getShippedQuantity()).isEqualTo(5);
    assertThat(shipped.getLines(0).getOutgoingQuantity()).isZero();
    assertThat(room.fate("o1")).isEqualTo("5+0");
    assertThat(at(LEEDS).getOnHandQuantity()).isEqualTo(5);
    assertThat(at(YORK).getInboundQuantity()).isEqualTo(5);
  }

  @Test
  void a_cancelled_transfer_serves_the_queue_of_the_origin_and_its_lines_get_another_date() {
    Transfer planned = plan(8);
    room.place(
        orderOf("here", "tea", 5)
            .setSalesContext(SalesContext.newBuilder().setPickUpLocation(LEEDS)));
    waitAtYork("there", 8);
    assertThat(room.portion("there").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);

    Transfer cancelled = cancel(planned.getTransferId());

    assertThat(cancelled.getState()).isEqualTo(TransferState.TRANSFER_STATE_CANCELLED);
    assertThat(cancelled.getEndReason()).isEqualTo("no lorry");
    assertThat(room.fate("here")).isEqualTo("5+0");
    assertThat(at(LEEDS).getAvailableQuantity()).isEqualTo(5);
    assertThat(room.portion("there").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(room.supply(planned.getLines(0).getSupplyId()).getState())
        .isEqualTo(SupplyState.SUPPLY_STATE_CANCELLED);
  }

  @Test
  void what_never_arrives_is_written_off_and_who_was_promised_it_gets_another_date() {
    waitAtYork("o1", 4);
    waitAtYork("o2", 4);
    Transfer sent = room.shipTransfer(plan(8).getTransferId());
    String supply = sent.getLines(0).getSupplyId();
    room.receive(supply, 5);
    assertThat(room.fate("o2")).isEqualTo("1+3");

    Transfer closed = close(sent.getTransferId());

    assertThat(closed.getState()).isEqualTo(TransferState.TRANSFER_STATE_CLOSED);
    assertThat(closed.getLines(0).getWrittenOffQuantity()).isEqualTo(3);
    assertThat(closed.getLines(0).getInTransitQuantity()).isZero();
    assertThat(room.fate("o1")).isEqualTo("4+0");
    assertThat(room.fate("o2")).isEqualTo("1+3");
    assertThat(room.line("o2").getPortionsList())
        .anyMatch(p -> p.getPromise().getBasis() == PromiseBasis.PROMISE_BASIS_PURCHASE);
    assertThat(at(YORK).getInboundQuantity()).isZero();
    assertThat(TransferLedger.told(inventory, sent))
        .containsExactly(
            "TRANSFER_SHIPMENT: ON_HAND leeds -8 -> 2, IN_TRANSIT 8 -> 8",
            "TRANSFER_RECEIPT: ON_HAND york 5 -> 5, IN_TRANSIT -5 -> 3",
            "TRANSFER_LOSS: IN_TRANSIT -3 -> 0, ADJUSTMENTS 3 -> -7");
  }

  @Test
  void a_new_date_is_told_to_exactly_the_lines_that_it_feeds() {
    waitAtYork("fed", 4);
    Transfer planned = plan(4);
    waitAtYork("other", 2);
    long version = room.held("other").getVersion();

    Transfer moved = redate(planned.getTransferId(), room.day(9));

    assertThat(Wire.day(moved.getExpectedDate())).isEqualTo(room.day(9));
    assertThat(room.promised("fed")).isEqualTo(room.day(9));
    assertThat(room.held("other").getVersion()).isEqualTo(version);
    room.shipTransfer(planned.getTransferId());
    redate(planned.getTransferId(), room.day(5));
    assertThat(room.promised("fed")).isEqualTo(room.day(5));
    assertThat(Refusal.of(() -> redate(planned.getTransferId(), room.day(-1))).fields())
        .containsExactly("expected_date");
  }

  @Test
  void a_transfer_that_is_late_beyond_grace_is_promised_to_nobody_new() {
    waitAtYork("fed", 4);
    Transfer sent = room.shipTransfer(plan(8).getTransferId());
    LocalDate told = room.promised("fed");

    inventory.time.advance(java.time.Duration.ofDays(8));

    assertThat(room.promised("fed")).isAfter(told);
    waitAtYork("new", 2);
    assertThat(room.portion("new").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_PURCHASE);
    redate(sent.getTransferId(), room.day(1));
    assertThat(room.promised("fed")).isEqualTo(room.day(1));
    assertThat(room.portion("new").getPromise().getSupplyId())
        .isEqualTo(sent.getLines(0).getSupplyId());
  }

  @Test
  void without_a_date_it_arrives_after_handling_and_the_usual_days_on_the_way() {
    Transfer planned =
        inventory
            .transfers
            .createTransfer(transferOf(LEEDS, YORK, Map.of("tea", 1L)).build())
            .getTransfer();
    assertThat(Wire.day(planned.getExpectedDate())).isEqualTo(room.day(2));
    assertThat(
            Refusal.of(
                    () ->
                        inventory.transfers.createTransfer(
                            transferOf(LEEDS, YORK, Map.of("tea", 1L))
                                .setExpectedDate(Wire.date(room.day(-1)))
                                .build()))
                .fields())
        .containsExactly("expected_date");
  }

  @Test
  void every_line_of_which_too_little_is_available_is_named_and_nothing_is_set_aside() {
    inventory.with(backorderItem("gold")).adjust("gold", 3);
    inventory.with(backorderItem("salt")).adjust("salt", 9);
    room.order("o1", "gold", 2);
    Map<String, Long> before = Database.counts();

    Refusal refusal =
        Refusal.of(
            () ->
                inventory.transfers.createTransfer(
                    transferOf(LEEDS, YORK, Map.of("gold", 2L, "salt", 9L, "tea", 11L)).build()));

    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("NOT_ENOUGH_AVAILABLE");
    assertThat(refusal.fields()).containsExactly("lines[0].quantity", "lines[2].quantity");
    assertThat(refusal.message()).contains("the 1 that are available", "the 10 that are");
    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void protected_units_stay_where_they_are() {
    Item.Builder guarded = backorderItem("gold");
    guarded.setProtectedQuantity(4);
    inventory.with(guarded).adjust("gold", 10);
    Refusal refusal = Refusal.of(() -> room.transfer(LEEDS, YORK, Map.of("gold", 7L)));
    assertThat(refusal.message()).contains("the 6 that are available");
    room.transfer(LEEDS, YORK, Map.of("gold", 6L));
    assertThat(inventory.balance("gold").getAvailableQuantity()).isZero();
  }

  @Test
  void what_cannot_move_is_refused_by_name() {
    Item.Builder kit = backorderItem("set");
    kit.addComponents(KitComponent.newBuilder().setSku("tea").setQuantity(1));
    kit.getSalesPolicyBuilder().setLeadTimeDays(0);
    inventory.with(kit);
    inventory.with(location("hull").setActive(false));

    CreateTransferRequest bad =
        transferOf(LEEDS, YORK, Map.of("set", 1L, "nothing", 1L, "tea", 1L)).build();
    assertThat(Refusal.of(() -> inventory.transfers.createTransfer(bad)).fields())
        .containsExactly("lines[0].sku", "lines[1].sku");
    CreateTransferRequest twice =
        transferOf(LEEDS, LEEDS, Map.of("tea", 1L))
            .addLines(transferOf(LEEDS, YORK, Map.of("tea", 1L)).getLines(0))
            .build();
    assertThat(Refusal.of(() -> inventory.transfers.createTransfer(twice)).fields())
        .containsExactly("to_location", "lines[1].sku");
    assertThat(refusedBetween(LEEDS, "hull")).isEqualTo("LOCATION_INACTIVE");
    assertThat(refusedBetween("hull", LEEDS)).isEqualTo("LOCATION_INACTIVE");
    assertThat(refusedBetween(LEEDS, "nowhere")).isEqualTo("LOCATION_NOT_FOUND");
    assertThat(refusedBetween("nowhere", LEEDS)).isEqualTo("LOCATION_NOT_FOUND");
  }

  @Test
  void a_plan_that_is_only_validated_changes_nothing_and_may_be_made_with_the_same_id() {
    CreateTransferRequest plan = transferOf(LEEDS, YORK, Map.of("tea", 4L)).build();
    Map<String, Long> before = Database.counts();

    Transfer told =
        inventory
            .transfers
            .createTransfer(plan.toBuilder().setValidateOnly(true).build())
            .getTransfer();

    assertThat(told.getTransferId()).isEmpty();
    assertThat(told.getLines(0).getOutgoingQuantity()).isEqualTo(4);
    assertThat(Database.counts()).isEqualTo(before);
    assertThat(
            Refusal.of(
                    () ->
                        inventory.transfers.createTransfer(
                            transferOf(LEEDS, YORK, Map.of("tea", 11L))
                                .setValidateOnly(true)
                                .build()))
                .reason())
        .isEqualTo("NOT_ENOUGH_AVAILABLE");
    assertThat(inventory.transfers.createTransfer(plan).getTransfer().getTransferId()).isNotEmpty();
  }

  @Test
  void what_the_state_does_not_allow_is_refused_with_what_to_do() {
    Transfer planned = plan(4);
    String supply = planned.getLines(0).getSupplyId();
    assertThat(Refusal.of(() -> close(planned.getTransferId())).message()).contains("cancel it");
    Refusal early = Refusal.of(() -> room.receive(supply, 1));
    assertThat(early.reason()).isEqualTo("TRANSFER_NOT_SHIPPED");
    assertThat(early.metadata()).containsEntry("transfer_id", planned.getTransferId());
    assertThat(Refusal.of(() -> ship(planned, 5)).fields()).containsExactly("lines[0].quantity");
    assertThat(Refusal.of(() -> ship(planned, 0)).reason()).isEqualTo("NOTHING_TO_SHIP");

    ship(planned, 4);

    Refusal tooLate = Refusal.of(() -> cancel(planned.getTransferId()));
    assertThat(tooLate.reason()).isEqualTo("TRANSFER_STATE");
    assertThat(tooLate.metadata()).containsEntry("state", "SHIPPED");
    assertThat(tooLate.message()).contains("plan a transfer back");
    assertThat(Refusal.of(() -> ship(planned, 4)).reason()).isEqualTo("TRANSFER_STATE");
    assertThat(Refusal.of(() -> room.receive(supply, 5)).reason()).isEqualTo("OVER_RECEIPT");
    room.receive(supply, 4);
    assertThat(Refusal.of(() -> room.receive(supply, 1)).reason()).isEqualTo("SUPPLY_CLOSED");
    assertThat(Refusal.of(() -> close(planned.getTransferId())).reason())
        .isEqualTo("TRANSFER_STATE");
    assertThat(Refusal.of(() -> redate(planned.getTransferId(), room.day(5))).reason())
        .isEqualTo("TRANSFER_STATE");
    assertThat(Refusal.of(() -> cancel(request())).reason()).isEqualTo("TRANSFER_NOT_FOUND");
  }

  @Test
  void transfers_are_listed_by_item_place_and_state_in_pages() {
    inventory.with(backorderItem("jam")).adjust("jam", 5);
    Transfer first = plan(1);
    Transfer second = plan(1);
    Transfer jam = room.transfer(LEEDS, YORK, Map.of("jam", 1L));
    cancel(first.getTransferId());
    ship(second, 1);

    assertThat(ids(ListTransfersRequest.newBuilder()))
        .containsExactly(first.getTransferId(), second.getTransferId(), jam.getTransferId());
    assertThat(ids(ListTransfersRequest.newBuilder().setSku("jam")))
        .containsExactly(jam.getTransferId());
    assertThat(ids(ListTransfersRequest.newBuilder().setOpenOnly(true)))
        .containsExactly(second.getTransferId(), jam.getTransferId());
    assertThat(
            ids(ListTransfersRequest.newBuilder().setState(TransferState.TRANSFER_STATE_CANCELLED)))
        .containsExactly(first.getTransferId());
    assertThat(ids(ListTransfersRequest.newBuilder().setFromLocation(YORK))).isEmpty();
    assertThat(ids(ListTransfersRequest.newBuilder().setToLocation(YORK))).hasSize(3);
    ListTransfersResponse page =
        inventory.transfers.listTransfers(ListTransfersRequest.newBuilder().setPageSize(2).build());
    assertThat(
            ids(
                ListTransfersRequest.newBuilder()
                    .setPageSize(2)
                    .setPageToken(page.getNextPageToken())))
        .containsExactly(jam.getTransferId());
  }

  private List<String> ids(ListTransfersRequest.Builder request) {
    return inventory.transfers.listTransfers(request.build()).getTransfersList().stream()
        .map(Transfer::getTransferId)
        .toList();
  }

  private String refusedBetween(String from, String to) {
    return Refusal.of(() -> room.transfer(from, to, Map.of("tea", 1L))).reason();
  }

  private Transfer plan(long units) {
    return room.transfer(LEEDS, YORK, Map.of("tea", units));
  }

  private Transfer ship(Transfer transfer, long units) {
    return inventory
        .transfers
        .shipTransfer(
            ShipTransferRequest.newBuilder()
                .setRequestId(request())
                .setTransferId(transfer.getTransferId())
                .addLines(
                    DepartedUnits.newBuilder()
                        .setSku(transfer.getLines(0).getSku())
                        .setQuantity(units))
                .build())
        .getTransfer();
  }

  private Transfer cancel(String id) {
    return inventory
        .transfers
        .cancelTransfer(
            CancelTransferRequest.newBuilder()
                .setRequestId(request())
                .setTransferId(id)
                .setReason("no lorry")
                .build())
        .getTransfer();
  }

  private Transfer close(String id) {
    return inventory
        .transfers
        .closeTransfer(
            CloseTransferRequest.newBuilder()
                .setRequestId(request())
                .setTransferId(id)
                .setReason("stolen")
                .build())
        .getTransfer();
  }

  private Transfer redate(String id, LocalDate day) {
    return inventory
        .transfers
        .redateTransfer(
            RedateTransferRequest.newBuilder()
                .setRequestId(request())
                .setTransferId(id)
                .setExpectedDate(Wire.date(day))
                .build())
        .getTransfer();
  }

  /** An order that only York can serve. */
  private void waitAtYork(String orderId, long units) {
    room.place(
        orderOf(orderId, "tea", units)
            .setSalesContext(SalesContext.newBuilder().setPickUpLocation(YORK)));
  }

  private StockBalance at(String place) {
    return balance(inventory, "tea", place);
  }

  static StockBalance balance(Inventory inventory, String sku, String place) {
    return inventory
        .stock
        .getStock(GetStockRequest.newBuilder().setSku(sku).build())
        .getBalancesList()
        .stream()
        .filter(balance -> balance.getLocation().equals(place))
        .findFirst()
        .orElse(StockBalance.getDefaultInstance());
  }
}
