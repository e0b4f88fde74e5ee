package dev.backorder.supplier.purchaseorder;

import dev.backorder.platform.errors.ServiceName;
import dev.backorder.platform.grpc.Calls;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Sends each draft when its delay has passed. */
@ApplicationScoped
class SendDrafts implements DueWork {
  private static final int BATCH = 20;

  private final Drafts drafts;
  private final PurchaseOrderRepository orders;
  private final Transactions transactions;
  private final ServiceName self;

  SendDrafts(
      Drafts drafts, PurchaseOrderRepository orders, Transactions transactions, ServiceName self) {
    this.drafts = drafts;
    this.orders = orders;
    this.transactions = transactions;
    this.self = self;
  }

  @Override
  public String name() {
    return "send-drafts";
  }

  @Override
  public Optional<Instant> nextDue() {
    return orders.nextSendDue();
  }

  @Override
  public int run(Instant now) {
    Instant time = now.truncatedTo(ChronoUnit.MICROS);
    return Calls.with(
        self.caller(), "", "", () -> transactions.inNew(() -> drafts.sendDue(time, BATCH)));
  }
}
