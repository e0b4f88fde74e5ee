package dev.backorder.inventory.availability;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static dev.backorder.inventory.testing.Inventory.location;
import static dev.backorder.inventory.testing.Inventory.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Refusal;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.SalesContext;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items that are offered in the place of others. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class SubstituteTest extends StockroomTest {

  @Test
  void what_cannot_be_had_in_full_now_names_what_can_in_the_items_own_order() {
    world();
    inventory.adjust("tea", 2).adjust("mint", 4).adjust("herbs", 9);
    assertThat(offered(3)).containsExactly("mint 4", "herbs 9");
    // Nothing is substituted by itself.
    assertThat(room.order("o1", "tea", 3).getAllocation().getLines(0).getSku()).isEqualTo("tea");
    assertThat(room.fate("o1")).isEqualTo("2+1");
    assertThat(inventory.balance("mint").getAvailableQuantity()).isEqualTo(4);
  }

  @Test
  void what_can_be_had_in_full_needs_no_substitute() {
    world();
    inventory.adjust("tea", 2).adjust("mint", 4);
    assertThat(offered(2)).isEmpty();
  }

  @Test
  void only_what_can_be_had_now_is_offered() {
    world();
    inventory.adjust("herbs", 1);
    room.supply("s1", "mint", 5, room.day(1));
    assertThat(offered(1)).containsExactly("herbs 1");
    room.order("o1", "herbs", 1);
    assertThat(offered(1)).isEmpty();
  }

  @Test
  void a_preorder_is_no_substitute_before_its_release() {
    Item.Builder book = backorderItem("book");
    book.getSalesPolicyBuilder()
        .setSalesMode(SalesMode.SALES_MODE_PREORDER)
        .setReleaseDate(Wire.date(room.day(3)));
    inventory.with(book).with(backorderItem("tea").addSubstituteSkus("book")).adjust("book", 5);
    assertThat(offered(1)).isEmpty();
    inventory.time.advance(Duration.ofDays(3));
    assertThat(offered(1)).containsExactly("book 5");
  }

  @Test
  void what_is_wanted_later_and_comes_in_time_needs_no_substitute() {
    world();
    inventory.adjust("mint", 4);
    room.supply("s1", "tea", 5, room.day(3));
    QuoteLine.Builder line = QuoteLine.newBuilder().setSku("tea").setQuantity(2);
    assertThat(
            offered(line.setWantedDate(Wire.date(room.day(2))), SalesContext.getDefaultInstance()))
        .hasSize(1);
    assertThat(
            offered(line.setWantedDate(Wire.date(room.day(3))), SalesContext.getDefaultInstance()))
        .isEmpty();
  }

  @Test
  void they_are_looked_for_where_the_buyer_picks_up() {
    inventory.with(location("york").setPriority(2));
    world();
    inventory.adjust("mint", 4);
    SalesContext york = SalesContext.newBuilder().setPickUpLocation("york").build();
    QuoteLine.Builder line = QuoteLine.newBuilder().setSku("tea").setQuantity(1);
    assertThat(offered(line, york)).isEmpty();
    assertThat(offered(line, york.toBuilder().setPickUpLocation("leeds").build()))
        .containsExactly("mint 4");
  }

  @Test
  void substitutes_are_read_back_and_replaced() {
    world();
    Item tea = get("tea");
    assertThat(tea.getSubstituteSkusList()).containsExactly("mint", "herbs");
    update(tea.toBuilder().clearSubstituteSkus().addSubstituteSkus("herbs"));
    assertThat(get("tea").getSubstituteSkusList()).containsExactly("herbs");
    update(get("tea").toBuilder().clearSubstituteSkus());
    inventory.adjust("mint", 4);
    assertThat(offered(1)).isEmpty();
  }

  @Test
  void every_substitute_that_is_none_is_named_and_nothing_changes() {
    world();
    Item tea = get("tea");
    assertThat(
            Refusal.of(
                    () ->
                        update(
                            tea.toBuilder()
                                .clearSubstituteSkus()
                                .addAllSubstituteSkus(List.of("tea", "mint", "mint"))))
                .fields())
        .containsExactly("item.substitute_skus[0]", "item.substitute_skus[2]");
    assertThat(Refusal.of(() -> update(tea.toBuilder().addSubstituteSkus("ghost"))).fields())
        .containsExactly("item.substitute_skus[2]");
    assertThat(
            Refusal.of(
                    () ->
                        create(
                            backorderItem("a").addSubstituteSkus("b"),
                            backorderItem("b").addSubstituteSkus("ghost")))
                .fields())
        .containsExactly("items[1].substitute_skus[0]");
    Item.Builder many = tea.toBuilder().clearSubstituteSkus();
    IntStream.range(0, 21).forEach(i -> many.addSubstituteSkus("s" + i));
    assertThat(Refusal.of(() -> update(many)).fields()).containsExactly("item.substitute_skus");
    assertThat(get("tea")).isEqualTo(tea);
  }

  @Test
  void items_of_one_request_may_name_each_other() {
    create(backorderItem("a").addSubstituteSkus("b"), backorderItem("b").addSubstituteSkus("a"));
    assertThat(get("a").getSubstituteSkusList()).containsExactly("b");
  }

  private void world() {
    inventory.with(backorderItem("mint")).with(backorderItem("herbs"));
    inventory.with(backorderItem("tea").addSubstituteSkus("mint").addSubstituteSkus("herbs"));
  }

  private void create(Item.Builder... items) {
    BatchCreateItemsRequest.Builder request =
        BatchCreateItemsRequest.newBuilder().setRequestId(request());
    List.of(items).forEach(request::addItems);
    inventory.items.batchCreateItems(request.build());
  }

  private Item get(String sku) {
    return inventory.items.getItem(GetItemRequest.newBuilder().setSku(sku).build()).getItem();
  }

  private void update(Item.Builder item) {
    inventory.items.updateItem(
        UpdateItemRequest.newBuilder().setRequestId(request()).setItem(item).build());
  }

  private List<String> offered(long quantity) {
    return offered(
        QuoteLine.newBuilder().setSku("tea").setQuantity(quantity),
        SalesContext.getDefaultInstance());
  }

  private List<String> offered(QuoteLine.Builder line, SalesContext context) {
    return inventory
        .availability
        .quoteAvailability(
            QuoteAvailabilityRequest.newBuilder().setSalesContext(context).addLines(line).build())
        .getLines(0)
        .getSubstitutesList()
        .stream()
        .map(s -> s.getSku() + " " + s.getAvailableQuantity())
        .toList();
  }
}
