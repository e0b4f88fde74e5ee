package dev.backorder.order.ship;

import dev.backorder.order.shipment.ShipmentList;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmDeliveryResponse;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ConfirmShipmentResponse;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.GetShipmentResponse;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

@GrpcService
@Blocking
class ShipmentGrpcService extends ShipmentServiceGrpc.ShipmentServiceImplBase {
  private final Shipments shipments;
  private final ShipmentList list;
  private final ShipmentConfirmations confirmations;
  private final Deliveries deliveries;

  ShipmentGrpcService(
      Shipments shipments,
      ShipmentList list,
      ShipmentConfirmations confirmations,
      Deliveries deliveries) {
    this.shipments = shipments;
    this.list = list;
    this.confirmations = confirmations;
    this.deliveries = deliveries;
  }

  @Override
  public void getShipment(
      GetShipmentRequest request, StreamObserver<GetShipmentResponse> observer) {
    Replies.unary(
        observer,
        () ->
            GetShipmentResponse.newBuilder()
                .setShipment(
                    ShipmentViews.toProto(shipments.get(UUID.fromString(request.getShipmentId()))))
                .build());
  }

  @Override
  public void listShipments(
      ListShipmentsRequest request, StreamObserver<ListShipmentsResponse> observer) {
    Replies.unary(observer, () -> list.list(request));
  }

  @Override
  public void confirmShipment(
      ConfirmShipmentRequest request, StreamObserver<ConfirmShipmentResponse> observer) {
    Replies.unary(observer, () -> confirmations.confirm(request));
  }

  @Override
  public void confirmDelivery(
      ConfirmDeliveryRequest request, StreamObserver<ConfirmDeliveryResponse> observer) {
    Replies.unary(observer, () -> deliveries.confirm(request));
  }
}
