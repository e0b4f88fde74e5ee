package dev.backorder.platform.check;

import dev.backorder.common.v1.CheckConsistencyRequest;
import dev.backorder.common.v1.CheckConsistencyResponse;
import dev.backorder.common.v1.CheckResult;
import dev.backorder.common.v1.ConsistencyServiceGrpc;
import dev.backorder.platform.grpc.Replies;
import dev.backorder.platform.grpc.Requests;
import dev.backorder.platform.sql.Sql;
import dev.backorder.platform.sql.Transactions;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.arc.All;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.List;

/** Runs all checks of the service on one snapshot. */
@GrpcService
@Blocking
public class ConsistencyGrpcService
    implements ConsistencyServiceGrpc.AsyncService, BindableService {
  private static final int DEFAULT_LIMIT = 100;

  private final List<ConsistencyCheck> checks;
  private final Transactions transactions;
  private final Sql sql;

  ConsistencyGrpcService(@All List<ConsistencyCheck> checks, Transactions transactions, Sql sql) {
    this.checks = checks;
    this.transactions = transactions;
    this.sql = sql;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return Requests.checked(ConsistencyServiceGrpc.bindService(this));
  }

  @Override
  public void checkConsistency(
      CheckConsistencyRequest request, StreamObserver<CheckConsistencyResponse> observer) {
    Replies.unary(observer, () -> transactions.inNew(() -> runAll(request.getLimit())));
  }

  private CheckConsistencyResponse runAll(int limit) {
    // First in its transaction, so every check reads the same moment.
    sql.update("set transaction isolation level repeatable read, read only");
    int most = limit == 0 ? DEFAULT_LIMIT : limit;
    CheckConsistencyResponse.Builder response = CheckConsistencyResponse.newBuilder();
    checks.forEach(check -> response.addResults(run(check, most)));
    return response.build();
  }

  private static CheckResult run(ConsistencyCheck check, int limit) {
    List<Difference> differences = check.run(limit);
    CheckResult.Builder result =
        CheckResult.newBuilder()
            .setCheck(check.name())
            .setDescription(check.description())
            .setConsistent(differences.isEmpty());
    differences.stream()
        .limit(limit)
        .forEach(
            d ->
                result.addDifferences(
                    dev.backorder.common.v1.Difference.newBuilder()
                        .setSubject(d.subject())
                        .setExpected(d.expected())
                        .setActual(d.actual())));
    return result.build();
  }
}
