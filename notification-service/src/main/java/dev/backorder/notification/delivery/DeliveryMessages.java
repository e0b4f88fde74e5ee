package dev.backorder.notification.delivery;

import com.google.protobuf.Timestamp;
import com.google.type.Date;
import dev.backorder.notification.delivery.model.DeliveryState;
import dev.backorder.notification.v1.Channel;
import dev.backorder.notification.v1.Delivery;
import dev.backorder.notification.v1.MessageKind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** Deliveries on the wire. */
final class DeliveryMessages {
  private static final String STATE_PREFIX = "DELIVERY_STATE_";

  private DeliveryMessages() {}

  static Delivery render(DeliveryRow row) {
    Delivery.Builder delivery =
        Delivery.newBuilder()
            .setDeliveryId(row.deliveryId().toString())
            .setFactId(row.factId())
            .setKind(MessageKind.valueOf("MESSAGE_KIND_" + row.kind().name()))
            .setChannel(Channel.valueOf("CHANNEL_" + row.channel()))
            .setCustomerId(row.customerId())
            .setOrderId(row.orderId())
            .setState(
                dev.backorder.notification.v1.DeliveryState.valueOf(
                    STATE_PREFIX + row.state().name()))
            .setMessageId(row.messageId())
            .setLanguageCode(row.languageCode())
            .setTemplate(row.template())
            .setContentSha256(row.contentSha256())
            .setAttemptCount(row.attemptCount())
            .setProviderAnswer(row.providerAnswer())
            .setCreateTime(timestamp(row.createTime()))
            .setPossibleDuplicateCount(row.possibleDuplicateCount())
            .setSupersededByDeliveryId(row.supersededBy().map(UUID::toString).orElse(""));
    row.nextAttemptTime().ifPresent(time -> delivery.setNextAttemptTime(timestamp(time)));
    row.acceptedTime().ifPresent(time -> delivery.setAcceptedTime(timestamp(time)));
    row.toldShipByDate().ifPresent(date -> delivery.setToldShipByDate(date(date)));
    return delivery.build();
  }

  /** The contract promises that only known states come here. */
  static DeliveryState parse(dev.backorder.notification.v1.DeliveryState state) {
    return DeliveryState.valueOf(state.name().substring(STATE_PREFIX.length()));
  }

  private static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static Date date(LocalDate date) {
    return Date.newBuilder()
        .setYear(date.getYear())
        .setMonth(date.getMonthValue())
        .setDay(date.getDayOfMonth())
        .build();
  }
}
