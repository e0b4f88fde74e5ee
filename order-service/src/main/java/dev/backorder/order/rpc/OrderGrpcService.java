package dev.backorder.order.rpc;

import dev.backorder.order.amend.Amendments;
import dev.backorder.order.amend.Redirections;
import dev.backorder.order.cancel.Cancellations;
import dev.backorder.order.order.OrderReads;
import dev.backorder.order.place.Placements;
import dev.backorder.order.returns.GoodsReturns;
import dev.backorder.order.v1.BatchPlaceOrdersRequest;
import dev.backorder.order.v1.BatchPlaceOrdersResponse;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.CancelOrderResponse;
import dev.backorder.order.v1.ChangeDestinationRequest;
import dev.backorder.order.v1.ChangeDestinationResponse;
import dev.backorder.order.v1.ChangeOrderRequest;
import dev.backorder.order.v1.ChangeOrderResponse;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetOrderResponse;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.PlaceOrderOutcome;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.ReturnOrderResponse;
import dev.backorder.platform.grpc.ErrorStatuses;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.lane.Verdict;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of the order features: one service in the contract, one feature per method here. */
@GrpcService
@Blocking
class OrderGrpcService implements OrderServiceGrpc.AsyncService, BindableService {
  private final Placements placements;
  private final OrderReads reads;
  private final Cancellations cancellations;
  private final Amendments amendments;
  private final Redirections redirections;
  private final GoodsReturns returns;
  private final ErrorStatuses statuses;

  OrderGrpcService(
      Placements placements,
      OrderReads reads,
      Cancellations cancellations,
      Amendments amendments,
      Redirections redirections,
      GoodsReturns returns,
      ErrorStatuses statuses) {
    this.placements = placements;
    this.reads = reads;
    this.cancellations = cancellations;
    this.amendments = amendments;
    this.redirections = redirections;
    this.returns = returns;
    this.statuses = statuses;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(OrderServiceGrpc.bindService(this));
  }

  @Override
  public void placeOrder(PlaceOrderRequest request, StreamObserver<PlaceOrderResponse> observer) {
    Replies.unary(observer, () -> placements.place(request));
  }

  @Override
  public void batchPlaceOrders(
      BatchPlaceOrdersRequest request, StreamObserver<BatchPlaceOrdersResponse> observer) {
    Replies.unary(observer, () -> placeAll(request));
  }

  @Override
  public void getOrder(GetOrderRequest request, StreamObserver<GetOrderResponse> observer) {
    Replies.unary(observer, () -> reads.get(request));
  }

  @Override
  public void listOrders(ListOrdersRequest request, StreamObserver<ListOrdersResponse> observer) {
    Replies.unary(observer, () -> reads.list(request));
  }

  @Override
  public void cancelOrder(
      CancelOrderRequest request, StreamObserver<CancelOrderResponse> observer) {
    Replies.unary(observer, () -> cancellations.cancel(request));
  }

  @Override
  public void changeOrder(
      ChangeOrderRequest request, StreamObserver<ChangeOrderResponse> observer) {
    Replies.unary(observer, () -> amendments.change(request));
  }

  @Override
  public void changeDestination(
      ChangeDestinationRequest request, StreamObserver<ChangeDestinationResponse> observer) {
    Replies.unary(observer, () -> redirections.redirect(request));
  }

  @Override
  public void returnOrder(
      ReturnOrderRequest request, StreamObserver<ReturnOrderResponse> observer) {
    Replies.unary(observer, () -> returns.takeBack(request));
  }

  private BatchPlaceOrdersResponse placeAll(BatchPlaceOrdersRequest request) {
    BatchPlaceOrdersResponse.Builder response = BatchPlaceOrdersResponse.newBuilder();
    for (Verdict<PlaceOrderResponse> verdict : placements.placeAll(request)) {
      PlaceOrderOutcome.Builder outcome = response.addOutcomesBuilder();
      statuses.tell(verdict, outcome::setResponse, outcome::setFailure);
    }
    return response.build();
  }
}
