package dev.backorder.notification.contact;

import java.util.List;

/** These customers have a contact now. Observers run in the transaction that says so. */
public record ContactsSet(List<String> customerIds) {
  public ContactsSet {
    customerIds = List.copyOf(customerIds);
  }
}
