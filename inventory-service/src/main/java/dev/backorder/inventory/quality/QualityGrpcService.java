package dev.backorder.inventory.quality;

import dev.backorder.inventory.quality.QualityHoldBook.PlacedHold;
import dev.backorder.inventory.v1.ErrorReason;
import dev.backorder.inventory.v1.GetQualityHoldRequest;
import dev.backorder.inventory.v1.GetQualityHoldResponse;
import dev.backorder.inventory.v1.ListQualityHoldsRequest;
import dev.backorder.inventory.v1.ListQualityHoldsResponse;
import dev.backorder.inventory.v1.PlaceQualityHoldRequest;
import dev.backorder.inventory.v1.PlaceQualityHoldResponse;
import dev.backorder.inventory.v1.QualityServiceGrpc;
import dev.backorder.inventory.v1.ReleaseQualityHoldRequest;
import dev.backorder.inventory.v1.ReleaseQualityHoldResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** The edge of quality holds. */
@GrpcService
@Blocking
class QualityGrpcService implements QualityServiceGrpc.AsyncService, BindableService {
  private static final String LIST = "quality_holds";

  private final QualityHolds placing;
  private final QualityReleases releases;
  private final QualityHoldBook holds;
  private final Transactions transactions;

  QualityGrpcService(
      QualityHolds placing,
      QualityReleases releases,
      QualityHoldBook holds,
      Transactions transactions) {
    this.placing = placing;
    this.releases = releases;
    this.holds = holds;
    this.transactions = transactions;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(QualityServiceGrpc.bindService(this));
  }

  @Override
  public void placeQualityHold(
      PlaceQualityHoldRequest request, StreamObserver<PlaceQualityHoldResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> placing.place(request)));
  }

  @Override
  public void releaseQualityHold(
      ReleaseQualityHoldRequest request, StreamObserver<ReleaseQualityHoldResponse> observer) {
    Replies.unary(observer, () -> transactions.retrying(() -> releases.release(request)));
  }

  @Override
  public void getQualityHold(
      GetQualityHoldRequest request, StreamObserver<GetQualityHoldResponse> observer) {
    Replies.unary(observer, () -> get(request.getQualityHoldId()));
  }

  @Override
  public void listQualityHolds(
      ListQualityHoldsRequest request, StreamObserver<ListQualityHoldsResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private GetQualityHoldResponse get(String id) {
    return holds
        .find(id)
        .map(QualityMessages::render)
        .map(hold -> GetQualityHoldResponse.newBuilder().setQualityHold(hold).build())
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_QUALITY_HOLD_NOT_FOUND, "quality_hold", id));
  }

  private ListQualityHoldsResponse list(ListQualityHoldsRequest request) {
    int size = PageTokens.size(request.getPageSize());
    List<String> after = PageTokens.decode(LIST, request.getPageToken());
    List<PlacedHold> found =
        holds.page(
            request.getSku(),
            request.getLocation(),
            request.getIncludeReleased(),
            after.isEmpty() ? 0 : position(after.get(0)),
            size + 1);
    ListQualityHoldsResponse.Builder response = ListQualityHoldsResponse.newBuilder();
    found.stream()
        .limit(size)
        .map(placed -> QualityMessages.render(placed.hold()))
        .forEach(response::addQualityHolds);
    if (found.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(LIST, Long.toString(found.get(size - 1).position())));
    }
    return response.build();
  }

  private static long position(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }
}
