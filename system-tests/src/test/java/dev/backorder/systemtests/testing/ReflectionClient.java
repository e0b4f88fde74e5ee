package dev.backorder.systemtests.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client that knows none of our contracts: it asks the server for them (reflection v1), as a
 * client in another language would, and calls with what it has learnt.
 */
public final class ReflectionClient {

  private static final long DEADLINE_SECONDS = 20;

  private final Channel channel;
  private final Map<String, FileDescriptorProto> protos = new HashMap<>();
  private final Map<String, FileDescriptor> files = new HashMap<>();

  /** Talks to the server behind this channel. */
  public ReflectionClient(Channel channel) {
    this.channel = channel;
  }

  /** Names of all services that the server offers. */
  public List<String> serviceNames() {
    return ask(ServerReflectionRequest.newBuilder().setListServices("").build())
        .getListServicesResponse()
        .getServiceList()
        .stream()
        .map(ServiceResponse::getName)
        .sorted()
        .toList();
  }

  /** The contract of a service. */
  public ServiceDescriptor service(String fullName) {
    FileDescriptor file = fileOf(fullName);
    return file.findServiceByName(fullName.substring(fullName.lastIndexOf('.') + 1));
  }

  /** The contract of a message, for example of what a feed's {@code Any} holds. */
  public Descriptor message(String fullName) {
    return fileOf(fullName)
        .findMessageTypeByName(fullName.substring(fullName.lastIndexOf('.') + 1));
  }

  /** Every method of every service of ours. */
  public List<MethodDescriptor> ourMethods() {
    List<MethodDescriptor> methods = new ArrayList<>();
    for (String name : serviceNames()) {
      if (name.startsWith("backorder.")) {
        methods.addAll(service(name).getMethods());
      }
    }
    return methods;
  }

  /** Calls a unary method, or takes the first answer of a streaming one. */
  public DynamicMessage call(MethodDescriptor method, DynamicMessage request) {
    io.grpc.MethodDescriptor<DynamicMessage, DynamicMessage> wire =
        io.grpc.MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
            .setType(io.grpc.MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(wireName(method))
            .setRequestMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getInputType())))
            .setResponseMarshaller(
                ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
            .build();
    return ClientCalls.blockingUnaryCall(
        channel,
        wire,
        CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS),
        request);
  }

  /** {@code package.Service/Method}. */
  public static String wireName(MethodDescriptor method) {
    return io.grpc.MethodDescriptor.generateFullMethodName(
        method.getService().getFullName(), method.getName());
  }

  private FileDescriptor fileOf(String symbol) {
    List<String> names =
        learn(ServerReflectionRequest.newBuilder().setFileContainingSymbol(symbol).build());
    return build(names.get(0));
  }

  private List<String> learn(ServerReflectionRequest question) {
    List<String> names = new ArrayList<>();
    ServerReflectionResponse answer = ask(question);
    if (answer.hasErrorResponse()) {
      throw new IllegalStateException(question + " is unknown: " + answer.getErrorResponse());
    }
    for (ByteString bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
      try {
        FileDescriptorProto proto = FileDescriptorProto.parseFrom(bytes);
        protos.put(proto.getName(), proto);
        names.add(proto.getName());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalStateException(e);
      }
    }
    return names;
  }

  private FileDescriptor build(String name) {
    FileDescriptor known = files.get(name);
    if (known != null) {
      return known;
    }
    if (!protos.containsKey(name)) {
      learn(ServerReflectionRequest.newBuilder().setFileByFilename(name).build());
    }
    FileDescriptorProto proto = protos.get(name);
    FileDescriptor[] dependencies =
        proto.getDependencyList().stream().map(this::build).toArray(FileDescriptor[]::new);
    try {
      FileDescriptor built = FileDescriptor.buildFrom(proto, dependencies);
      files.put(name, built);
      return built;
    } catch (DescriptorValidationException e) {
      throw new IllegalStateException(name, e);
    }
  }

  private ServerReflectionResponse ask(ServerReflectionRequest question) {
    CompletableFuture<ServerReflectionResponse> answer = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> questions =
        ServerReflectionGrpc.newStub(channel)
            .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
            .serverReflectionInfo(
                new StreamObserver<>() {
                  @Override
                  public void onNext(ServerReflectionResponse response) {
                    answer.complete(response);
                  }

                  @Override
                  public void onError(Throwable failure) {
                    answer.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    answer.completeExceptionally(new IllegalStateException("no answer"));
                  }
                });
    questions.onNext(question);
    ServerReflectionResponse response = answer.join();
    questions.onCompleted();
    return response;
  }
}
