package dev.backorder.notification.delivery;

import dev.backorder.notification.contact.ContactDetails;
import dev.backorder.notification.contact.Contacts;
import dev.backorder.notification.delivery.DeliveryRepository.Change;
import dev.backorder.notification.delivery.DeliveryRepository.Ending;
import dev.backorder.notification.delivery.model.DeliveryState;
import dev.backorder.notification.delivery.model.NewestDateWins;
import dev.backorder.notification.delivery.model.RetryPolicy;
import dev.backorder.notification.delivery.model.Tellable;
import dev.backorder.notification.delivery.model.Telling;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What is due and what became of it: one transaction before a batch is handed to the provider and
 * one after it. Between the two the rows say SENDING with a lease, so that a crash shows.
 */
@ApplicationScoped
class Outbox {
  private final DeliveryRepository deliveries;
  private final Contacts contacts;
  private final DeliveryEvents events;
  private final DeliveryMetrics metrics;
  private final DeliverySettings settings;
  private final RetryPolicy retries;
  private final Clock clock;

  Outbox(
      DeliveryRepository deliveries,
      Contacts contacts,
      DeliveryEvents events,
      DeliveryMetrics metrics,
      DeliverySettings settings,
      Clock clock) {
    this.deliveries = deliveries;
    this.contacts = contacts;
    this.events = events;
    this.metrics = metrics;
    this.settings = settings;
    this.retries =
        new RetryPolicy(settings.maxAttempts(), settings.firstRetry(), settings.longestRetry());
    this.clock = clock;
  }

  /**
   * What a claim found.
   *
   * @param claims messages that the caller must send now
   * @param handledCount messages that are not due any more, sent or not
   */
  record Claimed(List<Claim> claims, int handledCount) {}

  Optional<Instant> nextDue() {
    return deliveries.nextDue();
  }

  /** Takes a batch of what is due at {@code now}. */
  @Transactional
  Claimed claim(Instant now) {
    List<DueDelivery> due = deliveries.lockDue(now, settings.batchSize());
    if (due.isEmpty()) {
      return new Claimed(List.of(), 0);
    }
    Map<String, ContactDetails> known =
        contacts.find(due.stream().map(d -> d.row().customerId()).collect(Collectors.toSet()));
    Map<String, List<DueDelivery>> dateChanges = dateChanges(due);

    Batch batch = new Batch(now, now.plus(settings.lease()));
    for (DueDelivery delivery : due) {
      DeliveryRow row = delivery.row();
      ContactDetails contact = known.get(row.customerId());
      if (contact == null) {
        batch.waitForContact(row);
        continue;
      }
      List<DueDelivery> later =
          dateChanges.getOrDefault(row.orderId(), List.of()).stream()
              .filter(other -> other.row().sequence() > row.sequence())
              .toList();
      batch.decide(delivery, later, contact);
    }
    deliveries.apply(List.copyOf(batch.changes.values()));
    batch.superseded().forEach(this::publish);
    metrics.claimed(batch.possibleDuplicates);
    return new Claimed(List.copyOf(batch.claims), due.size());
  }

  /** Records how a batch ended. */
  @Transactional
  void finish(List<SendResult> results) {
    Instant now = clock.instant();
    List<DeliveryRow> settled =
        deliveries.finish(results.stream().map(result -> ending(result, now)).toList()).stream()
            .filter(row -> row.state().isSettled())
            .sorted((a, b) -> Long.compare(a.sequence(), b.sequence()))
            .toList();
    events.publish(settled);
    metrics.settled(settled);
  }

  private void publish(UUID deliveryId) {
    events.publish(deliveries.find(deliveryId).stream().toList());
  }

  private Map<String, List<DueDelivery>> dateChanges(List<DueDelivery> due) {
    List<String> orderIds =
        due.stream()
            .map(DueDelivery::row)
            .filter(row -> row.kind().confirmsOrder() || row.kind() == MessageKind.DATE_CHANGED)
            .map(DeliveryRow::orderId)
            .toList();
    return deliveries.lockDateChanges(orderIds).stream()
        .collect(Collectors.groupingBy(change -> change.row().orderId()));
  }

