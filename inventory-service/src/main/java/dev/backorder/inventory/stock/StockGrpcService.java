package dev.backorder.inventory.stock;

import dev.backorder.inventory.v1.AdjustStockRequest;
import dev.backorder.inventory.v1.AdjustStockResponse;
import dev.backorder.inventory.v1.GetStockRequest;
import dev.backorder.inventory.v1.GetStockResponse;
import dev.backorder.inventory.v1.ListLedgerTransactionsRequest;
import dev.backorder.inventory.v1.ListLedgerTransactionsResponse;
import dev.backorder.inventory.v1.ListStockRequest;
import dev.backorder.inventory.v1.ListStockResponse;
import dev.backorder.inventory.v1.StockServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of stock and its ledger. */
@GrpcService
@Blocking
class StockGrpcService implements StockServiceGrpc.AsyncService, BindableService {
  private final StockReading reading;
  private final LedgerReading ledger;
  private final StockAdjustments adjustments;
  private final Transactions transactions;

  StockGrpcService(
      StockReading reading,
      LedgerReading ledger,
      StockAdjustments adjustments,
      Transactions transactions) {
    this.reading = reading;
    this.ledger = ledger;
    this.adjustments = adjustments;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(StockServiceGrpc.bindService(this));
  }

  @Override
  public void getStock(GetStockRequest request, StreamObserver<GetStockResponse> observer) {
    Replies.unary(observer, () -> reading.get(request));
  }

  @Override
  public void listStock(ListStockRequest request, StreamObserver<ListStockResponse> observer) {
    Replies.unary(observer, () -> reading.list(request));
  }

  @Override
  public void adjustStock(
      AdjustStockRequest request, StreamObserver<AdjustStockResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> adjustments.adjust(request)));
  }

  @Override
  public void listLedgerTransactions(
      ListLedgerTransactionsRequest request,
      StreamObserver<ListLedgerTransactionsResponse> observer) {
    Replies.unary(observer, () -> ledger.list(request));
  }
}
