package dev.backorder.supplier.catalogue;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.request.RequestLog;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.supplier.catalogue.model.SoldItem;
import dev.backorder.supplier.catalogue.model.SupplierProfile;
import dev.backorder.supplier.v1.BatchSetSupplierItemsRequest;
import dev.backorder.supplier.v1.BatchSetSupplierItemsResponse;
import dev.backorder.supplier.v1.CreateSupplierRequest;
import dev.backorder.supplier.v1.CreateSupplierResponse;
import dev.backorder.supplier.v1.GetSupplierRequest;
import dev.backorder.supplier.v1.GetSupplierResponse;
import dev.backorder.supplier.v1.ListSupplierItemsRequest;
import dev.backorder.supplier.v1.ListSupplierItemsResponse;
import dev.backorder.supplier.v1.ListSuppliersRequest;
import dev.backorder.supplier.v1.ListSuppliersResponse;
import dev.backorder.supplier.v1.SupplierServiceGrpc;
import dev.backorder.supplier.v1.UpdateSupplierRequest;
import dev.backorder.supplier.v1.UpdateSupplierResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

@GrpcService
@Blocking
class SupplierGrpcService implements SupplierServiceGrpc.AsyncService, BindableService {
  private static final String SUPPLIER_LIST = "suppliers";

  private final Suppliers suppliers;
  private final RequestLog requests;
  private final Transactions transactions;

  SupplierGrpcService(Suppliers suppliers, RequestLog requests, Transactions transactions) {
    this.suppliers = suppliers;
    this.requests = requests;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(SupplierServiceGrpc.bindService(this));
  }

  @Override
  public void createSupplier(
      CreateSupplierRequest request, StreamObserver<CreateSupplierResponse> observer) {
    Replies.unary(observer, () -> transactions.inNew(() -> create(request)));
  }

  private CreateSupplierResponse create(CreateSupplierRequest request) {
    SupplierProfile profile = SupplierMessages.parse(new FieldProblems(), request.getSupplier());
    return requests.once(
        request.getRequestId(),
        request,
        CreateSupplierResponse.parser(),
        () ->
            CreateSupplierResponse.newBuilder()
                .setSupplier(SupplierMessages.render(suppliers.create(profile)))
                .build());
  }

  @Override
  public void getSupplier(
      GetSupplierRequest request, StreamObserver<GetSupplierResponse> observer) {
    Replies.unary(
        observer,
        () ->
            GetSupplierResponse.newBuilder()
                .setSupplier(SupplierMessages.render(suppliers.read(request.getCode())))
                .build());
  }

  @Override
  public void listSuppliers(
      ListSuppliersRequest request, StreamObserver<ListSuppliersResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private ListSuppliersResponse list(ListSuppliersRequest request) {
    List<String> after = PageTokens.decode(SUPPLIER_LIST, request.getPageToken());
    int size = PageTokens.size(request.getPageSize());
    List<Suppliers.Stored> rows = suppliers.page(after.isEmpty() ? "" : after.get(0), size + 1);
    ListSuppliersResponse.Builder response = ListSuppliersResponse.newBuilder();
    rows.stream().limit(size).map(SupplierMessages::render).forEach(response::addSuppliers);
    if (rows.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(SUPPLIER_LIST, rows.get(size - 1).profile().code()));
    }
    return response.build();
  }

  @Override
  public void updateSupplier(
      UpdateSupplierRequest request, StreamObserver<UpdateSupplierResponse> observer) {
    Replies.unary(observer, () -> transactions.inNew(() -> update(request)));
  }

  private UpdateSupplierResponse update(UpdateSupplierRequest request) {
    String etag = request.getSupplier().getEtag();
    FieldProblems problems =
        new FieldProblems().check(!etag.isEmpty(), "supplier.etag", "must be the one last read");
    SupplierProfile profile = SupplierMessages.parse(problems, request.getSupplier());
    return requests.once(
        request.getRequestId(),
        request,
        UpdateSupplierResponse.parser(),
        () ->
            UpdateSupplierResponse.newBuilder()
                .setSupplier(SupplierMessages.render(suppliers.update(profile, etag)))
                .build());
  }

  @Override
  public void batchSetSupplierItems(
      BatchSetSupplierItemsRequest request,
      StreamObserver<BatchSetSupplierItemsResponse> observer) {
    Replies.unary(observer, () -> transactions.inNew(() -> setItems(request)));
  }

  private BatchSetSupplierItemsResponse setItems(BatchSetSupplierItemsRequest request) {
    List<SoldItem> sold = SupplierMessages.parse(request);
    return requests.once(
        request.getRequestId(),
        request,
        BatchSetSupplierItemsResponse.parser(),
        () ->
            BatchSetSupplierItemsResponse.newBuilder()
                .setSetCount(suppliers.setItems(request.getSupplier(), sold))
                .build());
  }

  @Override
  public void listSupplierItems(
      ListSupplierItemsRequest request, StreamObserver<ListSupplierItemsResponse> observer) {
    Replies.unary(observer, () -> listItems(request));
  }

  private ListSupplierItemsResponse listItems(ListSupplierItemsRequest request) {
    // A token belongs to its filter.
    String list = "supplier_items:%s:%s".formatted(request.getSupplier(), request.getSku());
    List<String> after = PageTokens.decode(list, request.getPageToken());
    if (after.size() == 1) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
    int size = PageTokens.size(request.getPageSize());
    List<SoldItem> rows =
        suppliers.itemPage(
            request.getSupplier(),
            request.getSku(),
            after.isEmpty() ? "" : after.get(0),
            after.isEmpty() ? "" : after.get(1),
            size + 1);
    ListSupplierItemsResponse.Builder response = ListSupplierItemsResponse.newBuilder();
    rows.stream().limit(size).map(SupplierMessages::render).forEach(response::addItems);
    if (rows.size() > size) {
      SoldItem last = rows.get(size - 1);
      response.setNextPageToken(PageTokens.encode(list, last.supplier(), last.sku()));
    }
    return response.build();
  }
}
