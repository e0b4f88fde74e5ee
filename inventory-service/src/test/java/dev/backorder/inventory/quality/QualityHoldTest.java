package dev.backorder.inventory.quality;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static dev.backorder.inventory.testing.Stockroom.quantity;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AcceptReturnRequest;
import dev.backorder.inventory.v1.ArrivedGoods;
import dev.backorder.inventory.v1.GetQualityHoldRequest;
import dev.backorder.inventory.v1.LedgerAccount;
import dev.backorder.inventory.v1.LedgerTransaction;
import dev.backorder.inventory.v1.LedgerTransactionKind;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.ListQualityHoldsRequest;
import dev.backorder.inventory.v1.ListQualityHoldsResponse;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PromiseBasis;
import dev.backorder.inventory.v1.QualityHold;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceivedGoods;
import dev.backorder.inventory.v1.RejectionKind;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldResponse;
import dev.backorder.inventory.v1.Supply;
import dev.backorder.inventory.v1.SupplyKind;
import dev.backorder.inventory.v1.SupplyState;
import dev.backorder.inventory.wire.Wire;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Units that are in the building and may not be sold before somebody has inspected them. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class QualityHoldTest extends StockroomTest {
  @BeforeEach
  void item() {
    inventory.with(backorderItem("tea"));
  }

  @Test
  void lines_that_were_promised_held_units_keep_their_peg_and_their_date() {
    room.supply("s1", "tea", 10, room.day(4));
    room.order("first", "tea", 4);
    room.order("second", "tea", 4);
    LocalDate told = room.promised("second");

    ReceivedGoods received = receive("s1", 10, 6);

    String hold = received.getReceipt().getQualityHoldId();
    assertThat(received.getReceipt().getQualityHoldQuantity()).isEqualTo(6);
    assertThat(received.getSupply().getReceivedQuantity()).isEqualTo(10);
    assertThat(received.getSupply().getState()).isEqualTo(SupplyState.SUPPLY_STATE_CLOSED);
    assertThat(room.fate("first")).isEqualTo("4+0");
    assertThat(room.fate("second")).isEqualTo("0+4");
    assertThat(room.promised("second")).isEqualTo(told);
    assertThat(room.portion("second").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);
    Supply supply = room.supply(hold);
    assertThat(supply.getKind()).isEqualTo(SupplyKind.SUPPLY_KIND_QUALITY_HOLD);
    assertThat(supply.getPurchaseOrderId()).isEmpty();
    assertThat(supply.getPeggedQuantity()).isEqualTo(4);
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(4);
    assertThat(inventory.balance("tea").getQuarantineQuantity()).isEqualTo(6);
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(6);
    assertThat(inventory.balance("tea").getAvailableQuantity()).isZero();
  }

  @Test
  void only_the_held_part_of_a_partial_receipt_leaves_its_supply() {
    room.supply("s1", "tea", 10, room.day(4));
    room.order("o1", "tea", 9);
    LocalDate told = room.promised("o1");

    String hold = receive("s1", 4, 3).getReceipt().getQualityHoldId();

    assertThat(room.fate("o1")).isEqualTo("1+8");
    assertThat(room.supply("s1").getPeggedQuantity() + room.supply(hold).getPeggedQuantity())
        .isEqualTo(8);
    assertThat(room.line("o1").getPortionsList())
        .filteredOn(p -> p.getPromise().getBasis() == PromiseBasis.PROMISE_BASIS_SUPPLY)
        .allMatch(p -> Wire.day(p.getPromise().getShipByDate()).equals(told));
  }

  @Test
  void held_units_are_promised_and_not_sold() {
    room.supply("s1", "tea", 5, room.day(2));
    receive("s1", 5, 5);

    room.order("o1", "tea", 5);

    assertThat(room.fate("o1")).isEqualTo("0+5");
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);
  }

  @Test
  void accepted_units_serve_who_is_pegged_to_them_and_rejected_ones_the_last_loses() {
    room.supply("s1", "tea", 10, room.day(4));
    room.order("first", "tea", 5);
    room.order("last", "tea", 5);
    String hold = receive("s1", 10, 10).getReceipt().getQualityHoldId();

    ReleaseQualityHoldResponse released = release(hold, 6, 2);

    assertThat(released.getQueueQuantity()).isEqualTo(6);
    assertThat(released.getQualityHold().getHeldQuantity()).isEqualTo(2);
    assertThat(room.fate("first")).isEqualTo("5+0");
    assertThat(room.fate("last")).isEqualTo("1+4");
    assertThat(room.supply(hold).getPeggedQuantity()).isEqualTo(2);
    assertThat(room.line("last").getPortionsList())
        .anyMatch(p -> p.getPromise().getBasis() == PromiseBasis.PROMISE_BASIS_PURCHASE);

    release(hold, 0, 2);

    assertThat(room.supply(hold).getState()).isEqualTo(SupplyState.SUPPLY_STATE_CLOSED);
    assertThat(inventory.balance("tea").getQuarantineQuantity()).isZero();
    assertThat(inventory.balance("tea").getInboundQuantity()).isZero();
    assertThat(room.fate("last")).isEqualTo("1+4");
  }

  @Test
  void suspected_units_of_the_shelf_are_taken_from_the_lowest_ranked() {
    inventory.adjust("tea", 10);
    room.order("first", "tea", 4);
    room.order("important", "tea", 4, 9);

    QualityHold hold = place(8, "").getQualityHold();

    assertThat(room.fate("important")).isEqualTo("2+2");
    assertThat(room.fate("first")).isEqualTo("0+4");
    assertThat(inventory.balance("tea").getInboundQuantity()).isZero();

    release(hold.getQualityHoldId(), 8, 0);

    assertThat(room.fate("important")).isEqualTo("4+0");
    assertThat(room.fate("first")).isEqualTo("4+0");
    assertThat(inventory.balance("tea").getAvailableQuantity()).isEqualTo(2);
  }

  @Test
  void units_of_the_shelf_that_are_expected_back_are_supply() {
    inventory.adjust("tea", 5);
    room.order("o1", "tea", 5);

    inventory.quality.placeQualityHold(
        PlaceQualityHoldRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setSku("tea")
            .setQuantity(5)
            .setExpectedDate(Wire.date(room.day(3)))
            .setReason("recall")
            .build());

    assertThat(room.fate("o1")).isEqualTo("0+5");
    assertThat(room.portion("o1").getPromise().getBasis())
        .isEqualTo(PromiseBasis.PROMISE_BASIS_SUPPLY);
    assertThat(inventory.balance("tea").getInboundQuantity()).isEqualTo(5);
  }

  @Test
  void a_return_in_doubt_serves_nobody_before_it_is_accepted() {
    inventory.adjust("tea", 2);
    room.order("sent", "tea", 2);
    room.ship("sent", 2);
    room.order("waits", "tea", 1);
    inventory.allocations.acceptReturn(
        AcceptReturnRequest.newBuilder()
            .setRequestId(request())
            .setOrderId("sent")
            .setLocation(LEEDS)
            .addLines(quantity("1", 2))
            .setQualityHold(true)
            .build());
    assertThat(room.fate("waits")).isEqualTo("0+1");
    QualityHold hold = list("tea", "", 0).getQualityHolds(0);
    assertThat(hold.getReference()).isEqualTo("sent");

    release(hold.getQualityHoldId(), 1, 1);

    assertThat(room.fate("waits")).isEqualTo("1+0");
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(1);
  }

  @Test
  void the_ledger_tells_why_units_were_held_and_where_they_went() {
    inventory.adjust("tea", 6);
    String id = place(6, "").getQualityHold().getQualityHoldId();
    inventory.quality.releaseQualityHold(
        releaseOf(id, 2, 4)
            .setRejectionKind(RejectionKind.REJECTION_KIND_SUPPLIER_RETURN)
            .setActor("ann")
            .build());

    List<LedgerTransaction> told =
        inventory
            .stock
            .listLedgerTransactions(
                ListLedgerTransactionsRequest.newBuilder().setReference(id).build())
            .getLedgerTransactionsList();

    assertThat(told)
        .extracting(LedgerTransaction::getKind)
        .containsExactly(
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_QUARANTINE,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_RELEASE,
            LedgerTransactionKind.LEDGER_TRANSACTION_KIND_SUPPLIER_RETURN);
    assertThat(told.get(2).getActor()).isEqualTo("ann");
    assertThat(told.get(2).getEntriesList())
        .extracting(e -> e.getAccount() + " " + e.getQuantity() + " " + e.getNewBalanceQuantity())
        .containsExactly(
            LedgerAccount.LEDGER_ACCOUNT_QUARANTINE + " -4 0",
            LedgerAccount.LEDGER_ACCOUNT_SUPPLIERS + " 4 4");
  }

  @Test
  void no_more_is_released_than_is_held() {
    inventory.adjust("tea", 5);
    String id = place(3, "").getQualityHold().getQualityHoldId();
    release(id, 1, 1);
    Refusal refusal = Refusal.of(() -> release(id, 1, 1));
    assertThat(refusal.reason()).isEqualTo("NOT_ENOUGH_HELD");
    assertThat(refusal.metadata()).containsEntry("possible", "1");
    assertThat(Refusal.of(() -> release(id, 0, 0)).fields()).containsExactly("accepted_quantity");
    assertThat(Refusal.of(() -> place(4, "")).reason()).isEqualTo("NOT_ENOUGH_ON_HAND");
  }

  @Test
  void goods_under_inspection_are_not_received_again() {
    room.supply("s1", "tea", 5, room.day(2));
    String hold = receive("s1", 5, 5).getReceipt().getQualityHoldId();
    assertThat(Refusal.of(() -> room.receive(hold, 1)).reason())
        .isEqualTo("SUPPLY_IN_QUALITY_HOLD");
    assertThat(Refusal.of(() -> receive("s1", 1, 2)).fields())
        .containsExactly("goods[0].quality_hold_quantity");
  }

  @Test
  void a_release_repeated_many_times_at_once_happens_once() throws Exception {
    inventory.adjust("tea", 5);
    String id = place(5, "").getQualityHold().getQualityHoldId();
    ReleaseQualityHoldRequest same = releaseOf(id, 2, 1).build();

    List<Object> answers = atOnce(8, () -> inventory.quality.releaseQualityHold(same));

    assertThat(answers).allMatch(answers.get(0)::equals);
    assertThat(get(id).getHeldQuantity()).isEqualTo(2);
  }

  @Test
  void many_releases_of_the_same_units_at_once_release_them_once() throws Exception {
    inventory.adjust("tea", 5);
    room.order("o1", "tea", 5);
    String id = place(5, "").getQualityHold().getQualityHoldId();

    List<Object> answers = atOnce(8, () -> release(id, 5, 0));

    assertThat(answers).filteredOn(ReleaseQualityHoldResponse.class::isInstance).hasSize(1);
    assertThat(room.fate("o1")).isEqualTo("5+0");
    assertThat(inventory.balance("tea").getOnHandQuantity()).isEqualTo(5);
  }

  @Test
  void what_is_held_is_listed_in_pages_with_reason() {
    inventory.adjust("tea", 9);
    String first = place(1, "wet").getQualityHold().getQualityHoldId();
    place(2, "torn");
    place(3, "late");
    release(first, 1, 0);

    ListQualityHoldsResponse page = list("tea", "", 1);

    assertThat(page.getQualityHolds(0).getReason()).isEqualTo("torn");
    assertThat(page.getQualityHolds(0).hasCreateTime()).isTrue();
    ListQualityHoldsResponse next = list("tea", page.getNextPageToken(), 1);
    assertThat(next.getQualityHolds(0).getReason()).isEqualTo("late");
    assertThat(next.getNextPageToken()).isEmpty();
  }

  private static List<Object> atOnce(int threads, Callable<Object> call) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      Callable<Object> caught =
          () -> {
            try {
              return call.call();
            } catch (StatusRuntimeException e) {
              return e;
            }
          };
      List<Object> answers = new java.util.ArrayList<>();
      for (Future<Object> answer : pool.invokeAll(java.util.Collections.nCopies(threads, caught))) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      pool.shutdownNow();
    }
  }

  private ReceivedGoods receive(String supplyId, long quantity, long held) {
    return inventory
        .supplies
        .receiveGoods(
            ReceiveGoodsRequest.newBuilder()
                .setRequestId(request())
                .addGoods(
                    ArrivedGoods.newBuilder()
                        .setSupplyId(supplyId)
                        .setQuantity(quantity)
                        .setQualityHoldQuantity(held))
                .build())
        .getGoods(0);
  }

  private dev.backorder.inventory.v1.PlaceQualityHoldResponse place(long quantity, String why) {
    return inventory.quality.placeQualityHold(
        PlaceQualityHoldRequest.newBuilder()
            .setRequestId(request())
            .setLocation(LEEDS)
            .setSku("tea")
            .setQuantity(quantity)
            .setReason(why.isEmpty() ? "smells" : why)
            .build());
  }

  private ReleaseQualityHoldResponse release(String id, long accepted, long rejected) {
    return inventory.quality.releaseQualityHold(releaseOf(id, accepted, rejected).build());
  }

  private static ReleaseQualityHoldRequest.Builder releaseOf(
      String id, long accepted, long rejected) {
    return ReleaseQualityHoldRequest.newBuilder()
        .setRequestId(request())
        .setQualityHoldId(id)
        .setAcceptedQuantity(accepted)
        .setRejectedQuantity(rejected)
        .setReason("inspected");
  }

  private QualityHold get(String id) {
    return inventory
        .quality
        .getQualityHold(GetQualityHoldRequest.newBuilder().setQualityHoldId(id).build())
        .getQualityHold();
  }

  private ListQualityHoldsResponse list(String sku, String token, int size) {
    return inventory.quality.listQualityHolds(
        ListQualityHoldsRequest.newBuilder()
            .setSku(sku)
            .setLocation(LEEDS)
            .setPageSize(size)
            .setPageToken(token)
            .build());
  }
}
