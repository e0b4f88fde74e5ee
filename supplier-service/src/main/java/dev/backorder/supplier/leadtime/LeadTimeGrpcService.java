package dev.backorder.supplier.leadtime;

import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.supplier.leadtime.ObservationBook.Kept;
import dev.backorder.supplier.v1.GetLeadTimeDistributionRequest;
import dev.backorder.supplier.v1.GetLeadTimeDistributionResponse;
import dev.backorder.supplier.v1.LeadTimeServiceGrpc;
import dev.backorder.supplier.v1.ListLeadTimeObservationsRequest;
import dev.backorder.supplier.v1.ListLeadTimeObservationsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

@GrpcService
@Blocking
class LeadTimeGrpcService implements LeadTimeServiceGrpc.AsyncService, BindableService {
  private final LeadTimes leadTimes;

  LeadTimeGrpcService(LeadTimes leadTimes) {
    this.leadTimes = leadTimes;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(LeadTimeServiceGrpc.bindService(this));
  }

  @Override
  public void getLeadTimeDistribution(
      GetLeadTimeDistributionRequest request,
      StreamObserver<GetLeadTimeDistributionResponse> observer) {
    Replies.unary(observer, () -> get(request));
  }

  private GetLeadTimeDistributionResponse get(GetLeadTimeDistributionRequest request) {
    LeadTimes.Answer answer = leadTimes.distribution(request.getSupplier(), request.getSku());
    GetLeadTimeDistributionResponse.Builder response =
        GetLeadTimeDistributionResponse.newBuilder()
            .setSupplier(LeadTimeMessages.render(answer.supplier()));
    answer.item().map(LeadTimeMessages::render).ifPresent(response::setItem);
    return response.build();
  }

  @Override
  public void listLeadTimeObservations(
      ListLeadTimeObservationsRequest request,
      StreamObserver<ListLeadTimeObservationsResponse> observer) {
    Replies.unary(observer, () -> list(request));
  }

  private ListLeadTimeObservationsResponse list(ListLeadTimeObservationsRequest request) {
    // A token belongs to its filter.
    String list = "lead_times:%s:%s".formatted(request.getSupplier(), request.getSku());
    List<String> after = PageTokens.decode(list, request.getPageToken());
    int size = PageTokens.size(request.getPageSize());
    List<Kept> found =
        leadTimes.page(
            request.getSupplier(),
            request.getSku(),
            after.isEmpty() ? 0 : position(after.get(0)),
            size + 1);
    ListLeadTimeObservationsResponse.Builder response =
        ListLeadTimeObservationsResponse.newBuilder();
    found.stream().limit(size).map(LeadTimeMessages::render).forEach(response::addObservations);
    if (found.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(list, Long.toString(found.get(size - 1).position())));
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
