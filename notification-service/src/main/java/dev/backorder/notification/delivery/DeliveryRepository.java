package dev.backorder.notification.delivery;

import dev.backorder.notification.delivery.model.DeliveryState;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import dev.backorder.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All statements on {@code delivery}. They are set-based: a slip of one supply is told to
 * thousands.
 */
@ApplicationScoped
class DeliveryRepository {
  /**
   * Messages of one order leave in the order of their facts: none before an earlier one is settled.
   * Asked as a minimum, which is one look into an index for each message; as an anti-join, planned
   * once, it compared each with each.
   */
  private static final String DUE =
      """
      d.state in ('PENDING', 'SENDING') and d.sequence = (
        select min(e.sequence) from delivery e
        where e.order_id = d.order_id and e.state in ('PENDING', 'SENDING'))""";

  /** All columns but the content, which is large. */
  private static final String LOG =
      Stream.of(
              "sequence, delivery_id, fact_id, kind, channel, customer_id, order_id, state, message_id",
              "told_ship_by_date, language_code, template, content_sha256, attempt_count",
              "round_attempt_count, possible_duplicate_count, outcome_unknown, provider_answer",
              "superseded_by, correlation_id, version, create_time, next_attempt_time, accepted_time")
          .flatMap(names -> Stream.of(names.split(", ")))
          .map("d."::concat)
          .collect(Collectors.joining(", "));

  private final Sql sql;

  DeliveryRepository(Sql sql) {
    this.sql = sql;
  }

  /** A new row. */
  record NewRow(UUID deliveryId, String messageId, DeliveryDraft draft) {}

  /**
   * A change of a row that this transaction has locked.
   *
   * @param content empty leaves what it says as it is
   */
  record Change(
      UUID deliveryId,
      DeliveryState state,
      Instant nextAttemptTime,
      boolean isAttempt,
      boolean isPossibleDuplicate,
      UUID supersededBy,
      Optional<MessageContent> content) {}

  /**
   * Adds messages in this order, but not those of facts that were told before; returns how many are
   * new.
   */
  int add(List<NewRow> rows, String channel, Instant now) {
    return sql.update(
        """
        insert into delivery (delivery_id, fact_id, kind, channel, customer_id, order_id, message_id, content,
            told_ship_by_date, correlation_id, create_time, next_attempt_time)
        select delivery_id, fact_id, kind, ?, customer_id, order_id, message_id, content,
            told_ship_by_date::date, correlation_id, ?, ?
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) with ordinality
          as n(delivery_id, fact_id, kind, customer_id, order_id, message_id, content, told_ship_by_date,
            correlation_id, place)
        order by place
        on conflict do nothing""",
        channel,
        now,
        now,
        rows.stream().map(NewRow::deliveryId).toArray(UUID[]::new),
        texts(rows, r -> r.draft().factId()),
        texts(rows, r -> r.draft().kind().name()),
        texts(rows, r -> r.draft().customerId()),
        texts(rows, r -> r.draft().content().orderId()),
        texts(rows, NewRow::messageId),
        texts(rows, r -> ContentJson.write(r.draft().content())),
        texts(rows, r -> toldDate(r.draft().content())),
        texts(rows, r -> r.draft().correlationId()));
  }

  Optional<DeliveryRow> find(UUID deliveryId) {
    return sql.first(
        DeliveryRepository::read,
        "select " + LOG + " from delivery d where d.delivery_id = ?",
        deliveryId);
  }

  Optional<DeliveryRow> lock(UUID deliveryId) {
    return sql.first(
        DeliveryRepository::read,
        "select " + LOG + " from delivery d where d.delivery_id = ? for update",
        deliveryId);
  }

