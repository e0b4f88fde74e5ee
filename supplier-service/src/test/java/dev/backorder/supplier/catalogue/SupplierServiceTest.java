package dev.backorder.supplier.catalogue;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Date;
import dev.backorder.platform.testing.Stampede;
import dev.backorder.supplier.testing.Database;
import dev.backorder.supplier.testing.Purchasing;
import dev.backorder.supplier.testing.Refusal;
import dev.backorder.supplier.testing.SupplierResource;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.CreateSupplierResponse;
import dev.backorder.supplier.v1.GetSupplierRequest;
import dev.backorder.supplier.v1.ListSupplierItemsRequest;
import dev.backorder.supplier.v1.ListSupplierItemsResponse;
import dev.backorder.supplier.v1.ListSuppliersRequest;
import dev.backorder.supplier.v1.ListSuppliersResponse;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.SupplierItem;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(SupplierResource.class)
class SupplierServiceTest {
  private Purchasing purchasing;

  @BeforeEach
  void reset() {
    purchasing = new Purchasing().reset();
  }

  @Test
  void a_supplier_is_read_as_it_was_created() {
    Supplier wanted =
        supplier(ACME)
            .setTimeZone("Asia/Tokyo")
            .setSendDelayMinutes(90)
            .setAutoSend(true)
            .setOverReceiptTolerancePercent(10)
            .setUnderReceiptTolerancePercent(5)
            .addAllWorkingWeekdays(List.of(1, 2, 3, 4, 5))
            .addClosedDates(date(2026, 12, 25))
            .addClosedDates(date(2026, 12, 26))
            .build();
    Supplier created = purchasing.with(wanted.toBuilder());
    assertThat(created.getEtag()).isNotEmpty();
    assertThat(created.toBuilder().clearEtag().build()).isEqualTo(wanted);
    assertThat(get(ACME)).isEqualTo(created);
  }

  @Test
  void a_code_is_taken_once() {
    purchasing.with(supplier(ACME));
    Refusal refusal = Refusal.of(() -> purchasing.with(supplier(ACME)));
    assertThat(refusal.code()).isEqualTo(Status.Code.ALREADY_EXISTS);
    assertThat(refusal.reason()).isEqualTo("SUPPLIER_EXISTS");
  }

  @Test
  void of_many_that_create_the_same_code_at_once_one_wins_and_the_others_are_told_so() {
    List<String> outcomes =
        Stampede.run(
            8,
            () -> {
              try {
                purchasing.with(supplier(ACME));
                return "created";
              } catch (StatusRuntimeException e) {
                return e.getStatus().getCode().name();
              }
            });
    assertThat(outcomes).containsOnly("created", "ALREADY_EXISTS").containsOnlyOnce("created");
  }

  @Test
  void a_repeated_request_gets_the_first_answer_and_makes_no_second_supplier() {
    CreateSupplierRequest create =
        CreateSupplierRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(supplier(ACME))
            .build();
    CreateSupplierResponse first = purchasing.suppliers.createSupplier(create);
    assertThat(purchasing.suppliers.createSupplier(create)).isEqualTo(first);
    assertThat(Database.sql().number("select count(*) from supplier")).isEqualTo(1);
  }

  @Test
  void an_unknown_supplier_is_not_found() {
    for (Refusal refusal :
        List.of(
            Refusal.of(() -> get("nobody")),
            Refusal.of(() -> update(supplier("nobody").setEtag("1"))),
            Refusal.of(() -> purchasing.sells("nobody", item("hat"))))) {
      assertThat(refusal.code()).isEqualTo(Status.Code.NOT_FOUND);
      assertThat(refusal.reason()).isEqualTo("SUPPLIER_NOT_FOUND");
    }
  }

  @Test
  void an_update_replaces_everything_and_changes_the_etag() {
    Supplier created =
        purchasing.with(
            supplier(ACME)
                .addWorkingWeekdays(1)
                .addClosedDates(date(2026, 12, 25))
                .setAutoSend(true));
    Supplier updated =
        update(
            supplier(ACME)
                .setName("Acme & Sons")
                .addClosedDates(date(2027, 1, 1))
                .setEtag(created.getEtag()));
    assertThat(updated.getEtag()).isNotEqualTo(created.getEtag());
    assertThat(updated.toBuilder().clearEtag().build())
        .isEqualTo(supplier(ACME).setName("Acme & Sons").addClosedDates(date(2027, 1, 1)).build());
    assertThat(get(ACME)).isEqualTo(updated);
  }

