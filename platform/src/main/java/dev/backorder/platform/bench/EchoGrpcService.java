package dev.backorder.platform.bench;

import dev.backorder.bench.v1.EchoRequest;
import dev.backorder.bench.v1.EchoResponse;
import dev.backorder.bench.v1.EchoServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The cheapest call that is still one of ours. Not there unless the bench asks for it. */
@GrpcService
@Blocking
@LookupIfProperty(name = "backorder.bench.echo", stringValue = "true")
public class EchoGrpcService implements EchoServiceGrpc.AsyncService, BindableService {
  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(EchoServiceGrpc.bindService(this));
  }

  @Override
  public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    Replies.unary(observer, EchoResponse::getDefaultInstance);
  }
}
