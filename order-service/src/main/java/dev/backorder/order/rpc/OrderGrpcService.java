package dev.backorder.order.rpc;

import dev.backorder.order.cancel.Cancellations;
import dev.backorder.order.order.OrderReads;
import dev.backorder.order.place.Placements;
import dev.backorder.order.returns.GoodsReturns;
import dev.backorder.order.v1.CancelOrderRequest;
import dev.backorder.order.v1.CancelOrderResponse;
import dev.backorder.order.v1.GetOrderRequest;
import dev.backorder.order.v1.GetOrderResponse;
import dev.backorder.order.v1.ListOrdersRequest;
import dev.backorder.order.v1.ListOrdersResponse;
import dev.backorder.order.v1.OrderServiceGrpc;
import dev.backorder.order.v1.PlaceOrderRequest;
import dev.backorder.order.v1.PlaceOrderResponse;
import dev.backorder.order.v1.ReturnOrderRequest;
import dev.backorder.order.v1.ReturnOrderResponse;
import dev.backorder.platform.grpc.Replies;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of the order features: one service in the contract, one feature per method here. */
@GrpcService
@Blocking
class OrderGrpcService extends OrderServiceGrpc.OrderServiceImplBase {
  private final Placements placements;
  private final OrderReads reads;
  private final Cancellations cancellations;
  private final GoodsReturns returns;

  OrderGrpcService(
      Placements placements, OrderReads reads, Cancellations cancellations, GoodsReturns returns) {
    this.placements = placements;
    this.reads = reads;
    this.cancellations = cancellations;
    this.returns = returns;
  }

  @Override
  public void placeOrder(PlaceOrderRequest request, StreamObserver<PlaceOrderResponse> observer) {
    Replies.unary(observer, () -> placements.place(request));
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
  public void returnOrder(
      ReturnOrderRequest request, StreamObserver<ReturnOrderResponse> observer) {
    Replies.unary(observer, () -> returns.takeBack(request));
  }
}
