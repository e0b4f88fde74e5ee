package dev.backorder.supplier.purchaseorder;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.supplier.purchaseorder.model.LineAnswer;
import dev.backorder.supplier.purchaseorder.model.LineDate;
import dev.backorder.supplier.purchaseorder.model.OrderState;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderRequest;
import dev.backorder.supplier.v1.AcknowledgePurchaseOrderResponse;
import dev.backorder.supplier.v1.CancelPurchaseOrderRequest;
import dev.backorder.supplier.v1.CancelPurchaseOrderResponse;
import dev.backorder.supplier.v1.ClosePurchaseOrderRequest;
import dev.backorder.supplier.v1.ClosePurchaseOrderResponse;
import dev.backorder.supplier.v1.CreatePurchaseOrderRequest;
import dev.backorder.supplier.v1.CreatePurchaseOrderResponse;
import dev.backorder.supplier.v1.GetPurchaseOrderRequest;
import dev.backorder.supplier.v1.GetPurchaseOrderResponse;
import dev.backorder.supplier.v1.ListPurchaseOrdersRequest;
import dev.backorder.supplier.v1.ListPurchaseOrdersResponse;
import dev.backorder.supplier.v1.PurchaseOrderServiceGrpc;
import dev.backorder.supplier.v1.RedatePurchaseOrderRequest;
import dev.backorder.supplier.v1.RedatePurchaseOrderResponse;
import dev.backorder.supplier.v1.SendPurchaseOrderRequest;
import dev.backorder.supplier.v1.SendPurchaseOrderResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

@GrpcService
@Blocking
class PurchaseOrderGrpcService implements PurchaseOrderServiceGrpc.AsyncService, BindableService {
  private final PurchaseOrders orders;
  private final PurchaseOrderPages pages;
  private final RequestLog requests;
  private final Transactions transactions;

  PurchaseOrderGrpcService(
      PurchaseOrders orders,
      PurchaseOrderPages pages,
      RequestLog requests,
      Transactions transactions) {
    this.orders = orders;
    this.pages = pages;
    this.requests = requests;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(PurchaseOrderServiceGrpc.bindService(this));
  }

  @Override
  public void createPurchaseOrder(
      CreatePurchaseOrderRequest request, StreamObserver<CreatePurchaseOrderResponse> observer) {
    Replies.unary(
        observer,
        () -> {
          Map<String, Long> wanted = PurchaseOrderMessages.parse(request);
          return once(
              request.getRequestId(),
              request,
              CreatePurchaseOrderResponse.parser(),
              () ->
                  CreatePurchaseOrderResponse.newBuilder()
                      .setPurchaseOrder(
                          PurchaseOrderMessages.render(
                              orders.create(request.getSupplier(), request.getLocation(), wanted)))
                      .build());
        });
  }

  @Override
  public void getPurchaseOrder(
      GetPurchaseOrderRequest request, StreamObserver<GetPurchaseOrderResponse> observer) {
    Replies.unary(
        observer,
        () ->
            GetPurchaseOrderResponse.newBuilder()
                .setPurchaseOrder(pages.get(UUID.fromString(request.getPurchaseOrderId())))
                .build());
  }

