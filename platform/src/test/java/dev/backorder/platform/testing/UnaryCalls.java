package dev.backorder.platform.testing;

import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ClientCalls;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Calls any unary RPC with any message, for tests that walk whole services. */
public final class UnaryCalls {
  private UnaryCalls() {}

  /** Every unary RPC of these services. */
  public static List<MethodDescriptor<?, ?>> of(ServiceDescriptor... services) {
    return Arrays.stream(services)
        .<MethodDescriptor<?, ?>>flatMap(service -> service.getMethods().stream())
        .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
        .toList();
  }

  /** The request of an RPC, with nothing filled in. */
  public static Message emptyRequest(MethodDescriptor<?, ?> method) {
    return (Message)
        ((MethodDescriptor.PrototypeMarshaller<?>) method.getRequestMarshaller())
            .getMessagePrototype();
  }

  /** Makes a call. */
  @SuppressWarnings("unchecked")
  public static Message call(Channel channel, MethodDescriptor<?, ?> method, Message request) {
    return ClientCalls.blockingUnaryCall(
        channel,
        (MethodDescriptor<Message, Message>) method,
        CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS),
        request);
  }
}
