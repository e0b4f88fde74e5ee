package dev.backorder.inventory.transfer;

import dev.backorder.inventory.book.TransferBook;
import dev.backorder.inventory.book.TransferBook.Filter;
import dev.backorder.inventory.book.TransferBook.PlacedTransfer;
import dev.backorder.inventory.book.TransferMessages;
import dev.backorder.inventory.transit.model.TransferState;
import dev.backorder.inventory.v1.CancelTransferRequest;
import dev.backorder.inventory.v1.CancelTransferResponse;
import dev.backorder.inventory.v1.CloseTransferRequest;
import dev.backorder.inventory.v1.CloseTransferResponse;
import dev.backorder.inventory.v1.CreateTransferRequest;
import dev.backorder.inventory.v1.CreateTransferResponse;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetTransferRequest;
import dev.backorder.inventory.v1.GetTransferResponse;
import dev.backorder.inventory.v1.ListTransfersRequest;
import dev.backorder.inventory.v1.ListTransfersResponse;
import dev.backorder.inventory.v1.RedateTransferRequest;
import dev.backorder.inventory.v1.RedateTransferResponse;
import dev.backorder.inventory.v1.ShipTransferRequest;
import dev.backorder.inventory.v1.ShipTransferResponse;
import dev.backorder.inventory.v1.TransferServiceGrpc;
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
import java.util.Optional;

/** The edge of transfers. */
@GrpcService
@Blocking
class TransferGrpcService implements TransferServiceGrpc.AsyncService, BindableService {
  private static final String LIST = "transfers";

  private final TransferPlans plans;
  private final Transfers transfers;
  private final TransferBook book;
  private final Transactions transactions;

  TransferGrpcService(
      TransferPlans plans, Transfers transfers, TransferBook book, Transactions transactions) {
    this.plans = plans;
    this.transfers = transfers;
    this.book = book;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(TransferServiceGrpc.bindService(this));
  }

  @Override
  public void createTransfer(
      CreateTransferRequest request, StreamObserver<CreateTransferResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> plans.create(request)));
  }

  @Override
  public void shipTransfer(
      ShipTransferRequest request, StreamObserver<ShipTransferResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> transfers.ship(request)));
  }

  @Override
  public void closeTransfer(
      CloseTransferRequest request, StreamObserver<CloseTransferResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> transfers.close(request)));
  }

  @Override
  public void cancelTransfer(
      CancelTransferRequest request, StreamObserver<CancelTransferResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> transfers.cancel(request)));
  }

  @Override
  public void redateTransfer(
      RedateTransferRequest request, StreamObserver<RedateTransferResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> transfers.redate(request)));
  }

  @Override
  public void getTransfer(
      GetTransferRequest request, StreamObserver<GetTransferResponse> observer) {
    Replies.unary(observer, () -> get(request.getTransferId()));
  }

  @Override
  public void listTransfers(
      ListTransfersRequest request, StreamObserver<ListTransfersResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private GetTransferResponse get(String id) {
    return book.find(id)
        .map(TransferMessages::render)
        .map(transfer -> GetTransferResponse.newBuilder().setTransfer(transfer).build())
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_TRANSFER_NOT_FOUND, "transfer", id));
  }

  private ListTransfersResponse list(ListTransfersRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    Filter filter =
        new Filter(
            request.getSku(),
            request.getFromLocation(),
            request.getToLocation(),
            state(request),
            request.getOpenOnly());
    List<PlacedTransfer> found =
        book.page(filter, after.isEmpty() ? 0 : position(after.get(0)), size + 1);
    ListTransfersResponse.Builder response = ListTransfersResponse.newBuilder();
    found.stream()
        .limit(size)
        .map(placed -> TransferMessages.render(placed.transfer()))
        .forEach(response::addTransfers);
    if (found.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(LIST, Long.toString(found.get(size - 1).position())));
    }
    return response.build();
  }

  private static Optional<TransferState> state(ListTransfersRequest request) {
    return switch (request.getState()) {
      case TRANSFER_STATE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
      case TRANSFER_STATE_PLANNED -> Optional.of(TransferState.PLANNED);
      case TRANSFER_STATE_SHIPPED -> Optional.of(TransferState.SHIPPED);
      case TRANSFER_STATE_RECEIVED -> Optional.of(TransferState.RECEIVED);
      case TRANSFER_STATE_CLOSED -> Optional.of(TransferState.CLOSED);
      case TRANSFER_STATE_CANCELLED -> Optional.of(TransferState.CANCELLED);
    };
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
