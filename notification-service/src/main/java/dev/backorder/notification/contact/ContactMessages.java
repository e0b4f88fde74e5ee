package dev.backorder.notification.contact;

import com.google.protobuf.Timestamp;
import dev.backorder.notification.v1.Contact;

/** Contacts on the wire. */
final class ContactMessages {
  private ContactMessages() {}

  static ContactDetails parse(Contact contact) {
    return new ContactDetails(
        contact.getCustomerId(),
        contact.getEmailAddress(),
        contact.getDisplayName(),
        contact.getLanguageCode(),
        contact.getTimeZone());
  }

  static Contact render(ContactEntity contact) {
    return Contact.newBuilder()
        .setCustomerId(contact.customerId)
        .setEmailAddress(contact.emailAddress)
        .setDisplayName(contact.displayName)
        .setLanguageCode(contact.languageCode)
        .setTimeZone(contact.timeZone)
        .setUpdateTime(
            Timestamp.newBuilder()
                .setSeconds(contact.updateTime.getEpochSecond())
                .setNanos(contact.updateTime.getNano()))
        .build();
  }
}
