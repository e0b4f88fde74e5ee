package dev.backorder.platform.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import dev.backorder.platform.testing.GrpcTestChannel;
import dev.backorder.platform.testing.PostgresResource;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
class ReflectionTest {
  private final BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();

  @Test
  void a_client_without_our_contracts_can_learn_them() throws Exception {
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(GrpcTestChannel.channel()).serverReflectionInfo(collector());
    questions.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    questions.onNext(
        ServerReflectionRequest.newBuilder()
            .setFileContainingSymbol("backorder.common.v1.FeedService")
            .build());
    await().until(() -> answers.size() == 2);
    questions.onCompleted();

    assertThat(answers.remove().getListServicesResponse().getServiceList())
        .extracting(ServiceResponse::getName)
        .contains(
            "backorder.common.v1.FeedService",
            "backorder.common.v1.ClockService",
            "backorder.common.v1.ConsistencyService",
            "grpc.health.v1.Health");
    FileDescriptorProto file =
        FileDescriptorProto.parseFrom(
            answers.remove().getFileDescriptorResponse().getFileDescriptorProto(0));
    assertThat(file.getPackage()).isEqualTo("backorder.common.v1");
  }

  private StreamObserver<ServerReflectionResponse> collector() {
    return new StreamObserver<>() {
      @Override
      public void onNext(ServerReflectionResponse response) {
        answers.add(response);
      }

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {}
    };
  }
}