  /** A page, oldest first; empty filters mean all. */
  List<DeliveryRow> page(
      List<DeliveryState> states, String orderId, String customerId, long afterSequence, int size) {
    String[] names = states.stream().map(DeliveryState::name).toArray(String[]::new);
    StringBuilder where =
        new StringBuilder("sequence > ? and (cardinality(?) = 0 or state = any(?))");
    if (!orderId.isEmpty()) {
      where.append(" and order_id = ?");
    }
    if (!customerId.isEmpty()) {
      where.append(" and customer_id = ?");
    }
    Object[] parameters =
        Stream.of(
                Stream.<Object>of(afterSequence, names, names),
                Stream.<Object>of(orderId, customerId).filter(value -> !value.equals("")),
                Stream.<Object>of(size))
            .flatMap(Function.identity())
            .toArray();
    return sql.list(
        DeliveryRepository::read,
        "select " + LOG + " from delivery d where " + where + " order by sequence limit ?",
        parameters);
  }

  /** When the first message may be sent; empty when none waits. */
  Optional<Instant> nextDue() {
    return sql.first(
        row -> Sql.instant(row, "next_attempt_time"),
        "select d.next_attempt_time from delivery d where "
            + DUE
            + " order by d.next_attempt_time, d.sequence limit 1");
  }

  /**
   * Locks messages that are due, at most one of each order; those that others have locked are left
   * to them.
   */
  List<DueDelivery> lockDue(Instant now, int limit) {
    return sql.list(
        DeliveryRepository::readDue,
        "select d.* from delivery d where d.next_attempt_time <= ? and "
            + DUE
            + " order by d.next_attempt_time, d.sequence limit ? for update skip locked",
        now,
        limit);
  }

  /** Locks all changes of dates of these orders that were not superseded, oldest first. */
  List<DueDelivery> lockDateChanges(Collection<String> orderIds) {
    if (orderIds.isEmpty()) {
      return List.of();
    }
    return sql.list(
        DeliveryRepository::readDue,
        """
        select * from delivery
        where order_id = any(?) and kind = 'DATE_CHANGED' and state <> 'SUPERSEDED'
        order by sequence for update""",
        (Object) orderIds.stream().distinct().toArray(String[]::new));
  }

  /** Applies changes to rows that this transaction has locked, each row once. */
  void apply(List<Change> changes) {
    sql.update(
        """
        update delivery d set
          state = c.state,
          next_attempt_time = c.next_attempt_time,
          attempt_count = d.attempt_count + c.is_attempt::int,
          round_attempt_count =
            case when d.state = 'PARKED' then 0 else d.round_attempt_count + c.is_attempt::int end,
          possible_duplicate_count = d.possible_duplicate_count + c.is_possible_duplicate::int,
          outcome_unknown = false,
          superseded_by = c.superseded_by,
          version = d.version + (c.state = 'SUPERSEDED')::int,
          content = coalesce(c.content, d.content),
          told_ship_by_date =
            case when c.content is null then d.told_ship_by_date else c.told_ship_by_date::date end
        from unnest(?, ?, ?, ?, ?, ?, ?, ?) as c(delivery_id, state, next_attempt_time, is_attempt,
          is_possible_duplicate, superseded_by, content, told_ship_by_date)
        where d.delivery_id = c.delivery_id""",
        changes.stream().map(Change::deliveryId).toArray(UUID[]::new),
        texts(changes, c -> c.state().name()),
        changes.stream().map(Change::nextAttemptTime).toArray(Instant[]::new),
        changes.stream().map(Change::isAttempt).toArray(Boolean[]::new),
        changes.stream().map(Change::isPossibleDuplicate).toArray(Boolean[]::new),
        changes.stream().map(Change::supersededBy).toArray(UUID[]::new),
        texts(changes, c -> c.content().map(ContentJson::write).orElse(null)),
        texts(changes, c -> c.content().map(DeliveryRepository::toldDate).orElse(null)));
  }

  /** What became of an attempt. */
  record Ending(
      SendResult result,
      DeliveryState state,
      Optional<Instant> nextAttemptTime,
      Optional<Instant> acceptedTime) {}

