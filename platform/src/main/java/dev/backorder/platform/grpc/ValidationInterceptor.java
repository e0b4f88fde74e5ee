package dev.backorder.platform.grpc;

import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.Violation;
import com.google.protobuf.Message;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblem;
import io.grpc.BindableService;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GlobalInterceptor;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Prioritized;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks every request against the rules in its contract and refuses it with all violations at
 * once.
 */
@ApplicationScoped
@GlobalInterceptor
public class ValidationInterceptor implements ServerInterceptor, Prioritized {
  private static final int PRIORITY = 900;

  private final SurelyFine surelyFine = new SurelyFine();
  private final Validator validator = ValidatorFactory.newBuilder().build();
  private final ErrorStatuses statuses;
  private final GrpcLimits limits;

  ValidationInterceptor(ErrorStatuses statuses, GrpcLimits limits) {
    this.statuses = statuses;
    this.limits = limits;
  }

  /**
   * Builds the rules of every request before the first call: it takes seconds in all, which no
   * caller should wait for.
   */
  void buildRules(@Observes StartupEvent event, @Any Instance<BindableService> services) {
    if (!limits.buildRulesAtStart()) {
      return;
    }
    for (BindableService service : services) {
      for (ServerMethodDefinition<?, ?> method : service.bindService().getMethods()) {
        if (method.getMethodDescriptor().getRequestMarshaller()
                instanceof MethodDescriptor.PrototypeMarshaller<?> marshaller
            && marshaller.getMessagePrototype() instanceof Message request) {
          List<FieldProblem> unused = judge(request);
        }
      }
    }
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }

  @Override
  public <ReqT, RespT> ServerCall.Listener<ReqT> interceptCall(
      ServerCall<ReqT, RespT> call, Metadata headers, ServerCallHandler<ReqT, RespT> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(ReqT message) {
        if (refused) {
          return;
        }
        // Also when judging it fails: its end must not reach the service without it.
        refused = true;
        if (Requests.isUnreadable(call.getMethodDescriptor(), message)) {
          close(statuses.unreadable());
          return;
        }
        if (message instanceof Message request && !accept(request)) {
          return;
        }
        refused = false;
        super.onMessage(message);
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      private boolean accept(Message request) {
        int bytes = request.getSerializedSize();
        if (bytes > limits.maxMessageBytes()) {
          close(statuses.tooLarge(bytes, limits.maxMessageBytes()));
          return false;
        }
        List<FieldProblem> problems = problemsOf(request);
        if (!problems.isEmpty()) {
          close(statuses.toStatus(DomainException.invalid(problems)));
          return false;
        }
        return true;
      }

      private void close(StatusRuntimeException status) {
        call.close(
            status.getStatus(),
            status.getTrailers() == null ? new Metadata() : status.getTrailers());
      }
    };
  }

  /**
   * Everything that is wrong with a message by the rules of its contract; of a list that is too
   * long, what is wrong with its first elements.
   */
  public List<FieldProblem> problemsOf(Message message) {
    return surelyFine.knows(message) ? List.of() : judge(message);
  }

  /** The long way, which is the authority for every refusal. */
  List<FieldProblem> judge(Message given) {
    LongLists.Found longLists = LongLists.in(given);
    Message message = longLists.rest();
    BadTimes.Found badTimes = BadTimes.in(message);
    try {
      ValidationResult result = validator.validate(badTimes.rest());
      List<FieldProblem> problems = new ArrayList<>(longLists.problems());
      problems.addAll(badTimes.problems());
      problems.addAll(BadTexts.in(message));
      Set<String> replaced =
          badTimes.problems().stream().map(FieldProblem::field).collect(Collectors.toSet());
      for (build.buf.protovalidate.Violation found : result.getViolations()) {
        Violation violation = found.toProto();
        String path = path(violation);
        if (!replaced.contains(path)) {
          problems.add(new FieldProblem(path, violation.getMessage()));
        }
      }
      return problems;
    } catch (ValidationException e) {
      throw new IllegalStateException(
          "The rules of " + message.getDescriptorForType().getFullName(), e);
    }
  }

  private static String path(Violation violation) {
    StringBuilder path = new StringBuilder();
    for (FieldPathElement element : violation.getField().getElementsList()) {
      if (!path.isEmpty()) {
        path.append('.');
      }
      path.append(element.getFieldName());
      switch (element.getSubscriptCase()) {
        case INDEX -> path.append('[').append(element.getIndex()).append(']');
        case BOOL_KEY -> path.append('[').append(element.getBoolKey()).append(']');
        case INT_KEY -> path.append('[').append(element.getIntKey()).append(']');
        case UINT_KEY -> path.append('[').append(element.getUintKey()).append(']');
        case STRING_KEY -> path.append("[\"").append(element.getStringKey()).append("\"]");
        case SUBSCRIPT_NOT_SET -> {}
      }
    }
    return path.toString();
  }
}
