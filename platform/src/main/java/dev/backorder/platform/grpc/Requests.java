package dev.backorder.platform.grpc;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets our own code answer when the bytes of a request are no message. grpc-java reads them before
 * any interceptor is asked, and calls what it cannot read an UNKNOWN error.
 */
public final class Requests {
  private Requests() {}

  /**
   * The service with requests that are refused by {@link ValidationInterceptor} when they cannot be
   * read. For {@code bindService()} of every service.
   */
  public static ServerServiceDefinition checked(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    for (ServerMethodDefinition<?, ?> generated : service.getMethods()) {
      ServerMethodDefinition<?, ?> method = reading(generated);
      methods.add(method);
      descriptor.addMethod(method.getMethodDescriptor());
    }
    ServerServiceDefinition.Builder checked = ServerServiceDefinition.builder(descriptor.build());
    for (ServerMethodDefinition<?, ?> method : methods) {
      checked.addMethod(method);
    }
    return checked.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> reading(ServerMethodDefinition<Q, R> method) {
    MethodDescriptor<Q, R> descriptor = method.getMethodDescriptor();
    if (!(descriptor.getRequestMarshaller() instanceof PrototypeMarshaller<Q> requests)) {
      throw new IllegalArgumentException(descriptor.getFullMethodName() + " takes no messages");
    }
    return ServerMethodDefinition.create(
        descriptor.toBuilder(new Reader<>(requests), descriptor.getResponseMarshaller()).build(),
        method.getServerCallHandler());
  }

  /** True for what stands in the place of a request that could not be read. */
  static boolean isUnreadable(MethodDescriptor<?, ?> method, Object request) {
    return method.getRequestMarshaller() instanceof Reader<?> reader
        && request == reader.unreadable;
  }

  private static final class Reader<T> implements PrototypeMarshaller<T> {
    private final PrototypeMarshaller<T> requests;

    /** A message of its own, known by its identity: no bytes are ever read as it. */
    private final T unreadable;

    Reader(PrototypeMarshaller<T> requests) {
      this.requests = requests;
      Message another = ((Message) requests.getMessagePrototype()).newBuilderForType().build();
      this.unreadable = requests.getMessageClass().cast(another);
    }

    @Override
    public T parse(InputStream bytes) {
      try {
        return requests.parse(bytes);
      } catch (StatusRuntimeException noMessage) {
        return unreadable;
      }
    }

    @Override
    public InputStream stream(T request) {
      return requests.stream(request);
    }

    @Override
    public Class<T> getMessageClass() {
      return requests.getMessageClass();
    }

    @Override
    public T getMessagePrototype() {
      return requests.getMessagePrototype();
    }
  }
}
