package dev.backorder.systemtests.badinput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.backorder.cli.stack.ServiceKind;
import dev.backorder.systemtests.testing.BackorderSystem;
import dev.backorder.systemtests.testing.ReflectionClient;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Garbage for every RPC of every service, made from what reflection tells: each gets a clear answer
 * in time, none is a failure of ours, and no table of any database grows or shrinks by it.
 */
class BadInputIT {

  private static final long SEED = 20260101;
  private static final long DEADLINE_SECONDS = 10;
  private static final Set<Status.Code> OUR_FAILURES =
      EnumSet.of(
          Status.Code.UNKNOWN,
          Status.Code.INTERNAL,
          Status.Code.DATA_LOSS,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.UNIMPLEMENTED,
          Status.Code.UNAVAILABLE,
          Status.Code.CANCELLED);

  private static BackorderSystem system;
  private static final Map<ServiceKind, Channel> channels = new EnumMap<>(ServiceKind.class);

  @BeforeAll
  static void start() {
    system = BackorderSystem.shared();
    for (ServiceKind kind : ServiceKind.values()) {
      channels.put(kind, system.channel(kind));
    }
  }

  @Test
  void garbage_is_refused_clearly_and_changes_nothing() {
    TableCounts counts = new TableCounts(system);
    Map<String, Long> before = counts.whenQuiet();
    List<String> problems = new ArrayList<>();
    Map<Status.Code, Integer> answers = new EnumMap<>(Status.Code.class);
    Map<String, Long> remembered = new HashMap<>();
    for (ServiceKind kind : ServiceKind.values()) {
      List<MethodDescriptor> methods = new ReflectionClient(channels.get(kind)).ourMethods();
      assertThat(send(kind, methods.get(0), Garbage.farTooLarge(), problems))
          .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      for (MethodDescriptor method : methods) {
        // Drawn for each method by itself, so that another method does not change the others'.
        Random random = new Random(SEED + ReflectionClient.wireName(method).hashCode());
        for (Garbage.Body body : Garbage.bodies(method.getInputType(), random)) {
          Status.Code code = send(kind, method, body, problems);
          answers.merge(code, 1, Integer::sum);
          if (code == Status.Code.OK && Garbage.findsNothing(method)) {
            remembered.merge(kind.shortName() + ".request_log", 1L, Long::sum);
          }
        }
      }
    }
    System.out.println("answers to garbage: " + answers);
    assertThat(problems).isEmpty();
    assertThat(answers).containsKey(Status.Code.INVALID_ARGUMENT);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(counts.now()).satisfies(now -> unchanged(before, now, remembered)));
  }

  /** No table has another row, but for those that remember what was accepted. */
  private static void unchanged(
      Map<String, Long> before, Map<String, Long> now, Map<String, Long> remembered) {
    assertThat(now.keySet()).isEqualTo(before.keySet());
    now.forEach(
        (table, rows) ->
            assertThat(rows - before.getOrDefault(table, 0L))
                .as(table)
                .isBetween(0L, remembered.getOrDefault(table, 0L)));
  }

  private static Status.Code send(
      ServiceKind kind, MethodDescriptor method, Garbage.Body body, List<String> problems) {
    String name = kind.shortName() + " " + ReflectionClient.wireName(method) + ": " + body.name();
    try {
      call(kind, method, body.bytes().toByteArray());
      if (!body.mayBeAccepted(method)) {
        problems.add(name + ": accepted");
      }
      return Status.Code.OK;
    } catch (StatusRuntimeException e) {
      Status.Code code = e.getStatus().getCode();
      if (body.beforeOurCode() && code == Status.Code.RESOURCE_EXHAUSTED) {
        return code;
      }
      if (OUR_FAILURES.contains(code)) {
        problems.add(name + ": " + e.getStatus());
      } else if (!hasErrorInfo(e)) {
        problems.add(name + ": no ErrorInfo with " + e.getStatus());
      }
      return code;
    }
  }

  /** One request of raw bytes; of a stream the first answer, or none within a moment, counts. */
  private static void call(ServiceKind kind, MethodDescriptor method, byte[] request) {
    io.grpc.MethodDescriptor<byte[], byte[]> wire =
        io.grpc.MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(
                method.isServerStreaming()
                    ? io.grpc.MethodDescriptor.MethodType.SERVER_STREAMING
                    : io.grpc.MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(ReflectionClient.wireName(method))
            .setRequestMarshaller(new RawBytes())
            .setResponseMarshaller(new RawBytes())
            .build();
    if (!method.isServerStreaming()) {
      CallOptions options =
          CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
      ClientCalls.blockingUnaryCall(channels.get(kind), wire, options, request);
      return;
    }
    CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(300, TimeUnit.MILLISECONDS);
    Iterator<byte[]> answers =
        ClientCalls.blockingServerStreamingCall(channels.get(kind), wire, options, request);
    try {
      if (answers.hasNext()) {
        assertThat(answers.next()).isNotNull();
      }
    } catch (StatusRuntimeException e) {
      // A stream that is open and has nothing to tell is a good answer.
      if (e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
        throw e;
      }
    }
  }

  private static boolean hasErrorInfo(StatusRuntimeException e) {
    com.google.rpc.Status status = StatusProto.fromThrowable(e);
    if (status == null) {
      return false;
    }
    for (Any detail : status.getDetailsList()) {
      try {
        if (detail.is(ErrorInfo.class)) {
          ErrorInfo info = detail.unpack(ErrorInfo.class);
          return !info.getReason().isEmpty() && info.getDomain().endsWith(".backorder");
        }
      } catch (InvalidProtocolBufferException unreadable) {
        return false;
      }
    }
    return false;
  }
}
