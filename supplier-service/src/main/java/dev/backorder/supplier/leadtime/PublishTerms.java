package dev.backorder.supplier.leadtime;

import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;

/** Publishes what was there before anything was published. */
@ApplicationScoped
class PublishTerms implements DueWork {
  private static final int BATCH = 200;

  private final SupplierTerms terms;
  private final Transactions transactions;
  private final ServiceName self;

  PublishTerms(SupplierTerms terms, Transactions transactions, ServiceName self) {
    this.terms = terms;
    this.transactions = transactions;
    this.self = self;
  }

  @Override
  public String name() {
    return "publish-terms";
  }

  @Override
  public Optional<Instant> nextDue() {
    return terms.isMissing() ? Optional.of(Instant.EPOCH) : Optional.empty();
  }

  @Override
  public int run(Instant now) {
    return Calls.with(
        self.caller(), "", "", () -> transactions.inNew(() -> terms.publishMissing(BATCH)));
  }
}
