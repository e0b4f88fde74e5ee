package dev.backorder.inventory.replenishment;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.replenishedItem;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.common.v1.Event;
import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.PurchaseOrders;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.v1.GetInventoryEventRequest;
import dev.backorder.inventory.v1.GetInventoryEventResponse;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.ListReorderNeedsRequest;
import dev.backorder.inventory.v1.ListReorderNeedsResponse;
import dev.backorder.inventory.v1.Location;
import dev.backorder.inventory.v1.ReorderNeed;
import dev.backorder.inventory.v1.ReorderNeedState;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import dev.backorder.inventory.wire.Wire;
import dev.backorder.platform.testing.Stampede;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ReplenishmentTest {
  private static final Duration CADENCE = Duration.ofMinutes(15);
  private static final LocalDate SOON = LocalDate.of(2030, 1, 7);

  @Inject ReplenishmentReview review;

  private Inventory inventory;

  @BeforeEach
  void reset() {
    inventory = new Inventory().reset().withLeeds();
  }

  @Test
  void the_same_shortage_makes_one_need_however_often_it_is_looked_at() {
    inventory.with(replenishedItem("G11", 0, 0));
    inventory.allocate("order-1", "G11", 20);
    review();
    review();
    assertThat(inventory.needs("G11"))
        .singleElement()
        .satisfies(
            need -> {
              assertThat(need.getQuantity()).isEqualTo(20);
              assertThat(need.getWaitingQuantity()).isEqualTo(20);
              assertThat(need.getLocation()).isEqualTo(Inventory.LEEDS);
              assertThat(need.getState()).isEqualTo(ReorderNeedState.REORDER_NEED_STATE_OPEN);
              assertThat(Wire.day(need.getNeedByDate()))
                  .isEqualTo(LocalDate.ofInstant(inventory.time.now(), ZoneId.of("Europe/London")));
            });
  }

  @Test
  void once_ordered_it_is_not_needed_again_and_a_further_shortage_is_a_further_need() {
    inventory.with(replenishedItem("G11", 0, 0));
    inventory.allocate("order-1", "G11", 20);
    review();
    PurchaseOrders.draft("G11", 20, List.of(inventory.needs("G11").get(0).getNeedId()))
        .drafted()
        .sent(SOON);
    review();
    assertThat(inventory.needs("G11"))
        .extracting(ReorderNeed::getState)
        .containsExactly(ReorderNeedState.REORDER_NEED_STATE_ORDERED);

    inventory.allocate("order-2", "G11", 10);
    review();
    review();
    assertThat(inventory.needs("G11"))
        .extracting(ReorderNeed::getQuantity)
        .containsExactly(20L, 10L);
  }

  @Test
  void a_draft_covers_its_need_once() {
    inventory.with(replenishedItem("DRAFT", 0, 0));
    inventory.allocate("order-1", "DRAFT", 20);
    review();
    PurchaseOrders.draft("DRAFT", 24, List.of(inventory.needs("DRAFT").get(0).getNeedId()))
        .drafted();
    review();
    assertThat(inventory.needs("DRAFT"))
        .extracting(ReorderNeed::getState)
        .containsExactly(ReorderNeedState.REORDER_NEED_STATE_OPEN);
  }

  @Test
  void it_buys_at_the_minimum_and_not_above_it() {
    inventory.with(replenishedItem("G15", 100, 150)).with(replenishedItem("G15-above", 100, 150));
    inventory.adjust("G15", 100).adjust("G15-above", 101);
    review();
    assertThat(inventory.needs("G15"))
        .singleElement()
        .satisfies(
            need -> {
              assertThat(need.getQuantity()).isEqualTo(50);
              assertThat(need.getWaitingQuantity()).isZero();
              assertThat(need.hasNeedByDate()).isFalse();
            });
    assertThat(inventory.needs("G15-above")).isEmpty();
  }

  @Test
  void it_buys_the_whole_deficiency_when_the_position_fell_far_below() {
    inventory.with(replenishedItem("G15", 100, 150)).adjust("G15", 110);
    review();
    assertThat(inventory.needs("G15")).isEmpty();
    inventory.allocate("order-1", "G15", 90);
    review();
    assertThat(inventory.needs("G15")).extracting(ReorderNeed::getQuantity).containsExactly(130L);
  }

  @Test
  void between_two_reviews_nothing_is_bought_and_a_burst_makes_one_need() {
    inventory.with(replenishedItem("BURST", 0, 0));
    inventory.allocate("order-0", "BURST", 1);
    review();
    inventory.allocate("order-1", "BURST", 2);
    inventory.time.advance(Duration.ofMinutes(5));
    inventory.allocate("order-2", "BURST", 3);
    inventory.time.advance(Duration.ofMinutes(5));
    assertThat(inventory.needs("BURST")).hasSize(1);
    inventory.time.advance(Duration.ofMinutes(5));
    assertThat(inventory.needs("BURST"))
        .extracting(ReorderNeed::getQuantity)
        .containsExactly(1L, 5L);
  }

  @Test
  void time_jumps_to_a_review_only_when_something_changed() {
    inventory.with(replenishedItem("JUMP", 0, 0));
    review();
    inventory.time.settle();
    Instant reviewed = inventory.time.now();
    assertThat(nextDue()).isAfter(reviewed.plus(CADENCE));

    inventory.allocate("order-1", "JUMP", 1);
    review();
    inventory.allocate("order-2", "JUMP", 1);
    assertThat(nextDue()).isEqualTo(inventory.time.now().plus(CADENCE));
  }

  @Test
  void an_item_without_a_policy_is_not_bought() {
    inventory.with(backorderItem("MANUAL"));
    inventory.allocate("order-1", "MANUAL", 5);
    review();
    assertThat(inventory.needs("MANUAL")).isEmpty();
  }

  @Test
  void another_policy_is_looked_at_again() {
    inventory.with(backorderItem("LATER")).adjust("LATER", 3);
    review();
    Item read =
        inventory.items.getItem(GetItemRequest.newBuilder().setSku("LATER").build()).getItem();
    Item wanted =
        read.toBuilder()
            .setReplenishmentPolicy(replenishedItem("LATER", 5, 8).getReplenishmentPolicy())
            .build();
    assertThat(
            inventory
                .items
                .updateItem(
                    UpdateItemRequest.newBuilder().setRequestId(request()).setItem(wanted).build())
                .hasItem())
        .isTrue();
    review();
    assertThat(inventory.needs("LATER")).extracting(ReorderNeed::getQuantity).containsExactly(5L);
  }

  @Test
  void needs_are_listed_page_by_page_oldest_first_and_by_state() {
    for (int i = 0; i < 5; i++) {
      inventory.with(replenishedItem("LIST-" + i, 0, 0));
      inventory.allocate("order-" + i, "LIST-" + i, i + 1);
    }
    review();
    List<Long> seen = new ArrayList<>();
    String token = "";
    do {
      ListReorderNeedsResponse page =
          inventory.replenishment.listReorderNeeds(
              ListReorderNeedsRequest.newBuilder()
                  .setPageSize(2)
                  .setPageToken(token)
                  .setState(ReorderNeedState.REORDER_NEED_STATE_OPEN)
                  .build());
      page.getReorderNeedsList().forEach(need -> seen.add(need.getQuantity()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(
            inventory
                .replenishment
                .listReorderNeeds(
                    ListReorderNeedsRequest.newBuilder()
                        .setState(ReorderNeedState.REORDER_NEED_STATE_ORDERED)
                        .build())
                .getReorderNeedsList())
        .isEmpty();
  }

  @Test
  void every_need_is_published_once_with_a_growing_version_per_sku() {
    inventory
        .with(Inventory.location("york").setPriority(5))
        .with(replenishedItem("EVENT", 0, 0))
        .with(replenishedItem("OTHER", 0, 0));
    inventory.allocate("order-1", "EVENT", 3);
    inventory.allocate("order-2", "OTHER", 4);
    review();
    inventory.allocate("order-3", "EVENT", 2);
    review();
    review();
    List<Event> published = inventory.eventsOf("EVENT");
    assertThat(published).extracting(Event::getKeyVersion).containsExactly(1L, 2L);
    assertThat(inventory.eventsOf("OTHER")).hasSize(1);

    GetInventoryEventResponse second =
        inventory.events.getInventoryEvent(
            GetInventoryEventRequest.newBuilder()
                .setEventId(published.get(1).getEventId())
                .build());
    assertThat(second.getEvent()).isEqualTo(published.get(1));
    assertThat(second.getPayload().getReorderNeeded().getReorderNeed())
        .isEqualTo(inventory.needs("EVENT").get(1));
  }

  @Test
  void replicas_that_review_at_the_same_time_raise_each_need_once() {
    int skus = 40;
    for (int i = 0; i < skus; i++) {
      inventory.with(replenishedItem("TWICE-" + i, 0, 0));
      inventory.allocate("order-" + i, "TWICE-" + i, 1);
    }
    Instant now = inventory.time.now().plus(CADENCE);
    Stampede.run(6, () -> reviewAll(now));
    // Whoever finished first closed the review; what others held then is for the next one.
    review();
    for (int i = 0; i < skus; i++) {
      assertThat(inventory.needs("TWICE-" + i)).hasSize(1);
      assertThat(inventory.eventsOf("TWICE-" + i)).hasSize(1);
    }
  }

  @Test
  void a_review_that_is_cut_into_batches_goes_on_until_all_is_through() {
    for (int i = 0; i < 7; i++) {
      inventory.with(replenishedItem("BATCH-" + i, 0, 0));
      inventory.allocate("order-" + i, "BATCH-" + i, 1);
    }
    review();
    for (int i = 0; i < 7; i++) {
      assertThat(inventory.needs("BATCH-" + i)).hasSize(1);
    }
  }

  @Test
  void an_inactive_location_buys_nothing_until_it_opens_again() {
    inventory.with(replenishedItem("CLOSED", 5, 5)).adjust("CLOSED", 2);
    Location leeds =
        inventory
            .locations
            .getLocation(GetLocationRequest.newBuilder().setCode(Inventory.LEEDS).build())
            .getLocation();
    Location closed = update(leeds.toBuilder().setActive(false).build());
    review();
    assertThat(inventory.needs("CLOSED")).isEmpty();
    update(closed.toBuilder().setActive(true).build());
    review();
    assertThat(inventory.needs("CLOSED")).extracting(ReorderNeed::getQuantity).containsExactly(3L);
  }

  @Test
  void a_token_of_another_filter_is_refused() {
    for (int i = 0; i < 2; i++) {
      inventory.with(replenishedItem("TOKEN-" + i, 0, 0));
      inventory.allocate("order-" + i, "TOKEN-" + i, 1);
    }
    review();
    String token =
        inventory
            .replenishment
            .listReorderNeeds(ListReorderNeedsRequest.newBuilder().setPageSize(1).build())
            .getNextPageToken();
    Refusal refusal =
        Refusal.of(
            () ->
                inventory.replenishment.listReorderNeeds(
                    ListReorderNeedsRequest.newBuilder()
                        .setPageToken(token)
                        .setSku("TOKEN-1")
                        .build()));
    assertThat(refusal.fields()).containsExactly("page_token");
  }

  private Location update(Location location) {
    return inventory
        .locations
        .updateLocation(
            UpdateLocationRequest.newBuilder()
                .setRequestId(request())
                .setLocation(location)
                .build())
        .getLocation();
  }

  private int reviewAll(Instant now) {
    int all = 0;
    for (int batch = 1; batch > 0; all += batch) {
      batch = review.run(now);
    }
    return all;
  }

  private void review() {
    inventory.time.advance(CADENCE);
  }

  private Instant nextDue() {
    return inventory.nextDue().orElse(Instant.MAX);
  }
}