  private Ending ending(SendResult result, Instant now) {
    int attempts = result.claim().roundAttemptCount();
    return switch (result.outcome()) {
      case ACCEPTED ->
          new Ending(result, DeliveryState.ACCEPTED, Optional.empty(), Optional.of(now));
      case REFUSED -> new Ending(result, DeliveryState.BOUNCED, Optional.empty(), Optional.empty());
      case FAILED, UNKNOWN ->
          retries.isExhausted(attempts)
              ? new Ending(result, DeliveryState.PARKED, Optional.empty(), Optional.empty())
              : new Ending(
                  result,
                  DeliveryState.PENDING,
                  Optional.of(retries.next(result.claim().deliveryId(), attempts, now)),
                  Optional.empty());
    };
  }

  /** The decisions about one batch; each row changes once. */
  private static final class Batch {
    private final Instant now;
    private final Instant leaseEnd;
    private final Map<UUID, Change> changes = new LinkedHashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private int possibleDuplicates;

    Batch(Instant now, Instant leaseEnd) {
      this.now = now;
      this.leaseEnd = leaseEnd;
    }

    void waitForContact(DeliveryRow row) {
      change(row.deliveryId(), DeliveryState.NO_CONTACT, null, null, Optional.empty());
    }

    void decide(DueDelivery delivery, List<DueDelivery> later, ContactDetails contact) {
      DeliveryRow row = delivery.row();
      List<Tellable> laterChanges = later.stream().map(DueDelivery::tellable).toList();
      Telling telling = NewestDateWins.decide(delivery.tellable(), laterChanges);
      if (telling instanceof Telling.Send send) {
        send(delivery, send, later, contact);
      } else if (telling instanceof Telling.LeaveTo left) {
        change(row.deliveryId(), DeliveryState.SUPERSEDED, null, left.heir(), Optional.empty());
        change(left.heir(), DeliveryState.PENDING, now, null, Optional.of(left.content()));
      } else {
        change(row.deliveryId(), DeliveryState.SUPERSEDED, null, null, Optional.empty());
      }
    }

    List<UUID> superseded() {
      return changes.values().stream()
          .filter(change -> change.state() == DeliveryState.SUPERSEDED)
          .map(Change::deliveryId)
          .toList();
    }

    private void send(
        DueDelivery delivery, Telling.Send send, List<DueDelivery> later, ContactDetails contact) {
      DeliveryRow row = delivery.row();
      boolean possibleDuplicate = row.mayHaveBeenSent();
      possibleDuplicates += possibleDuplicate ? 1 : 0;
      changes.put(
          row.deliveryId(),
          new Change(
              row.deliveryId(),
              DeliveryState.SENDING,
              leaseEnd,
              true,
              possibleDuplicate,
              null,
              Optional.of(send.content()).filter(content -> !content.equals(delivery.content()))));
      claims.add(
          new Claim(
              row.deliveryId(),
              row.kind(),
              row.messageId(),
              send.content(),
              row.attemptCount() + 1,
              row.roundAttemptCount() + 1,
              contact));
      later.stream()
          .map(DueDelivery::row)
          .filter(other -> send.replaced().contains(other.deliveryId()))
          .forEach(
              other ->
                  change(
                      other.deliveryId(),
                      DeliveryState.SUPERSEDED,
                      null,
                      row.deliveryId(),
                      Optional.empty()));
    }

    private void change(
        UUID deliveryId,
        DeliveryState state,
        Instant nextAttemptTime,
        UUID supersededBy,
        Optional<MessageContent> content) {
      changes.put(
          deliveryId,
          new Change(deliveryId, state, nextAttemptTime, false, false, supersededBy, content));
    }
  }
}
