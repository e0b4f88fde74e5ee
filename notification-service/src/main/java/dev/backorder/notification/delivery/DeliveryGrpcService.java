package dev.backorder.notification.delivery;

import dev.backorder.notification.v1.DeliveryServiceGrpc;
import dev.backorder.notification.v1.GetDeliveryRequest;
import dev.backorder.notification.v1.GetDeliveryResponse;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.notification.v1.ResendDeliveryRequest;
import dev.backorder.notification.v1.ResendDeliveryResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

/** The edge of the delivery log. */
@GrpcService
@Blocking
class DeliveryGrpcService implements DeliveryServiceGrpc.AsyncService, BindableService {
  private final Deliveries deliveries;
  private final Transactions transactions;

  DeliveryGrpcService(Deliveries deliveries, Transactions transactions) {
    this.deliveries = deliveries;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(DeliveryServiceGrpc.bindService(this));
  }

  @Override
  public void getDelivery(
      GetDeliveryRequest request, StreamObserver<GetDeliveryResponse> observer) {
    Replies.unary(
        observer,
        () ->
            GetDeliveryResponse.newBuilder()
                .setDelivery(deliveries.get(UUID.fromString(request.getDeliveryId())))
                .build());
  }

  @Override
  public void listDeliveries(
      ListDeliveriesRequest request, StreamObserver<ListDeliveriesResponse> observer) {
    Replies.unary(observer, () -> deliveries.list(request));
  }

  @Override
  public void resendDelivery(
      ResendDeliveryRequest request, StreamObserver<ResendDeliveryResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> deliveries.resend(request)));
  }
}
