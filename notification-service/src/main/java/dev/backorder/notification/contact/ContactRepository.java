package dev.backorder.notification.contact;

import dev.backorder.platform.sql.Sql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** All statements on {@code contact}. Rows are locked in the order of customer ids. */
@ApplicationScoped
class ContactRepository implements PanacheRepositoryBase<ContactEntity, String> {
  private final Sql sql;

  ContactRepository(Sql sql) {
    this.sql = sql;
  }

  List<ContactEntity> known(Collection<String> customerIds) {
    return list("customerId in ?1 and emailAddress is not null", customerIds);
  }

  /** Creates or replaces contacts, each customer once. */
  void put(List<ContactDetails> contacts, Instant now) {
    sql.update(
        """
        insert into contact (customer_id, email_address, display_name, language_code, time_zone, update_time)
        select customer_id, email_address, display_name, language_code, time_zone, ?
        from unnest(?, ?, ?, ?, ?) as c(customer_id, email_address, display_name, language_code, time_zone)
        order by customer_id
        on conflict (customer_id) do update set
          email_address = excluded.email_address,
          display_name = excluded.display_name,
          language_code = excluded.language_code,
          time_zone = excluded.time_zone,
          update_time = excluded.update_time""",
        now,
        column(contacts, ContactDetails::customerId),
        column(contacts, ContactDetails::emailAddress),
        column(contacts, ContactDetails::displayName),
        column(contacts, ContactDetails::languageCode),
        column(contacts, ContactDetails::timeZone));
  }

  /**
   * Locks the rows of customers until the transaction ends, making rows without an address where
   * there are none, and returns which of them have no address. Whoever sets a contact meanwhile
   * waits.
   */
  Set<String> lockUnknown(Collection<String> customerIds, Instant now) {
    return new HashSet<>(
        sql.list(
            row -> row.getString("customer_id"),
            """
            with locked as (
              insert into contact as c (customer_id, update_time)
              select customer_id, ? from unnest(?) as k(customer_id) order by customer_id
              on conflict (customer_id) do update set customer_id = excluded.customer_id
              returning c.customer_id, c.email_address)
            select customer_id from locked where email_address is null""",
            now,
            customerIds.stream().distinct().toArray(String[]::new)));
  }

  private static String[] column(
      List<ContactDetails> contacts, Function<ContactDetails, String> value) {
    return contacts.stream().map(value).toArray(String[]::new);
  }
}
