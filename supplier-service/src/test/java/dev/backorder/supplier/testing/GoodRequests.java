package dev.backorder.supplier.testing;

import static dev.backorder.supplier.testing.Purchasing.ACME;
import static dev.backorder.supplier.testing.Purchasing.LEEDS;
import static dev.backorder.supplier.testing.Purchasing.accept;
import static dev.backorder.supplier.testing.Purchasing.date;
import static dev.backorder.supplier.testing.Purchasing.item;
import static dev.backorder.supplier.testing.Purchasing.request;
import static dev.backorder.supplier.testing.Purchasing.supplier;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import dev.backorder.common.v1.AdvanceClockRequest;
import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.GetClockRequest;
import dev.backorder.common.v1.ListCheckpointsRequest;
import dev.backorder.common.v1.ListEventsRequest;
import dev.backorder.common.v1.ListParkedEventsRequest;
import dev.backorder.common.v1.ReportCheckpointRequest;
import dev.backorder.common.v1.RetryParkedEventsRequest;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.CancelPurchaseOrderRequest;
import dev.backorder.supplier.v1.ClosePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.GetLeadTimeDistributionRequest;
import dev.backorder.supplier.v1.GetPurchaseOrderRequest;
import dev.backorder.supplier.v1.GetSupplierEventRequest;
import dev.backorder.supplier.v1.GetSupplierRequest;
import dev.backorder.supplier.v1.LineRedate;
import dev.backorder.supplier.v1.ListLeadTimeObservationsRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListSupplierItemsRequest;
import dev.backorder.supplier.v1.ListSuppliersRequest;
import dev.backorder.supplier.v1.PurchaseOrder;
import dev.backorder.supplier.v1.PurchaseOrderLineDraft;
import dev.backorder.supplier.v1.PurchaseOrderState;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.supplier.v1.Supplier;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

/**
 * One request for every RPC that the service takes as it is, with every field filled that has a
 * rule; the seed of all bad ones.
 *
 * @param mutations each changes something, and does not stand in the way of the others
 * @param readings the rest
 */
public record GoodRequests(List<Message> mutations, List<Message> readings) {

  /** Makes a small world and the requests that fit it. */
  public static GoodRequests inNewWorld(Purchasing purchasing) {
    purchasing.reset();
    Supplier acme =
        purchasing.with(
            supplier(ACME).addWorkingWeekdays(1).addClosedDates(date(LocalDate.of(2026, 12, 25))));
    purchasing.sells(ACME, item("hat"), item("scarf"));
    purchasing.with(supplier("bolt"));
    LocalDate soon = purchasing.today().plusDays(9);
    PurchaseOrder draft = purchasing.draft(ACME, "hat", 10);
    PurchaseOrder toCancel = purchasing.draft(ACME, "hat", 10);
    PurchaseOrder toAnswer = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder toRedate = purchasing.sent(ACME, "hat", 10);
    PurchaseOrder toClose = purchasing.sent(ACME, "hat", 10);
    purchasing.acknowledge(toClose, accept(toClose.getLines(0), 5, soon));
    return new GoodRequests(
        List.of(
            CreateSupplierRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(
                    supplier("new")
                        .addWorkingWeekdays(5)
                        .addClosedDates(date(LocalDate.of(2026, 12, 25))))
                .build(),
            UpdateSupplierRequest.newBuilder().setRequestId(request()).setSupplier(acme).build(),
            BatchSetSupplierItemsRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(ACME)
                .addItems(item("tie").setMinimumQuantity(2))
                .build(),
            CreatePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setSupplier(ACME)
                .setLocation(LEEDS)
                .addLines(PurchaseOrderLineDraft.newBuilder().setSku("hat").setQuantity(3))
                .build(),
            SendPurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(draft.getPurchaseOrderId())
                .build(),
            AcknowledgePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(toAnswer.getPurchaseOrderId())
                .addLines(accept(toAnswer.getLines(0), 5, soon))
                .build(),
            RedatePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(toRedate.getPurchaseOrderId())
                .addLines(
                    LineRedate.newBuilder()
                        .setLineId(toRedate.getLines(0).getLineId())
                        .setExpectedDate(date(soon)))
                .setReason("late")
                .build(),
            ClosePurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(toClose.getPurchaseOrderId())
                .setReason("enough")
                .build(),
            CancelPurchaseOrderRequest.newBuilder()
                .setRequestId(request())
                .setPurchaseOrderId(toCancel.getPurchaseOrderId())
                .setReason("no more")
                .build()),
        List.of(
            GetSupplierRequest.newBuilder().setCode(ACME).build(),
            ListSuppliersRequest.newBuilder().setPageSize(1).build(),
            ListSupplierItemsRequest.newBuilder().setPageSize(1).build(),
            GetPurchaseOrderRequest.newBuilder()
                .setPurchaseOrderId(draft.getPurchaseOrderId())
                .build(),
            ListPurchaseOrdersRequest.newBuilder()
                .setPageSize(1)
                .addStates(PurchaseOrderState.PURCHASE_ORDER_STATE_DRAFT)
                .build(),
            GetSupplierEventRequest.newBuilder().setEventId(request()).build(),
            GetLeadTimeDistributionRequest.newBuilder().setSupplier(ACME).setSku("hat").build(),
            ListLeadTimeObservationsRequest.newBuilder()
                .setPageSize(1)
                .setSupplier(ACME)
                .setSku("hat")
                .build(),
            GetClockRequest.getDefaultInstance(),
            AdvanceClockRequest.newBuilder()
                .setToTime(Timestamp.newBuilder().setSeconds(1))
                .build(),
            CheckConsistencyRequest.newBuilder().setLimit(5).build(),
            ListEventsRequest.newBuilder().setLimit(5).build(),
            ReportCheckpointRequest.newBuilder()
                .setConsumer("tester")
                .setCursor(purchasing.cursor())
                .build(),
            ListCheckpointsRequest.newBuilder().setPageSize(1).build(),
            ListParkedEventsRequest.newBuilder().setPageSize(1).build(),
            RetryParkedEventsRequest.newBuilder()
                .setRequestId(request())
                .setConsumer("supplier-service")
                .setKey("hat")
                .build()));
  }

  /** Every request. */
  public List<Message> all() {
    return Stream.concat(mutations.stream(), readings.stream()).toList();
  }

  /** The request of this type. */
  public Message named(String type) {
    return all().stream()
        .filter(request -> request.getDescriptorForType().getName().equals(type))
        .findFirst()
        .orElseThrow();
  }
}
