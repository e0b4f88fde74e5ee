package dev.backorder.inventory.availability;

import static dev.backorder.inventory.testing.Inventory.backorderItem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.StockroomTest;
import dev.backorder.inventory.v1.AvailabilityKind;
import dev.backorder.inventory.v1.Item;
import dev.backorder.inventory.v1.QuoteAvailabilityRequest;
import dev.backorder.inventory.v1.QuoteAvailabilityResponse;
import dev.backorder.inventory.v1.QuoteLine;
import dev.backorder.inventory.v1.QuotedLine;
import dev.backorder.inventory.v1.SalesMode;
import dev.backorder.inventory.wire.Wire;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class QuoteTest extends StockroomTest {
  @Test
  void every_answer_says_which_it_is() {
    inventory.with(backorderItem("tea").setLowStockThresholdQuantity(3)).adjust("tea", 3);
    assertThat(room.quote("tea", 3).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    assertThat(room.quote("tea", 4).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_PARTLY_AVAILABLE);
    assertThat(room.quote("tea", 1).getLowStock()).isTrue();
    assertThat(room.quote("tea", 1).getOrderableQuantity()).isEqualTo(-1);
    room.order("o1", "tea", 3);
    assertThat(room.quote("tea", 1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_BACKORDER);
  }

  @Test
  void preorders_and_what_is_made_to_order_have_their_own_kind() {
    inventory.with(mode("book", SalesMode.SALES_MODE_PREORDER));
    inventory.with(mode("sofa", SalesMode.SALES_MODE_MADE_TO_ORDER));
    inventory.with(mode("tea", SalesMode.SALES_MODE_IN_STOCK_ONLY));
    QuotedLine book = room.quote("book", 1);
    assertThat(book.getKind()).isEqualTo(AvailabilityKind.AVAILABILITY_KIND_PREORDER);
    assertThat(Wire.day(book.getPortions(0).getPromise().getShipByDate())).isEqualTo(room.day(30));
    assertThat(room.quote("sofa", 1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_MADE_TO_ORDER);
    assertThat(room.quote("tea", 1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK);
  }

  @Test
  void one_bad_line_does_not_spoil_a_page_and_lines_of_one_item_share_its_stock() {
    inventory.with(mode("tea", SalesMode.SALES_MODE_IN_STOCK_ONLY)).adjust("tea", 5);
    QuoteAvailabilityResponse response =
        inventory.availability.quoteAvailability(
            QuoteAvailabilityRequest.newBuilder()
                .addLines(QuoteLine.newBuilder().setSku("ghost").setQuantity(1))
                .addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(4))
                .addLines(QuoteLine.newBuilder().setSku("tea").setQuantity(2))
                .build());
    assertThat(response.getLines(0).getUnknownItem()).isTrue();
    assertThat(response.getLines(1).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_AVAILABLE);
    assertThat(response.getLines(2).getKind())
        .isEqualTo(AvailabilityKind.AVAILABILITY_KIND_OUT_OF_STOCK);
    assertThat(response.getLines(2).getPortions(0).getQuantity()).isEqualTo(1);
  }

  @Test
  void an_order_gets_what_was_quoted() {
    inventory.with(backorderItem("tea")).adjust("tea", 3);
    room.supply("s1", "tea", 4, room.day(2));
    QuotedLine quoted = room.quote("tea", 12);
    assertThat(room.order("o1", "tea", 12).getAllocation().getLines(0).getPortionsList())
        .isEqualTo(quoted.getPortionsList());
    assertThat(quoted.getPortionsList()).hasSize(3);
    assertThat(room.quote("tea", 1).getVersion()).isGreaterThan(quoted.getVersion());
  }

  private Item.Builder mode(String sku, SalesMode mode) {
    Item.Builder item = backorderItem(sku);
    item.getSalesPolicyBuilder().setSalesMode(mode).setReleaseDate(Wire.date(room.day(30)));
    return item;
  }
}
