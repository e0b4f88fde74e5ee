package dev.backorder.inventory.supply;

import dev.backorder.inventory.book.SupplyBook;
import dev.backorder.inventory.book.SupplyRow;
import dev.backorder.inventory.supply.ReceiptBook.PlacedReceipt;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetSupplyRequest;
import dev.backorder.inventory.v1.GetSupplyResponse;
import dev.backorder.inventory.v1.ListReceiptsRequest;
import dev.backorder.inventory.v1.ListReceiptsResponse;
import dev.backorder.inventory.v1.ListSuppliesRequest;
import dev.backorder.inventory.v1.ListSuppliesResponse;
import dev.backorder.inventory.v1.ReceiveGoodsRequest;
import dev.backorder.inventory.v1.ReceiveGoodsResponse;
import dev.backorder.inventory.v1.SupplyServiceGrpc;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** The edge of supply. */
@GrpcService
@Blocking
class SupplyGrpcService implements SupplyServiceGrpc.AsyncService, BindableService {
  private static final String SUPPLIES = "supplies";
  private static final String RECEIPTS = "receipts";

  private final SupplyBook supplies;
  private final Receipts receipts;
  private final ReceiptBook receiptBook;
  private final Transactions transactions;

  SupplyGrpcService(
      SupplyBook supplies, Receipts receipts, ReceiptBook receiptBook, Transactions transactions) {
    this.supplies = supplies;
    this.receipts = receipts;
    this.receiptBook = receiptBook;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(SupplyServiceGrpc.bindService(this));
  }

  @Override
  public void getSupply(GetSupplyRequest request, StreamObserver<GetSupplyResponse> observer) {
    Replies.unary(
        observer,
        () ->
            supplies
                .find(request.getSupplyId())
                .map(row -> GetSupplyResponse.newBuilder().setSupply(SupplyMessages.render(row)))
                .orElseThrow(
                    () ->
                        DomainException.notFound(
                            ErrorReason.ERROR_REASON_SUPPLY_NOT_FOUND,
                            "supply",
                            request.getSupplyId()))
                .build());
  }

  @Override
  public void listSupplies(
      ListSuppliesRequest request, StreamObserver<ListSuppliesResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  @Override
  public void receiveGoods(
      ReceiveGoodsRequest request, StreamObserver<ReceiveGoodsResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> receipts.receive(request)));
  }

  @Override
  public void listReceipts(
      ListReceiptsRequest request, StreamObserver<ListReceiptsResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private ListSuppliesResponse list(ListSuppliesRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(SUPPLIES, request.getPageToken());
    List<SupplyRow> found =
        supplies.page(
            request.getSku(), request.getOpenOnly(), after.isEmpty() ? "" : after.get(0), size + 1);
    ListSuppliesResponse.Builder response = ListSuppliesResponse.newBuilder();
    found.stream().limit(size).map(SupplyMessages::render).forEach(response::addSupplies);
    if (found.size() > size) {
      response.setNextPageToken(PageTokens.encode(SUPPLIES, found.get(size - 1).supplyId()));
    }
    return response.build();
  }

  private ListReceiptsResponse list(ListReceiptsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(RECEIPTS, request.getPageToken());
    List<PlacedReceipt> found =
        receiptBook.page(
            request.getSupplyId(), after.isEmpty() ? 0 : position(after.get(0)), size + 1);
    ListReceiptsResponse.Builder response = ListReceiptsResponse.newBuilder();
    found.stream().limit(size).map(PlacedReceipt::receipt).forEach(response::addReceipts);
    if (found.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(RECEIPTS, Long.toString(found.get(size - 1).position())));
    }
    return response.build();
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
