package dev.backorder.notification.delivery;

import dev.backorder.notification.v1.DeliveryChanged;
import dev.backorder.notification.v1.NotificationEvent;
import dev.backorder.platform.feed.EventDraft;
import dev.backorder.platform.feed.EventLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells others what became of deliveries. */
@ApplicationScoped
class DeliveryEvents {
  private final EventLog log;

  DeliveryEvents(EventLog log) {
    this.log = log;
  }

  /** Records one fact per row, in this order, in the caller's transaction. */
  void publish(List<DeliveryRow> rows) {
    log.appendAll(rows.stream().map(DeliveryEvents::draft).toList());
  }

  private static EventDraft draft(DeliveryRow row) {
    NotificationEvent payload =
        NotificationEvent.newBuilder()
            .setDeliveryChanged(
                DeliveryChanged.newBuilder().setDelivery(DeliveryMessages.render(row)))
            .build();
    return new EventDraft(
        row.deliveryId().toString(), row.version(), payload, row.correlationId(), row.factId());
  }
}