  /**
   * Records how attempts ended, and returns the rows of those that were still ours; another process
   * has taken over the others.
   */
  List<DeliveryRow> finish(List<Ending> endings) {
    return sql.list(
        DeliveryRepository::read,
        """
        update delivery d set
          state = r.state,
          next_attempt_time = r.next_attempt_time,
          accepted_time = r.accepted_time,
          outcome_unknown = r.outcome_unknown,
          provider_answer = r.provider_answer,
          language_code = case when r.content_sha256 = '' then d.language_code else r.language_code end,
          template = case when r.content_sha256 = '' then d.template else r.template end,
          content_sha256 = case when r.content_sha256 = '' then d.content_sha256 else r.content_sha256 end,
          version = d.version + (r.state <> 'PENDING')::int
        from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as r(delivery_id, attempt_count, state, next_attempt_time,
          accepted_time, outcome_unknown, provider_answer, language_code, template, content_sha256)
        where d.delivery_id = r.delivery_id and d.state = 'SENDING' and d.attempt_count = r.attempt_count
        returning
        """
            + LOG,
        endings.stream().map(e -> e.result().claim().deliveryId()).toArray(UUID[]::new),
        endings.stream().map(e -> e.result().claim().attemptCount()).toArray(Integer[]::new),
        texts(endings, e -> e.state().name()),
        endings.stream().map(e -> e.nextAttemptTime().orElse(null)).toArray(Instant[]::new),
        endings.stream().map(e -> e.acceptedTime().orElse(null)).toArray(Instant[]::new),
        endings.stream()
            .map(e -> e.result().outcome() == SendResult.Outcome.UNKNOWN)
            .toArray(Boolean[]::new),
        texts(endings, e -> e.result().answer()),
        texts(endings, e -> e.result().mail().map(m -> m.languageCode()).orElse("")),
        texts(endings, e -> e.result().mail().map(m -> m.template()).orElse("")),
        texts(endings, e -> e.result().mail().map(m -> m.contentSha256()).orElse("")));
  }

  /** Makes a message due again that a person has looked at. */
  void resend(UUID deliveryId, Instant now) {
    sql.update(
        "update delivery set state = 'PENDING', next_attempt_time = ?, round_attempt_count = 0"
            + " where delivery_id = ?",
        now,
        deliveryId);
  }

  /** Makes due what waited for the contacts of these customers; returns how many. */
  int wake(Collection<String> customerIds, Instant now) {
    return sql.update(
        "update delivery set state = 'PENDING', next_attempt_time = ?"
            + " where state = 'NO_CONTACT' and customer_id = any(?)",
        now,
        customerIds.toArray(String[]::new));
  }

  private static String toldDate(MessageContent content) {
    return content.toldShipByDate().map(LocalDate::toString).orElse(null);
  }

  private static <T> String[] texts(List<T> rows, Function<T, String> value) {
    return rows.stream().map(value).toArray(String[]::new);
  }

  private static DueDelivery readDue(ResultSet row) throws SQLException {
    return new DueDelivery(read(row), ContentJson.read(row.getString("content")));
  }

  private static DeliveryRow read(ResultSet row) throws SQLException {
    return new DeliveryRow(
        row.getLong("sequence"),
        row.getObject("delivery_id", UUID.class),
        row.getString("fact_id"),
        MessageKind.valueOf(row.getString("kind")),
        row.getString("channel"),
        row.getString("customer_id"),
        row.getString("order_id"),
        DeliveryState.valueOf(row.getString("state")),
        row.getString("message_id"),
        Optional.ofNullable(row.getObject("told_ship_by_date", LocalDate.class)),
        row.getString("language_code"),
        row.getString("template"),
        row.getString("content_sha256"),
        row.getInt("attempt_count"),
        row.getInt("round_attempt_count"),
        row.getInt("possible_duplicate_count"),
        row.getBoolean("outcome_unknown"),
        row.getString("provider_answer"),
        Optional.ofNullable(row.getObject("superseded_by", UUID.class)),
        row.getString("correlation_id"),
        row.getInt("version"),
        Sql.instant(row, "create_time"),
        Optional.ofNullable(Sql.instant(row, "next_attempt_time")),
        Optional.ofNullable(Sql.instant(row, "accepted_time")));
  }
}
