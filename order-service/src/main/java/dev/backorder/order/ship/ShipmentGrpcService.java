package dev.backorder.order.ship;

import dev.backorder.order.shipment.ShipmentList;
import dev.backorder.order.shipment.ShipmentViews;
import dev.backorder.order.shipment.Shipments;
import dev.backorder.order.v1.BatchConfirmDeliveriesRequest;
import dev.backorder.order.v1.BatchConfirmDeliveriesResponse;
import dev.backorder.order.v1.BatchConfirmShipmentsRequest;
import dev.backorder.order.v1.BatchConfirmShipmentsResponse;
import dev.backorder.order.v1.ConfirmDeliveryOutcome;
import dev.backorder.order.v1.ConfirmDeliveryRequest;
import dev.backorder.order.v1.ConfirmDeliveryResponse;
import dev.backorder.order.v1.ConfirmShipmentOutcome;
import dev.backorder.order.v1.ConfirmShipmentRequest;
import dev.backorder.order.v1.ConfirmShipmentResponse;
import dev.backorder.order.v1.GetShipmentRequest;
import dev.backorder.order.v1.GetShipmentResponse;
import dev.backorder.order.v1.ListShipmentsRequest;
import dev.backorder.order.v1.ListShipmentsResponse;
import dev.backorder.order.v1.RejectShipmentRequest;
import dev.backorder.order.v1.RejectShipmentResponse;
import dev.backorder.order.v1.ResumeShipmentRequest;
import dev.backorder.order.v1.ResumeShipmentResponse;
import dev.backorder.order.v1.ShipmentServiceGrpc;
import dev.backorder.order.v1.UpdateTrackingRequest;
import dev.backorder.order.v1.UpdateTrackingResponse;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.ErrorStatuses;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.lane.Verdict;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.UUID;

@GrpcService
@Blocking
class ShipmentGrpcService implements ShipmentServiceGrpc.AsyncService, BindableService {
  private final Shipments shipments;
  private final ShipmentList list;
  private final ShipmentConfirmations confirmations;
  private final Deliveries deliveries;
  private final WarehouseAnswers answers;
  private final ErrorStatuses statuses;

  ShipmentGrpcService(
      Shipments shipments,
      ShipmentList list,
      ShipmentConfirmations confirmations,
      Deliveries deliveries,
      WarehouseAnswers answers,
      ErrorStatuses statuses) {
    this.shipments = shipments;
    this.list = list;
    this.confirmations = confirmations;
    this.deliveries = deliveries;
    this.answers = answers;
    this.statuses = statuses;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ShipmentServiceGrpc.bindService(this));
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
    Replies.unary(
        observer,
        () -> {
          FieldProblems problems = new FieldProblems();
          ShortShipments.check(request, "", problems);
          problems.throwIfAny();
          return confirmations.confirm(request);
        });
  }

  @Override
  public void batchConfirmShipments(
      BatchConfirmShipmentsRequest request,
      StreamObserver<BatchConfirmShipmentsResponse> observer) {
    Replies.unary(observer, () -> confirmAll(request));
  }

  @Override
  public void batchConfirmDeliveries(
      BatchConfirmDeliveriesRequest request,
      StreamObserver<BatchConfirmDeliveriesResponse> observer) {
    Replies.unary(observer, () -> deliverAll(request));
  }

  @Override
  public void confirmDelivery(
      ConfirmDeliveryRequest request, StreamObserver<ConfirmDeliveryResponse> observer) {
    Replies.unary(observer, () -> deliveries.confirm(request));
  }

  @Override
  public void rejectShipment(
      RejectShipmentRequest request, StreamObserver<RejectShipmentResponse> observer) {
    Replies.unary(observer, () -> answers.reject(request));
  }

  @Override
  public void resumeShipment(
      ResumeShipmentRequest request, StreamObserver<ResumeShipmentResponse> observer) {
    Replies.unary(observer, () -> answers.resume(request));
  }

  @Override
  public void updateTracking(
      UpdateTrackingRequest request, StreamObserver<UpdateTrackingResponse> observer) {
    Replies.unary(observer, () -> answers.updateTracking(request));
  }

  private BatchConfirmShipmentsResponse confirmAll(BatchConfirmShipmentsRequest request) {
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < request.getShipmentsCount(); i++) {
      ShortShipments.check(request.getShipments(i), "shipments[%d].".formatted(i), problems);
    }
    problems.throwIfAny();
    Once.check(
        "shipments",
        request.getShipmentsList(),
        ConfirmShipmentRequest::getRequestId,
        ConfirmShipmentRequest::getShipmentId);
    BatchConfirmShipmentsResponse.Builder response = BatchConfirmShipmentsResponse.newBuilder();
    for (Verdict<ConfirmShipmentResponse> verdict :
        confirmations.confirmAll(request.getShipmentsList())) {
      ConfirmShipmentOutcome.Builder outcome = response.addOutcomesBuilder();
      statuses.tell(verdict, outcome::setResponse, outcome::setFailure);
    }
    return response.build();
  }

  private BatchConfirmDeliveriesResponse deliverAll(BatchConfirmDeliveriesRequest request) {
    Once.check(
        "deliveries",
        request.getDeliveriesList(),
        ConfirmDeliveryRequest::getRequestId,
        ConfirmDeliveryRequest::getShipmentId);
    BatchConfirmDeliveriesResponse.Builder response = BatchConfirmDeliveriesResponse.newBuilder();
    for (Verdict<ConfirmDeliveryResponse> verdict :
        deliveries.confirmAll(request.getDeliveriesList())) {
      ConfirmDeliveryOutcome.Builder outcome = response.addOutcomesBuilder();
      statuses.tell(verdict, outcome::setResponse, outcome::setFailure);
    }
    return response.build();
  }
}
