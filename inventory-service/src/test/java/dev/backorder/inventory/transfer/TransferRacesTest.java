package dev.backorder.inventory.transfer;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.replenishedItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.orderOf;
import static dev.backorder.inventory.testing.Stockroom.transferOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.CreateRingFenceRequest;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.GetAvailableToPromiseRequest;
import dev.backorder.inventory.v1.HoldLine;
import dev.backorder.inventory.v1.InventoryEvent;
import dev.backorder.inventory.v1.PlaceHoldRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.RingFence;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyKind;
import dev.backorder.inventory.v1.Transfer;
import dev.backorder.inventory.v1.TransferChangeCause;
import dev.backorder.inventory.v1.TransferState;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers beside everything else that wants the same units, or that takes them away. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class TransferRacesTest extends StockroomTest {
  private static final String YORK = "york";

  @BeforeEach
  void two_places() {
    inventory.with(location(YORK).setPriority(5));
    inventory.with(backorderItem("tea")).adjust("tea", 10);
  }

  @Test
  void a_plan_repeated_many_times_at_once_sets_aside_once() throws Exception {
    CreateTransferRequest same = transferOf(LEEDS, YORK, Map.of("tea", 3L)).build();

    List<Object> answers = atOnce(java.util.Collections.nCopies(8, () -> create(same)));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(outgoing()).isEqualTo(3);
  }

  @Test
  void a_departure_repeated_many_times_at_once_leaves_once() throws Exception {
    ShipTransferRequest same =
        ShipTransferRequest.newBuilder()
            .setRequestId(request())
            .setTransferId(plan(4).getTransferId())
            .build();

    List<Object> answers =
        atOnce(java.util.Collections.nCopies(8, () -> inventory.transfers.shipTransfer(same)));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(6);
  }

  @Test
  void orders_and_plans_at_once_never_get_a_unit_twice() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String id = "o" + i;
      calls.add(
          () ->
              room.place(
                  orderOf(id, "tea", 3)
                      .setSalesContext(SalesContext.newBuilder().setPickUpLocation(LEEDS))));
      calls.add(() -> create(transferOf(LEEDS, YORK, Map.of("tea", 3L)).build()));
    }

    List<Object> answers = atOnce(calls);

    long refused = answers.stream().filter(StatusRuntimeException.class::isInstance).count();
    var leeds = inventory.balance("tea");
    assertThat(leeds.getReservedQuantity() + leeds.getOutgoingQuantity()).isLessThanOrEqualTo(10);
    assertThat(leeds.getOutgoingQuantity()).isEqualTo(3 * (6 - refused));
    assertThat(leeds.getAvailableQuantity()).isZero();
  }

  @Test
  void a_departure_and_a_cancellation_at_once_are_one_of_them() throws Exception {
    for (int round = 0; round < 5; round++) {
      String id = plan(2).getTransferId();
      List<Object> answers =
          atOnce(
              List.of(
                  () -> room.shipTransfer(id),
                  () ->
                      inventory.transfers.cancelTransfer(
                          dev.backorder.inventory.v1.CancelTransferRequest.newBuilder()
                              .setRequestId(request())
                              .setTransferId(id)
                              .build())));
      assertThat(answers).filteredOn(StatusRuntimeException.class::isInstance).hasSize(1);
    }
  }

  @Test
  void lines_of_one_transfer_that_arrive_at_once_all_count() throws Exception {
    inventory.with(backorderItem("jam")).adjust("jam", 5);
    Transfer sent =
        room.shipTransfer(room.transfer(LEEDS, YORK, Map.of("tea", 4L, "jam", 4L)).getTransferId());
    List<Callable<Object>> arrivals = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.getLinesList().forEach(line -> arrivals.add(() -> room.receive(line.getSupplyId(), 1)));
    }

    assertThat(atOnce(arrivals)).noneMatch(StatusRuntimeException.class::isInstance);

    Transfer received = room.transfer(sent.getTransferId());
    assertThat(received.getState()).isEqualTo(TransferState.TRANSFER_STATE_RECEIVED);
    assertThat(received.getVersion()).isEqualTo(sent.getVersion() + 8);
  }

  @Test
  void units_that_are_gone_are_lost_by_carts_then_by_the_last_plan_then_by_orders() {
    room.order("o1", "tea", 2);
    Transfer first = plan(3);
    Transfer last = plan(3);
    waitAtYork("there", 6);
    inventory.holds.placeHold(
        PlaceHoldRequest.newBuilder()
            .setRequestId(request())
            .setCartId("cart")
            .addLines(HoldLine.newBuilder().setSku("tea").setQuantity(1))
            .build());

    inventory.discrepancy("tea", -4);

    assertThat(inventory.balance("tea").getHeldQuantity()).isZero();
    assertThat(room.transfer(last.getTransferId()).getLines(0).getOutgoingQuantity()).isEqualTo(1);
    assertThat(room.transfer(first.getTransferId()).getVersion()).isEqualTo(1);
    assertThat(room.fate("o1")).isEqualTo("2+0");
    assertThat(room.supply(last.getLines(0).getSupplyId()).getExpectedQuantity()).isEqualTo(1);
    assertThat(room.line("there").getPortionsList())
        .filteredOn(p -> p.getPromise().getBasis() == PromiseBasis.PROMISE_BASIS_PURCHASE)
        .singleElement()
        .satisfies(p -> assertThat(p.getQuantity()).isEqualTo(2));

    inventory.discrepancy("tea", -5);

    assertThat(outgoing()).isZero();
    assertThat(room.fate("o1")).isEqualTo("1+1");
    Transfer empty = room.transfer(first.getTransferId());
    assertThat(empty.getState()).isEqualTo(TransferState.TRANSFER_STATE_PLANNED);
    assertThat(empty.getLines(0).getPlannedQuantity()).isEqualTo(3);
    assertThat(Refusal.of(() -> room.shipTransfer(first.getTransferId())).reason())
        .isEqualTo("NOTHING_TO_SHIP");
  }

  @Test
  void units_set_aside_can_be_suspected_like_others() {
    Transfer planned = plan(8);
    inventory.quality.placeQualityHold(
        PlaceQualityHoldRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setSku("tea")
            .setQuantity(5)
            .setReason("smells")
            .build());
    assertThat(room.transfer(planned.getTransferId()).getLines(0).getOutgoingQuantity())
        .isEqualTo(5);
  }

  @Test
  void units_set_aside_cannot_be_taken_for_a_purpose() {
    plan(8);
    assertThat(Refusal.of(() -> inventory.adjust("tea", -3)).metadata())
        .containsEntry("possible", "2");
  }

  @Test
  void planning_and_losing_at_once_keep_the_books_right() throws Exception {
    List<Callable<Object>> calls = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      calls.add(() -> plan(2));
      calls.add(() -> inventory.discrepancy("tea", -1));
    }
    assertThat(atOnce(calls))
        .filteredOn(StatusRuntimeException.class::isInstance)
        .allMatch(refused -> refused.toString().contains("available"));
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(5);
  }

  @Test
  void what_arrives_may_have_to_be_inspected_and_keeps_its_promises() {
    waitAtYork("o1", 6);
    Transfer sent = room.shipTransfer(plan(6).getTransferId());

    ReceivedGoods goods =
        inventory
            .supplies
            .receiveGoods(
                ReceiveGoodsRequest.newBuilder()
                    .setRequestId(request())
                    .addGoods(
                        ArrivedGoods.newBuilder()
                            .setSupplyId(sent.getLines(0).getSupplyId())
                            .setQuantity(6)
                            .setQualityHoldQuantity(2))
                    .build())
            .getGoods(0);

    Supply hold = room.supply(goods.getReceipt().getQualityHoldId());
    assertThat(hold.getKind()).isEqualTo(SupplyKind.SUPPLY_KIND_QUALITY_HOLD);
    assertThat(hold.getSourceId()).isEqualTo(hold.getSupplyId());
    assertThat(hold.getPeggedQuantity()).isEqualTo(2);
    assertThat(room.fate("o1")).isEqualTo("4+2");
    assertThat(TransferLedger.told(inventory, sent).get(1))
        .isEqualTo(
            "TRANSFER_RECEIPT: ON_HAND york 4 -> 4, QUARANTINE york 2 -> 2, IN_TRANSIT -6 -> 0");
  }

  @Test
  void goods_of_a_purchase_and_of_a_transfer_are_received_together() {
    Transfer sent = room.shipTransfer(plan(6).getTransferId());
    room.told(
        "s1", "tea", YORK, 4, room.day(1), dev.backorder.inventory.book.SupplyState.CONFIRMED);

    room.receive(Map.of("s1", 4L, sent.getLines(0).getSupplyId(), 5L));

    assertThat(TransferTest.balance(inventory, "tea", YORK).getOnHandQuantity()).isEqualTo(9);
    assertThat(inventory.eventsOf("po-s1")).hasSize(1);
    assertThat(inventory.eventsOf("")).isEmpty();
  }

  @Test
  void every_change_is_a_fact_with_the_full_state_and_the_next_version() throws Exception {
    Transfer planned = plan(6);
    inventory.discrepancy("tea", -5);
    Transfer sent = room.shipTransfer(planned.getTransferId());
    room.receive(sent.getLines(0).getSupplyId(), 5);

    List<Event> facts = inventory.eventsOf(planned.getTransferId());

    assertThat(facts).extracting(Event::getKeyVersion).containsExactly(1L, 2L, 3L, 4L);
    List<TransferChangeCause> causes = new ArrayList<>();
    for (Event fact : facts) {
      causes.add(fact.getPayload().unpack(InventoryEvent.class).getTransferChanged().getCause());
    }
    assertThat(causes)
        .containsExactly(
            TransferChangeCause.TRANSFER_CHANGE_CAUSE_PLANNED,
            TransferChangeCause.TRANSFER_CHANGE_CAUSE_SHRINKAGE,
            TransferChangeCause.TRANSFER_CHANGE_CAUSE_SHIPPED,
            TransferChangeCause.TRANSFER_CHANGE_CAUSE_RECEIVED);
    assertThat(
            facts
                .get(3)
                .getPayload()
                .unpack(InventoryEvent.class)
                .getTransferChanged()
                .getTransfer())
        .isEqualTo(room.transfer(planned.getTransferId()));
  }

  @Test
  void what_comes_from_another_place_is_not_bought_and_what_leaves_is() {
    inventory.with(replenishedItem("salt", 3, 8)).adjust("salt", 10);
    inventory.time.settle();
    assertThat(inventory.needs("salt")).isEmpty();

    room.transfer(LEEDS, YORK, Map.of("salt", 8L));
    inventory.time.advance(java.time.Duration.ofHours(2));

    assertThat(inventory.needs("salt"))
        .singleElement()
        .satisfies(
            need -> {
              assertThat(need.getLocation()).isEqualTo(LEEDS);
              assertThat(need.getQuantity()).isEqualTo(6);
            });
  }

  @Test
  void what_can_be_promised_by_day_leaves_out_what_is_set_aside() {
    plan(6);
    var days =
        inventory.availability.getAvailableToPromise(
            GetAvailableToPromiseRequest.newBuilder().setSku("tea").setHorizonDays(5).build());
    assertThat(days.getDays(0).getAvailableToPromiseQuantity()).isEqualTo(4);
    assertThat(days.getDays(0).getProjectedQuantity()).isEqualTo(4);
    assertThat(days.getDays(3).getProjectedQuantity()).isEqualTo(10);
    assertThat(days.getDays(3).getAvailableToPromiseQuantity()).isEqualTo(10);
  }

  @Test
  void what_a_ring_fence_keeps_is_not_moved() {
    inventory.ringFences.createRingFence(
        CreateRingFenceRequest.newBuilder()
            .setRequestId(request())
            .setRingFence(
                RingFence.newBuilder()
                    .setRingFenceId("f")
                    .setSku("tea")
                    .setLocation(LEEDS)
                    .setChannel("web")
                    .setQuantity(7))
            .build());
    assertThat(Refusal.of(() -> plan(4)).message()).contains("the 3 that are available");
    Transfer planned = plan(3);
    room.shipTransfer(planned.getTransferId());
    room.receive(planned.getLines(0).getSupplyId(), 3);
    assertThat(TransferTest.balance(inventory, "tea", YORK).getAvailableQuantity()).isEqualTo(3);
  }

  private Transfer plan(long units) {
    return room.transfer(LEEDS, YORK, Map.of("tea", units));
  }

  private Transfer create(CreateTransferRequest request) {
    return inventory.transfers.createTransfer(request).getTransfer();
  }

  private long outgoing() {
    return inventory.balance("tea").getOutgoingQuantity();
  }

  private void waitAtYork(String orderId, long units) {
    room.place(
        orderOf(orderId, "tea", units)
            .setSalesContext(SalesContext.newBuilder().setPickUpLocation(YORK)));
  }

  private static List<Object> atOnce(List<? extends Callable<?>> calls) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(calls.size());
    try {
      List<Callable<Object>> caught = new ArrayList<>();
      for (Callable<?> call : calls) {
        caught.add(
            () -> {
              try {
                return call.call();
              } catch (StatusRuntimeException e) {
                return e;
              }
            });
      }
      List<Object> answers = new ArrayList<>();
      for (Future<Object> answer : pool.invokeAll(caught)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }
}
