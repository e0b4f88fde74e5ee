package dev.backorder.notification.contact;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A row of {@code contact}. Without an address: a customer for whom messages wait. */
@Entity
@Table(name = "contact")
class ContactEntity {
  @Id
  @Column(name = "customer_id")
  String customerId;

  @Column(name = "email_address")
  String emailAddress;

  @Column(name = "display_name")
  String displayName;

  @Column(name = "language_code")
  String languageCode;

  @Column(name = "time_zone")
  String timeZone;

  @Column(name = "update_time")
  Instant updateTime;

  boolean isKnown() {
    return emailAddress != null;
  }

  ContactDetails details() {
    return new ContactDetails(customerId, emailAddress, displayName, languageCode, timeZone);
  }
}
