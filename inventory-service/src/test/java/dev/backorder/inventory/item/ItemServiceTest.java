package dev.backorder.inventory.item;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.inventory.item.model.ItemPolicy;
import dev.backorder.inventory.item.model.SalesMode;
import dev.backorder.inventory.testing.Database;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.v1.BackorderLimit;
import dev.backorder.inventory.v1.BackorderLimitKind;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.ChannelPolicy;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ListItemsRequest;
import dev.backorder.inventory.v1.ListItemsResponse;
import dev.backorder.inventory.v1.ReplenishmentMethod;
import dev.backorder.inventory.v1.ReplenishmentPolicy;
import dev.backorder.inventory.v1.SalesPolicy;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.platform.testing.Stampede;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ItemServiceTest {

  @Inject Items useCase;

  private Inventory inventory;

  @BeforeEach
  void reset() {
    inventory = new Inventory().reset();
  }

  @Test
  void an_item_is_read_as_it_was_created() {
    Item item =
        backorderItem("TEA-1")
            .setSalesPolicy(
                SalesPolicy.newBuilder()
                    .setSalesMode(dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER)
                    .setBackorderLimit(
                        BackorderLimit.newBuilder()
                            .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_FIXED)
                            .setQuantity(40))
                    .setReleaseDate(date(2026, 5, 1))
                    .setLeadTimeDays(9)
                    .setMaxWaitDays(60))
            .setLowStockThresholdQuantity(3)
            .setProtectedQuantity(2)
            .setReplenishmentPolicy(
                ReplenishmentPolicy.newBuilder()
                    .setMethod(ReplenishmentMethod.REPLENISHMENT_METHOD_MIN_MAX)
                    .setMinQuantity(5)
                    .setMaxQuantity(5))
            .addChannelPolicies(
                channel("market", dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY))
            .build();
    inventory.with(item.toBuilder());

    Item read = get("TEA-1");
    assertThat(read.getEtag()).isNotEmpty();
    assertThat(read.hasCreateTime()).isTrue();
    assertThat(read.toBuilder().clearEtag().clearCreateTime().clearUpdateTime().build())
        .isEqualTo(
            item.toBuilder()
                .setChannelPolicies(
                    0,
                    item.getChannelPolicies(0).toBuilder()
                        .setSalesPolicy(
                            item.getChannelPolicies(0).getSalesPolicy().toBuilder()
                                .setBackorderLimit(
                                    BackorderLimit.newBuilder()
                                        .setKind(BackorderLimitKind.BACKORDER_LIMIT_KIND_NONE))))
                .build());
  }

  @Test
  void an_unknown_item_is_not_found() {
    Refusal refusal = Refusal.of(() -> get("NO-SUCH"));
    assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(refusal.reason()).isEqualTo("ITEM_NOT_FOUND");
  }

  @Test
  void a_thousand_items_are_created_at_once() {
    BatchCreateItemsRequest.Builder request =
        BatchCreateItemsRequest.newBuilder().setRequestId(request());
    IntStream.range(0, 1000).forEach(i -> request.addItems(backorderItem("BULK-" + i)));
    assertThat(inventory.items.batchCreateItems(request.build()).getCreatedCount()).isEqualTo(1000);
    assertThat(Database.counts()).containsEntry("item", 1000L);
  }

  @Test
  void a_batch_is_created_whole_or_not_at_all() {
    inventory.with(backorderItem("OLD"));
    Map<String, Long> before = Database.counts();
    Refusal refusal = Refusal.of(() -> create(backorderItem("NEW"), backorderItem("OLD")));
    assertThat(refusal.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("ITEM_EXISTS");
    assertThat(refusal.message()).contains("OLD");
    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void every_bad_field_of_every_item_is_named_at_once() {
    Map<String, Long> before = Database.counts();
    Refusal refusal =
        Refusal.of(
            () ->
                create(
                    backorderItem("bad sku").setProtectedQuantity(-1),
                    backorderItem("GOOD"),
                    Item.newBuilder().setSku("NO-POLICY"),
                    backorderItem("PRE")
                        .setSalesPolicy(
                            SalesPolicy.newBuilder()
                                .setSalesMode(
                                    dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER)
                                .setLeadTimeDays(-1)),
                    Inventory.replenishedItem("MINMAX", 2, 1)));
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields())
        .containsExactlyInAnyOrder(
            "items[0].sku",
            "items[0].protected_quantity",
            "items[2].sales_policy",
            "items[3].sales_policy",
            "items[3].sales_policy.lead_time_days",
            "items[4].replenishment_policy");
    assertThat(Database.counts()).isEqualTo(before);
  }

  @Test
  void a_sku_twice_and_days_that_do_not_exist_are_named_at_once() {
    SalesPolicy never =
        SalesPolicy.newBuilder()
            .setSalesMode(dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER)
            .setReleaseDate(date(2026, 2, 30))
            .build();
    Refusal refusal =
        Refusal.of(
            () ->
                create(
                    backorderItem("A"),
                    backorderItem("A").setSalesPolicy(never),
                    backorderItem("B")
                        .addChannelPolicies(
                            ChannelPolicy.newBuilder().setChannel("web").setSalesPolicy(never))
                        .addChannelPolicies(
                            ChannelPolicy.newBuilder().setChannel("web").setSalesPolicy(never))));
    assertThat(refusal.fields())
        .containsExactlyInAnyOrder(
            "items[1].sku",
            "items[1].sales_policy.release_date",
            "items[2].channel_policies[0].sales_policy.release_date",
            "items[2].channel_policies[1].sales_policy.release_date",
            "items[2].channel_policies[1].channel");
  }

  @Test
  void a_minimum_above_the_maximum_is_refused() {
    Refusal refusal = Refusal.of(() -> create(Inventory.replenishedItem("G09", 2, 1)));
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields()).containsExactly("items[0].replenishment_policy");
  }

  @Test
  void pages_walk_through_all_items_in_the_order_of_their_skus() {
    create(
        IntStream.range(0, 7).mapToObj(i -> backorderItem("P-" + i)).toArray(Item.Builder[]::new));
    List<String> seen = new ArrayList<>();
    String token = "";
    int pages = 0;
    do {
      ListItemsResponse page =
          inventory.items.listItems(
              ListItemsRequest.newBuilder().setPageSize(3).setPageToken(token).build());
      page.getItemsList().forEach(item -> seen.add(item.getSku()));
      token = page.getNextPageToken();
      pages++;
    } while (!token.isEmpty());
    assertThat(pages).isEqualTo(3);
    assertThat(seen).containsExactly("P-0", "P-1", "P-2", "P-3", "P-4", "P-5", "P-6");
  }

  @Test
  void an_update_replaces_the_item_and_gives_a_new_etag() {
    inventory.with(
        backorderItem("UP")
            .addChannelPolicies(
                channel("market", dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY)));
    Item read = get("UP");
    Item wanted = read.toBuilder().setDescription("Another thing").clearChannelPolicies().build();
    Item updated = update(wanted, request());
    assertThat(updated.getDescription()).isEqualTo("Another thing");
    assertThat(updated.getChannelPoliciesList()).isEmpty();
    assertThat(updated.getEtag()).isNotEqualTo(read.getEtag());
    assertThat(get("UP")).isEqualTo(updated);
  }

  @Test
  void an_update_of_something_that_changed_meanwhile_is_aborted() {
    inventory.with(backorderItem("RACE"));
    Item read = get("RACE");
    update(read.toBuilder().setDescription("first").build(), request());
    Refusal refusal =
        Refusal.of(() -> update(read.toBuilder().setDescription("second").build(), request()));
    assertThat(refusal.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(refusal.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(get("RACE").getDescription()).isEqualTo("first");
  }

  @Test
  void an_update_without_etag_is_refused() {
    inventory.with(backorderItem("BLIND"));
    Refusal refusal =
        Refusal.of(() -> update(get("BLIND").toBuilder().clearEtag().build(), request()));
    assertThat(refusal.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(refusal.fields()).containsExactly("item.etag");
  }

  @Test
  void a_repeated_update_gets_the_first_answer() {
    inventory.with(backorderItem("AGAIN"));
    Item wanted = get("AGAIN").toBuilder().setDescription("once").build();
    String request = request();
    Item first = update(wanted, request);
    assertThat(update(wanted, request)).isEqualTo(first);
    assertThat(get("AGAIN").getEtag()).isEqualTo(first.getEtag());
  }

  @Test
  void a_channel_may_sell_in_another_way() {
    inventory.with(
        backorderItem("CH")
            .addChannelPolicies(
                channel("market", dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY)));
    inventory.with(backorderItem("CH-2"));
    assertThat(policies("market", "CH", "CH-2", "NONE"))
        .extractingFromEntries(e -> e.getKey() + " " + e.getValue().sales().mode())
        .containsExactly("CH " + SalesMode.IN_STOCK_ONLY, "CH-2 " + SalesMode.BACKORDER);
    assertThat(policies("", "CH").get("CH").sales().mode()).isEqualTo(SalesMode.BACKORDER);
    assertThat(policies("other", "CH").get("CH").sales().mode()).isEqualTo(SalesMode.BACKORDER);
  }

  @Test
  void a_release_date_is_the_same_day_wherever_the_database_thinks_it_is() {
    inventory.with(
        backorderItem("REL")
            .setSalesPolicy(
                SalesPolicy.newBuilder()
                    .setSalesMode(dev.backorder.inventory.v1.SalesMode.SALES_MODE_PREORDER)
                    .setReleaseDate(date(2026, 5, 1))));
    assertThat(get("REL").getSalesPolicy().getReleaseDate()).isEqualTo(date(2026, 5, 1));
    assertThat(policies("", "REL").get("REL").sales().releaseDate())
        .contains(LocalDate.of(2026, 5, 1));
  }

  @Test
  void C05_backorders_cannot_be_switched_off_while_units_wait() {
    inventory.withLeeds().with(backorderItem("DEBT"));
    inventory.allocate("order-1", "DEBT", 4);
    Item read = get("DEBT");
    Item stockOnly =
        read.toBuilder()
            .setSalesPolicy(
                SalesPolicy.newBuilder()
                    .setSalesMode(dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY))
            .build();
    Refusal refusal = Refusal.of(() -> update(stockOnly, request()));
    assertThat(refusal.code()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(refusal.reason()).isEqualTo("DEBT_OPEN");
    assertThat(refusal.metadata()).containsEntry("sku", "DEBT").containsEntry("waiting", "4");

    inventory.adjust("DEBT", 4);
    assertThat(update(stockOnly, request()).getSalesPolicy().getSalesMode())
        .isEqualTo(dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY);
  }

  @Test
  void whoever_comes_first_backorders_are_off_or_units_wait_but_never_both() {
    inventory.withLeeds();
    for (int round = 0; round < 10; round++) {
      String sku = "RACE-" + round;
      inventory.with(backorderItem(sku));
      Item stockOnly =
          get(sku).toBuilder()
              .setSalesPolicy(
                  SalesPolicy.newBuilder()
                      .setSalesMode(dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY))
              .build();
      Stampede.run(6, thread -> thread == 0 ? () -> tryUpdate(stockOnly) : () -> buy(sku, thread));
      boolean off =
          get(sku).getSalesPolicy().getSalesMode()
              == dev.backorder.inventory.v1.SalesMode.SALES_MODE_IN_STOCK_ONLY;
      long waiting = inventory.balance(sku).getWaitingQuantity();
      assertThat(off).as("%s with %d waiting", sku, waiting).isEqualTo(waiting == 0);
    }
  }

  private boolean tryUpdate(Item item) {
    try {
      return update(item, request()).getSku().equals(item.getSku());
    } catch (StatusRuntimeException e) {
      assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
      return false;
    }
  }

  private boolean buy(String sku, int buyer) {
    return inventory.allocate(sku + "-" + buyer, sku, 1).hasAllocation();
  }

  private Item get(String sku) {
    return inventory.items.getItem(GetItemRequest.newBuilder().setSku(sku).build()).getItem();
  }

  private Item update(Item item, String requestId) {
    return inventory
        .items
        .updateItem(UpdateItemRequest.newBuilder().setRequestId(requestId).setItem(item).build())
        .getItem();
  }

  private void create(Item.Builder... items) {
    BatchCreateItemsRequest.Builder request =
        BatchCreateItemsRequest.newBuilder().setRequestId(request());
    for (Item.Builder item : items) {
      request.addItems(item);
    }
    assertThat(inventory.items.batchCreateItems(request.build()).getCreatedCount())
        .isEqualTo(items.length);
  }

  private Map<String, ItemPolicy> policies(String channel, String... skus) {
    return QuarkusTransaction.requiringNew().call(() -> useCase.policies(List.of(skus), channel));
  }

  private static ChannelPolicy channel(
      String code, dev.backorder.inventory.v1.SalesMode salesMode) {
    return ChannelPolicy.newBuilder()
        .setChannel(code)
        .setSalesPolicy(SalesPolicy.newBuilder().setSalesMode(salesMode))
        .build();
  }

  private static Date date(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
