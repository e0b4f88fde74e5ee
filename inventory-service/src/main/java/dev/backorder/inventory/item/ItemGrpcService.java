package dev.backorder.inventory.item;

import dev.backorder.inventory.v1.BatchCreateItemsRequest;
import dev.backorder.inventory.v1.BatchCreateItemsResponse;
import dev.backorder.inventory.v1.GetItemRequest;
import dev.backorder.inventory.v1.GetItemResponse;
import dev.backorder.inventory.v1.ItemServiceGrpc;
import dev.backorder.inventory.v1.ListItemsRequest;
import dev.backorder.inventory.v1.ListItemsResponse;
import dev.backorder.inventory.v1.UpdateItemRequest;
import dev.backorder.inventory.v1.UpdateItemResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of items. */
@GrpcService
@Blocking
class ItemGrpcService implements ItemServiceGrpc.AsyncService, BindableService {

  private final Items items;
  private final Transactions transactions;

  ItemGrpcService(Items items, Transactions transactions) {
    this.items = items;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ItemServiceGrpc.bindService(this));
  }

  @Override
  public void batchCreateItems(
      BatchCreateItemsRequest request, StreamObserver<BatchCreateItemsResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> items.create(request)));
  }

  @Override
  public void getItem(GetItemRequest request, StreamObserver<GetItemResponse> observer) {
    Replies.unary(observer, () -> items.get(request));
  }

  @Override
  public void listItems(ListItemsRequest request, StreamObserver<ListItemsResponse> observer) {
    Replies.unary(observer, () -> items.list(request));
  }

  @Override
  public void updateItem(UpdateItemRequest request, StreamObserver<UpdateItemResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> items.update(request)));
  }
}
