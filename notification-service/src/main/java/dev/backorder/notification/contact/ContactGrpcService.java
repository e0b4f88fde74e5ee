package dev.backorder.notification.contact;

import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.BatchSetContactsResponse;
import dev.backorder.notification.v1.ContactServiceGrpc;
import dev.backorder.notification.v1.GetContactRequest;
import dev.backorder.notification.v1.GetContactResponse;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.notification.v1.SetContactResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of contacts. */
@GrpcService
@Blocking
class ContactGrpcService implements ContactServiceGrpc.AsyncService, BindableService {
  private final Contacts contacts;
  private final Transactions transactions;

  ContactGrpcService(Contacts contacts, Transactions transactions) {
    this.contacts = contacts;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ContactServiceGrpc.bindService(this));
  }

  @Override
  public void setContact(SetContactRequest request, StreamObserver<SetContactResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> contacts.set(request)));
  }

  @Override
  public void getContact(GetContactRequest request, StreamObserver<GetContactResponse> observer) {
    Replies.unary(
        observer,
        () ->
            GetContactResponse.newBuilder()
                .setContact(contacts.get(request.getCustomerId()))
                .build());
  }

  @Override
  public void batchSetContacts(
      BatchSetContactsRequest request, StreamObserver<BatchSetContactsResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> contacts.setAll(request)));
  }
}
