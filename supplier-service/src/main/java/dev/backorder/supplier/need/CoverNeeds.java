package dev.backorder.supplier.need;

import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Turns needs that wait into lines of drafts. */
@ApplicationScoped
class CoverNeeds implements DueWork {
  private final ReorderNeeds needs;
  private final Transactions transactions;
  private final ServiceName self;
  private final int batch;

  CoverNeeds(
      ReorderNeeds needs,
      Transactions transactions,
      ServiceName self,
      @ConfigProperty(name = "backorder.reorder-need.batch") int batch) {
    this.needs = needs;
    this.transactions = transactions;
    this.self = self;
    this.batch = batch;
  }

  @Override
  public String name() {
    return "cover-needs";
  }

  @Override
  public Optional<Instant> nextDue() {
    return needs.hasWork() ? Optional.of(Instant.EPOCH) : Optional.empty();
  }

  @Override
  public int run(Instant now) {
    return Calls.with(self.caller(), "", "", () -> transactions.inNew(() -> needs.cover(batch)));
  }
}