  @Test
  void an_update_from_an_old_reading_is_aborted() {
    Supplier created = purchasing.with(supplier(ACME));
    update(supplier(ACME).setName("First").setEtag(created.getEtag()));
    Refusal refusal =
        Refusal.of(() -> update(supplier(ACME).setName("Second").setEtag(created.getEtag())));
    assertThat(refusal.code()).isEqualTo(Status.Code.ABORTED);
    assertThat(refusal.reason()).isEqualTo("ETAG_MISMATCH");
    assertThat(get(ACME).getName()).isEqualTo("First");
  }

  @Test
  void suppliers_are_listed_by_code_page_by_page() {
    List<String> codes = List.of("B", "a", "b", "c.1", "d-2");
    codes.forEach(code -> purchasing.with(supplier(code)));
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      ListSuppliersResponse page =
          purchasing.suppliers.listSuppliers(
              ListSuppliersRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getSuppliersList().forEach(supplier -> found.add(supplier.getCode()));
      assertThat(page.getSuppliersCount()).isLessThanOrEqualTo(2);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(found).isEqualTo(codes);
  }

  @Test
  void items_are_created_and_replaced() {
    purchasing.with(supplier(ACME));
    purchasing.sells(ACME, item("hat").setPriority(3).setMultipleQuantity(12), item("scarf"));
    purchasing.sells(ACME, item("hat").clearCost().setSupplierSku("H-1"));
    List<SupplierItem> items = items("", "").getItemsList();
    assertThat(items)
        .containsExactly(
            item("hat")
                .clearCost()
                .setSupplier(ACME)
                .setSupplierSku("H-1")
                .setMinimumQuantity(1)
                .setMultipleQuantity(1)
                .build(),
            item("scarf").setSupplier(ACME).setMinimumQuantity(1).setMultipleQuantity(1).build());
  }

  @Test
  void setting_items_tells_how_many_and_is_safe_to_repeat() {
    purchasing.with(supplier(ACME));
    BatchSetSupplierItemsRequest batch =
        BatchSetSupplierItemsRequest.newBuilder()
            .setRequestId(request())
            .setSupplier(ACME)
            .addItems(item("hat"))
            .addItems(item("scarf").setSupplier(ACME))
            .build();
    assertThat(purchasing.suppliers.batchSetSupplierItems(batch).getSetCount()).isEqualTo(2);
    Map<String, String> before = Database.picture();
    assertThat(purchasing.suppliers.batchSetSupplierItems(batch).getSetCount()).isEqualTo(2);
    assertThat(Database.picture()).isEqualTo(before);
  }

  @Test
  void items_are_listed_by_supplier_and_sku_filtered_and_paged() {
    for (String code : List.of("a", "b", "c")) {
      purchasing.with(supplier(code));
      purchasing.sells(code, item("hat"), item("scarf"), item("tie"));
    }
    assertThat(items("b", "").getItemsList())
        .extracting(SupplierItem::getSku)
        .containsExactly("hat", "scarf", "tie");
    assertThat(items("", "scarf").getItemsList())
        .extracting(SupplierItem::getSupplier)
        .containsExactly("a", "b", "c");
    List<String> found = new ArrayList<>();
    String token = "";
    do {
      ListSupplierItemsResponse page =
          purchasing.suppliers.listSupplierItems(
              ListSupplierItemsRequest.newBuilder().setPageSize(2).setPageToken(token).build());
      page.getItemsList().forEach(item -> found.add(item.getSupplier() + "/" + item.getSku()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(found)
        .containsExactly(
            "a/hat", "a/scarf", "a/tie", "b/hat", "b/scarf", "b/tie", "c/hat", "c/scarf", "c/tie");
  }

  private Supplier get(String code) {
    return purchasing
        .suppliers
        .getSupplier(GetSupplierRequest.newBuilder().setCode(code).build())
        .getSupplier();
  }

  private Supplier update(Supplier.Builder supplier) {
    return purchasing
        .suppliers
        .updateSupplier(
            UpdateSupplierRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(supplier)
                .build())
        .getSupplier();
  }

  private ListSupplierItemsResponse items(String supplier, String sku) {
    return purchasing.suppliers.listSupplierItems(
        ListSupplierItemsRequest.newBuilder().setSupplier(supplier).setSku(sku).build());
  }

  private static Date date(int year, int month, int day) {
    return Date.newBuilder().setYear(year).setMonth(month).setDay(day).build();
  }
}
