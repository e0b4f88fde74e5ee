package dev.backorder.notification.delivery;

import dev.backorder.notification.delivery.SendResult.Outcome;
import dev.backorder.notification.delivery.SmtpProvider.Answer;
import dev.backorder.notification.message.Mails;
import dev.backorder.notification.message.Recipient;
import dev.backorder.notification.message.RenderedMail;
import dev.backorder.platform.sql.Transactions;
import dev.backorder.platform.work.DueWork;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.logging.Logger;

/**
 * Sends what is due: claims a batch, hands it over with a few threads, records what came of it.
 * When the database is away at that moment, what came of it is kept and recorded first thing when
 * it is back: a mail that was accepted must not wait for its lease, and then go out again.
 */
@ApplicationScoped
class Sender implements DueWork {
  private static final Logger LOG = Logger.getLogger(Sender.class);

  private final Outbox outbox;
  private final Mails mails;
  private final SmtpProvider provider;
  private final Transactions transactions;
  private final ExecutorService threads;
  private final Queue<List<SendResult>> unrecorded = new ConcurrentLinkedQueue<>();

  Sender(
      Outbox outbox,
      Mails mails,
      SmtpProvider provider,
      Transactions transactions,
      DeliverySettings settings) {
    this.outbox = outbox;
    this.mails = mails;
    this.provider = provider;
    this.transactions = transactions;
    this.threads =
        Executors.newFixedThreadPool(
            settings.concurrency(),
            task -> {
              Thread thread = new Thread(task, "mail-sender");
              thread.setDaemon(true);
              return thread;
            });
  }

  @Override
  public String name() {
    return "deliveries";
  }

  @Override
  public Optional<Instant> nextDue() {
    return unrecorded.isEmpty() ? outbox.nextDue() : Optional.of(Instant.EPOCH);
  }

  @Override
  public int run(Instant now) {
    record();
    Outbox.Claimed claimed = transactions.retrying(() -> outbox.claim(now));
    if (!claimed.claims().isEmpty()) {
      unrecorded.add(send(claimed.claims(), now));
      record();
    }
    return claimed.handledCount();
  }

  private synchronized void record() {
    for (List<SendResult> batch = unrecorded.peek(); batch != null; batch = unrecorded.peek()) {
      List<SendResult> results = batch;
      transactions.retrying(
          () -> {
            outbox.finish(results);
            return true;
          });
      unrecorded.remove();
    }
  }

  /** Hands mails over and waits for all answers. */
  List<SendResult> send(List<Claim> claims, Instant now) {
    List<Future<SendResult>> sending =
        claims.stream().map(claim -> threads.submit(() -> send(claim, now))).toList();
    return sending.stream().map(Sender::await).toList();
  }

  private SendResult send(Claim claim, Instant now) {
    RenderedMail mail;
    try {
      Recipient recipient =
          new Recipient(claim.contact().displayName(), claim.contact().languageCode());
      mail = mails.render(claim.kind(), claim.content(), recipient);
    } catch (RuntimeException e) {
      // A defect in a template. Its message may quote the data, so only its class is told.
      String answer = "could not be written: " + e.getClass().getSimpleName();
      LOG.errorf("Delivery %s %s", claim.deliveryId(), answer);
      return new SendResult(claim, Optional.empty(), Outcome.FAILED, answer);
    }
    Answer answer = provider.send(claim.contact().emailAddress(), claim.messageId(), mail, now);
    if (answer.outcome() != Outcome.ACCEPTED) {
      LOG.infof(
          "Delivery %s attempt %d: %s, %s",
          claim.deliveryId(), claim.attemptCount(), answer.outcome(), answer.answer());
    }
    return new SendResult(claim, Optional.of(mail), answer.outcome(), answer.answer());
  }

  private static SendResult await(Future<SendResult> sending) {
    try {
      return sending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while mails were sent", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @PreDestroy
  void close() {
    threads.shutdown();
  }
}
