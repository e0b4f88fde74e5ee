package dev.backorder.inventory.explanation;

import dev.backorder.inventory.v1.AllocationExplanationServiceGrpc;
import dev.backorder.inventory.v1.ExplainAllocationRequest;
import dev.backorder.inventory.v1.ExplainAllocationResponse;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The edge of explanations. */
@GrpcService
@Blocking
class ExplanationGrpcService
    implements AllocationExplanationServiceGrpc.AsyncService, BindableService {
  private final Explanations explanations;

  ExplanationGrpcService(Explanations explanations) {
    this.explanations = explanations;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(AllocationExplanationServiceGrpc.bindService(this));
  }

  @Override
  public void explainAllocation(
      ExplainAllocationRequest request, StreamObserver<ExplainAllocationResponse> observer) {
    Replies.unary(observer, () -> explanations.explain(request));
  }
}