  @Override
  public void listPurchaseOrders(
      ListPurchaseOrdersRequest request, StreamObserver<ListPurchaseOrdersResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private ListPurchaseOrdersResponse list(ListPurchaseOrdersRequest request) {
    Set<OrderState> states = PurchaseOrderMessages.parseStates(request.getStatesList());
    // A token belongs to its filter.
    String list =
        "purchase_orders:%s:%s"
            .formatted(
                request.getSupplier(),
                states.stream().sorted().map(Enum::name).collect(Collectors.joining(",")));
    List<String> token = PageTokens.decode(list, request.getPageToken());
    PurchaseOrderPages.Page page =
        pages.page(
            request.getSupplier(), states, after(token), PageTokens.size(request.getPageSize()));
    ListPurchaseOrdersResponse.Builder response =
        ListPurchaseOrdersResponse.newBuilder().addAllPurchaseOrders(page.orders());
    page.next()
        .ifPresent(
            number -> response.setNextPageToken(PageTokens.encode(list, Long.toString(number))));
    return response.build();
  }

  private static long after(List<String> token) {
    try {
      return token.isEmpty() ? 0 : Long.parseLong(token.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }

  @Override
  public void sendPurchaseOrder(
      SendPurchaseOrderRequest request, StreamObserver<SendPurchaseOrderResponse> observer) {
    UUID id = UUID.fromString(request.getPurchaseOrderId());
    Replies.unary(
        observer,
        () ->
            once(
                request.getRequestId(),
                request,
                SendPurchaseOrderResponse.parser(),
                () ->
                    SendPurchaseOrderResponse.newBuilder()
                        .setPurchaseOrder(PurchaseOrderMessages.render(orders.send(id)))
                        .build()));
  }

  @Override
  public void acknowledgePurchaseOrder(
      AcknowledgePurchaseOrderRequest request,
      StreamObserver<AcknowledgePurchaseOrderResponse> observer) {
    UUID id = UUID.fromString(request.getPurchaseOrderId());
    Replies.unary(
        observer,
        () -> {
          List<LineAnswer> answers = PurchaseOrderMessages.parseAnswers(request.getLinesList());
          return once(
              request.getRequestId(),
              request,
              AcknowledgePurchaseOrderResponse.parser(),
              () ->
                  AcknowledgePurchaseOrderResponse.newBuilder()
                      .setPurchaseOrder(
                          PurchaseOrderMessages.render(orders.acknowledge(id, answers)))
                      .build());
        });
  }

  @Override
  public void redatePurchaseOrder(
      RedatePurchaseOrderRequest request, StreamObserver<RedatePurchaseOrderResponse> observer) {
    UUID id = UUID.fromString(request.getPurchaseOrderId());
    Replies.unary(
        observer,
        () -> {
          List<LineDate> dates = PurchaseOrderMessages.parseDates(request.getLinesList());
          return once(
              request.getRequestId(),
              request,
              RedatePurchaseOrderResponse.parser(),
              () ->
                  RedatePurchaseOrderResponse.newBuilder()
                      .setPurchaseOrder(
                          PurchaseOrderMessages.render(
                              orders.redate(id, dates, request.getReason())))
                      .build());
        });
  }

  @Override
  public void closePurchaseOrder(
      ClosePurchaseOrderRequest request, StreamObserver<ClosePurchaseOrderResponse> observer) {
    UUID id = UUID.fromString(request.getPurchaseOrderId());
    Replies.unary(
        observer,
        () ->
            once(
                request.getRequestId(),
                request,
                ClosePurchaseOrderResponse.parser(),
                () ->
                    ClosePurchaseOrderResponse.newBuilder()
                        .setPurchaseOrder(
                            PurchaseOrderMessages.render(orders.close(id, request.getReason())))
                        .build()));
  }

  @Override
  public void cancelPurchaseOrder(
      CancelPurchaseOrderRequest request, StreamObserver<CancelPurchaseOrderResponse> observer) {
    UUID id = UUID.fromString(request.getPurchaseOrderId());
    Replies.unary(
        observer,
        () ->
            once(
                request.getRequestId(),
                request,
                CancelPurchaseOrderResponse.parser(),
                () ->
                    CancelPurchaseOrderResponse.newBuilder()
                        .setPurchaseOrder(
                            PurchaseOrderMessages.render(orders.cancel(id, request.getReason())))
                        .build()));
  }

  private <R extends Message> R once(
      String requestId, Message request, Parser<R> parser, Supplier<R> work) {
    return transactions.inNew(() -> requests.once(requestId, request, parser, work));
  }
}
