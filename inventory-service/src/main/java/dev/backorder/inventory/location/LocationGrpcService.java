package dev.backorder.inventory.location;

import dev.backorder.inventory.v1.CreateLocationRequest;
import dev.backorder.inventory.v1.CreateLocationResponse;
import dev.backorder.inventory.v1.GetLocationRequest;
import dev.backorder.inventory.v1.GetLocationResponse;
import dev.backorder.inventory.v1.ListLocationsRequest;
import dev.backorder.inventory.v1.ListLocationsResponse;
import dev.backorder.inventory.v1.LocationServiceGrpc;
import dev.backorder.inventory.v1.UpdateLocationRequest;
import dev.backorder.inventory.v1.UpdateLocationResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of locations. */
@GrpcService
@Blocking
class LocationGrpcService implements LocationServiceGrpc.AsyncService, BindableService {

  private final Locations locations;
  private final Transactions transactions;

  LocationGrpcService(Locations locations, Transactions transactions) {
    this.locations = locations;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(LocationServiceGrpc.bindService(this));
  }

  @Override
  public void createLocation(
      CreateLocationRequest request, StreamObserver<CreateLocationResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> locations.create(request)));
  }

  @Override
  public void getLocation(
      GetLocationRequest request, StreamObserver<GetLocationResponse> observer) {
    Replies.unary(observer, () -> locations.get(request));
  }

  @Override
  public void listLocations(
      ListLocationsRequest request, StreamObserver<ListLocationsResponse> observer) {
    Replies.unary(observer, () -> locations.list(request));
  }

  @Override
  public void updateLocation(
      UpdateLocationRequest request, StreamObserver<UpdateLocationResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> locations.update(request)));
  }
}
