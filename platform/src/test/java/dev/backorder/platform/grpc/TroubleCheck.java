package dev.backorder.platform.grpc;

import dev.backorder.platform.check.ConsistencyCheck;
import dev.backorder.platform.check.Difference;
import dev.backorder.platform.sql.Sql;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.function.Supplier;

/** A use case that does what a test tells it to do, behind a real gRPC call. */
@Singleton
class TroubleCheck implements ConsistencyCheck {
  volatile Supplier<List<Difference>> behaviour = List::of;
  volatile String seenCaller = "";
  volatile String seenCorrelationId = "";
  volatile boolean readOnly;

  private final Sql sql;

  TroubleCheck(Sql sql) {
    this.sql = sql;
  }

  @Override
  public String name() {
    return "trouble";
  }

  @Override
  public List<Difference> run(int limit) {
    seenCaller = Calls.caller();
    seenCorrelationId = Calls.correlationId();
    readOnly =
        sql.first(r -> r.getString(1), "select current_setting('transaction_isolation')")
                .orElseThrow()
                .equals("repeatable read")
            && sql.first(r -> r.getString(1), "show transaction_read_only")
                .orElseThrow()
                .equals("on");
    return behaviour.get();
  }
}
