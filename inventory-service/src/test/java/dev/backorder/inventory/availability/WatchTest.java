package dev.backorder.inventory.availability;

import static dev.backorder.inventory.testing.Inventory.LEEDS;
import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.AvailabilityServiceGrpc;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ItemAvailability;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.StockAdjustment;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.v1.WatchAvailabilityRequest;
import dev.backorder.inventory.v1.WatchAvailabilityResponse;
import dev.backorder.inventory.v1.WatchedItem;
import dev.backorder.platform.testing.GrpcTestChannel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A storefront that shows how items stand, live (AV8). */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class WatchTest extends StockroomTest {
  private final List<Reader> readers = new ArrayList<>();

  @AfterEach
  void leave() {
    readers.forEach(reader -> reader.call.cancel("the test is over", null));
  }

  @Test
  void a_reader_gets_how_things_stand_and_then_what_changes() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam")).adjust("tea", 5);
    Reader reader = watch(watchOf("tea", "jam", "ghost"));
    await().until(() -> reader.items().size() == 3);
    assertThat(reader.last("tea").getAvailableQuantity()).isEqualTo(5);
    assertThat(reader.last("tea").getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    assertThat(reader.last("jam").getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_BACKORDER);
    assertThat(reader.last("ghost").getUnknownItem()).isTrue();

    room.order("o1", "tea", 5);

    await()
        .until(() -> reader.last("tea").getKind() == AvailabilityKind.AVAILABILITY_KIND_BACKORDER);
    assertThat(reader.items()).extracting(ItemAvailability::getSku).containsOnlyOnce("jam");
    inventory.with(backorderItem("ghost"));
    await().until(() -> !reader.last("ghost").getUnknownItem());
  }

  @Test
  void a_changed_policy_a_supply_and_a_hold_are_news_too() {
    inventory.with(backorderItem("tea"));
    Reader reader = watch(watchOf("tea"));
    await().until(() -> reader.items().size() == 1);
    room.supply("s1", "tea", 10, room.day(2));
    await().until(() -> reader.last("tea").getPromise().getSupplyId().equals("s1"));

    Item item =
        inventory.items.getItem(GetItemRequest.newBuilder().setSku("tea").build()).getItem();
    Item.Builder inStockOnly = item.toBuilder();
    inStockOnly.getSalesPolicyBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY);
    inventory.items.updateItem(
        UpdateItemRequest.newBuilder().setRequestId(request()).setItem(inStockOnly).build());
    await()
        .until(
            () -> reader.last("tea").getKind() == AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK);
    assertThat(reader.last("tea").hasPromise()).isFalse();
  }

  @Test
  void each_channel_sees_its_own_state() {
    Item.Builder tea = backorderItem("tea");
    tea.addChannelPolicies(
        ChannelPolicy.newBuilder()
            .setChannel("market")
            .setSalesPolicy(
                SalesPolicy.newBuilder().setSalesMode(SalesMode.SALES_MODE_IN_STOCK_ONLY)));
    inventory.with(tea);
    Reader shop = watch(watchOf("tea"));
    Reader market =
        watch(
            watchOf("tea").toBuilder()
                .setSalesContext(SalesContext.newBuilder().setChannel("market"))
                .build());
    await().until(() -> shop.items().size() == 1 && market.items().size() == 1);
    assertThat(shop.last("tea").getOrderableQuantity()).isEqualTo(-1);
    assertThat(market.last("tea").getOrderableQuantity()).isZero();
  }

  @Test
  void who_comes_back_hears_only_what_differs_from_what_it_knows() {
    inventory.with(backorderItem("tea")).with(backorderItem("jam"));
    inventory.adjust("tea", 5).adjust("jam", 5);
    Reader first = watch(watchOf("tea", "jam"));
    await().until(() -> first.items().size() == 2);
    first.call.cancel("gone", null);
    inventory.adjust("jam", 1);

    WatchAvailabilityRequest.Builder again = WatchAvailabilityRequest.newBuilder();
    for (String sku : List.of("tea", "jam")) {
      again.addItems(WatchedItem.newBuilder().setSku(sku).setKnownEtag(first.last(sku).getEtag()));
    }
    Reader second = watch(again.build());

    await().until(() -> second.items().size() == 1);
    assertThat(second.last("jam").getAvailableQuantity()).isEqualTo(6);
    inventory.adjust("tea", 1);
    await().until(() -> second.items().size() == 2);
    assertThat(second.last("tea").getAvailableQuantity()).isEqualTo(6);
  }

  @Test
  void a_slow_reader_gets_the_newest_state_and_not_what_was_in_between() {
    BatchCreateItemsRequest.Builder items = BatchCreateItemsRequest.newBuilder();
    String[] skus = new String[400];
    for (int i = 0; i < skus.length; i++) {
      skus[i] = "sku-" + i;
      items.addItems(backorderItem(skus[i]));
    }
    inventory.items.batchCreateItems(items.setRequestId(request()).build());
    // As much as is under way at most; a reader far away has no more either.
    ManagedChannel narrow =
        NettyChannelBuilder.forAddress("127.0.0.1", GrpcTestChannel.port())
            .usePlaintext()
            .flowControlWindow(65_536)
            .build();
    Reader slow = new Reader(false);
    AvailabilityServiceGrpc.newStub(narrow).watchAvailability(watchOf(skus), slow);
    Reader fast = watch(watchOf(skus));
    int rounds = 25;
    for (int round = 1; round <= rounds; round++) {
      AdjustStockRequest.Builder more =
          AdjustStockRequest.newBuilder()
              .setRequestId(request())
              .setLocation(LEEDS)
              .setReason("test");
      for (String sku : skus) {
        more.addAdjustments(StockAdjustment.newBuilder().setSku(sku).setQuantity(1));
      }
      inventory.stock.adjustStock(more.build());
      long units = round;
      await().until(() -> fast.last(skus[399]).getAvailableQuantity() == units);
    }
    slow.call.request(1000);
    await().until(() -> slow.last(skus[399]).getAvailableQuantity() == rounds);
    assertThat(fast.items()).hasSize(skus.length * (rounds + 1));
    assertThat(slow.items().size()).as("not every change").isLessThan(skus.length * rounds / 2);
    narrow.shutdownNow();
  }

  @Test
  void a_quiet_stream_shows_that_it_lives() {
    inventory.with(backorderItem("tea"));
    Reader reader = watch(watchOf("tea"));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> reader.messages.stream().anyMatch(m -> m.getItemsCount() == 0));
  }

  @Test
  void an_item_named_twice_is_refused_by_its_field() {
    var stub = AvailabilityServiceGrpc.newBlockingStub(GrpcTestChannel.channel());
    assertThat(Refusal.of(() -> stub.watchAvailability(watchOf("tea", "tea")).next()).fields())
        .containsExactly("items[1].sku");
  }

  private Reader watch(WatchAvailabilityRequest request) {
    Reader reader = new Reader(true);
    start(reader, request);
    return reader;
  }

  private void start(Reader reader, WatchAvailabilityRequest request) {
    AvailabilityServiceGrpc.newStub(GrpcTestChannel.channel()).watchAvailability(request, reader);
    readers.add(reader);
  }

  private static WatchAvailabilityRequest watchOf(String... skus) {
    WatchAvailabilityRequest.Builder request = WatchAvailabilityRequest.newBuilder();
    for (String sku : skus) {
      request.addItems(WatchedItem.newBuilder().setSku(sku));
    }
    return request.build();
  }

  /** Takes what comes, or nothing until it asks. */
  private static final class Reader
      implements ClientResponseObserver<WatchAvailabilityRequest, WatchAvailabilityResponse> {
    private final List<WatchAvailabilityResponse> messages = new CopyOnWriteArrayList<>();
    private final boolean eager;
    private volatile ClientCallStreamObserver<WatchAvailabilityRequest> call;

    Reader(boolean eager) {
      this.eager = eager;
    }

    List<ItemAvailability> items() {
      return messages.stream().flatMap(m -> m.getItemsList().stream()).toList();
    }

    ItemAvailability last(String sku) {
      return items().stream()
          .filter(item -> item.getSku().equals(sku))
          .reduce((a, b) -> b)
          .orElse(ItemAvailability.getDefaultInstance());
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchAvailabilityRequest> stream) {
      call = stream;
      if (!eager) {
        stream.disableAutoRequestWithInitial(0);
      }
    }

    @Override
    public void onNext(WatchAvailabilityResponse message) {
      messages.add(message);
    }

    @Override
    public void onError(Throwable failure) {
      // The test ended the stream.
    }

    @Override
    public void onCompleted() {
      throw new AssertionError("a stream of availability does not end by itself");
    }
  }
}
