package dev.backorder.platform.bench;

import dev.backorder.bench.v1.EchoRequest;
import dev.backorder.bench.v1.EchoResponse;
import dev.backorder.bench.v1.EchoServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import io.grpc.stub.StreamObserver;
import io.quarkus.arc.lookup.LookupIfProperty;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;

/** The cheapest call that is still one of ours. Not there unless the bench asks for it. */
@GrpcService
@Blocking
@LookupIfProperty(name = "backorder.bench.echo", stringValue = "true")
public class EchoGrpcService extends EchoServiceGrpc.EchoServiceImplBase {
  @Override
  public void echo(EchoRequest request, StreamObserver<EchoResponse> observer) {
    Replies.unary(observer, EchoResponse::getDefaultInstance);
  }
}
