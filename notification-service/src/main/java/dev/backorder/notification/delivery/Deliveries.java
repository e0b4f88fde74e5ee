package dev.backorder.notification.delivery;

import dev.backorder.notification.contact.ContactsSet;
import dev.backorder.notification.delivery.DeliveryRepository.NewRow;
import dev.backorder.notification.delivery.model.DeliveryState;
import dev.backorder.notification.message.MailSettings;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.ErrorReason;
import dev.backorder.notification.v1.ListDeliveriesRequest;
import dev.backorder.notification.v1.ListDeliveriesResponse;
import dev.backorder.notification.v1.ResendDeliveryRequest;
import dev.backorder.notification.v1.ResendDeliveryResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.ids.Ids;
import dev.backorder.platform.paging.PageTokens;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The delivery log: what is to be told, what was told, and what became of it. */
@ApplicationScoped
public class Deliveries {
  private static final String EMAIL = "EMAIL";

  /**
   * Parent of all delivery ids; drawn once. Never changed: facts that were told would be told
   * again.
   */
  private static final UUID NAME_SPACE = UUID.fromString("5f6a9c1e-3c1b-5b0e-9a57-0c0a6c3a7e21");

  private static final long BEFORE_FIRST = 0;

  private final DeliveryRepository deliveries;
  private final RequestLog requests;
  private final MailSettings mail;
  private final Clock clock;

  Deliveries(DeliveryRepository deliveries, RequestLog requests, MailSettings mail, Clock clock) {
    this.deliveries = deliveries;
    this.requests = requests;
    this.mail = mail;
    this.clock = clock;
  }

  /**
   * Notes messages that customers are to get, in this order; facts that were noted before are
   * skipped.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void add(List<DeliveryDraft> drafts) {
    if (!drafts.isEmpty()) {
      deliveries.add(drafts.stream().map(this::row).toList(), EMAIL, clock.instant());
    }
  }

  /**
   * One delivery.
   *
   * @throws DomainException NOT_FOUND DELIVERY_NOT_FOUND
   */
  @Transactional
  public Delivery get(UUID deliveryId) {
    return deliveries
        .find(deliveryId)
        .map(DeliveryMessages::render)
        .orElseThrow(() -> notFound(deliveryId));
  }

  /** A page of deliveries, oldest first. */
  @Transactional
  public ListDeliveriesResponse list(ListDeliveriesRequest request) {
    List<DeliveryState> states =
        request.getStatesList().stream()
            .filter(
                s -> s != dev.backorder.notification.v1.DeliveryState.DELIVERY_STATE_UNSPECIFIED)
            .map(DeliveryMessages::parse)
            .distinct()
            .sorted()
            .toList();
    // The token belongs to the filter: with another one it is refused.
    String listName =
        "deliveries/%s/%s/%s".formatted(states, request.getOrderId(), request.getCustomerId());
    int size = PageTokens.size(request.getPageSize());
    List<DeliveryRow> rows =
        deliveries.page(
            states,
            request.getOrderId(),
            request.getCustomerId(),
            after(PageTokens.decode(listName, request.getPageToken())),
            size + 1);
    ListDeliveriesResponse.Builder response = ListDeliveriesResponse.newBuilder();
    rows.stream().limit(size).map(DeliveryMessages::render).forEach(response::addDeliveries);
    if (rows.size() > size) {
      response.setNextPageToken(
          PageTokens.encode(listName, Long.toString(rows.get(size - 1).sequence())));
    }
    return response.build();
  }

  /**
   * Makes a delivery due again that was parked or bounced.
   *
   * @throws DomainException NOT_FOUND DELIVERY_NOT_FOUND; PRECONDITION DELIVERY_STATE
   */
  @Transactional
  public ResendDeliveryResponse resend(ResendDeliveryRequest request) {
    UUID deliveryId = UUID.fromString(request.getDeliveryId());
    return requests.once(
        request.getRequestId(),
        request,
        ResendDeliveryResponse.parser(),
        () -> {
          DeliveryRow row = deliveries.lock(deliveryId).orElseThrow(() -> notFound(deliveryId));
          if (!row.state().isResendable()) {
            throw DomainException.precondition(
                ErrorReason.ERROR_REASON_DELIVERY_STATE,
                "Only a parked or bounced delivery can be sent again.",
                Map.of("state", row.state().name(), "allowed", "PARKED, BOUNCED"));
          }
          deliveries.resend(deliveryId, clock.instant());
          return ResendDeliveryResponse.newBuilder().setDelivery(get(deliveryId)).build();
        });
  }

  /** What waited for these contacts is due now. */
  void wake(@Observes ContactsSet set) {
    deliveries.wake(set.customerIds(), clock.instant());
  }

  private NewRow row(DeliveryDraft draft) {
    UUID deliveryId =
        Ids.derive(NAME_SPACE, String.join("\n", draft.factId(), draft.customerId(), EMAIL));
    return new NewRow(deliveryId, "<%s@%s>".formatted(deliveryId, mail.domain()), draft);
  }

  private static long after(List<String> keyset) {
    if (keyset.isEmpty()) {
      return BEFORE_FIRST;
    }
    try {
      return Long.parseLong(keyset.get(0));
    } catch (NumberFormatException e) {
      throw DomainException.invalid("page_token", "is not a token of this list");
    }
  }

  private static DomainException notFound(UUID deliveryId) {
    return DomainException.notFound(
        ErrorReason.ERROR_REASON_DELIVERY_NOT_FOUND, "delivery", deliveryId.toString());
  }
}
