package dev.backorder.order.servicelevel;

import dev.backorder.order.v1.GetServiceLevelsRequest;
import dev.backorder.order.v1.GetServiceLevelsResponse;
import dev.backorder.order.v1.ServiceLevelServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

@GrpcService
@Blocking
class ServiceLevelGrpcService implements ServiceLevelServiceGrpc.AsyncService, BindableService {
  private final OrderServiceLevels levels;

  ServiceLevelGrpcService(OrderServiceLevels levels) {
    this.levels = levels;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ServiceLevelServiceGrpc.bindService(this));
  }

  @Override
  public void getServiceLevels(
      GetServiceLevelsRequest request, StreamObserver<GetServiceLevelsResponse> observer) {
    Replies.unary(observer, () -> levels.get(request));
  }
}
