package dev.backorder.notification.contact;

import dev.backorder.notification.v1.BatchSetContactsRequest;
import dev.backorder.notification.v1.BatchSetContactsResponse;
import dev.backorder.notification.v1.Contact;
import dev.backorder.notification.v1.ErrorReason;
import dev.backorder.notification.v1.SetContactRequest;
import dev.backorder.notification.v1.SetContactResponse;
import dev.backorder.platform.errors.DomainException;
import dev.backorder.platform.errors.FieldProblems;
import dev.backorder.platform.request.RequestLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** How customers are reached. The only place of the service that knows names and addresses. */
@ApplicationScoped
public class Contacts {
  private final ContactRepository contacts;
  private final RequestLog requests;
  private final Event<ContactsSet> contactsSet;
  private final Clock clock;

  Contacts(
      ContactRepository contacts,
      RequestLog requests,
      Event<ContactsSet> contactsSet,
      Clock clock) {
    this.contacts = contacts;
    this.requests = requests;
    this.contactsSet = contactsSet;
    this.clock = clock;
  }

  /** Creates or replaces one contact. */
  @Transactional
  public SetContactResponse set(SetContactRequest request) {
    ContactRules.check(List.of(request.getContact()), i -> "contact").throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        SetContactResponse.parser(),
        () -> {
          put(List.of(request.getContact()));
          return SetContactResponse.newBuilder()
              .setCustomerId(request.getContact().getCustomerId())
              .build();
        });
  }

  /** Creates or replaces many contacts, all or none. */
  @Transactional
  public BatchSetContactsResponse setAll(BatchSetContactsRequest request) {
    List<Contact> all = request.getContactsList();
    FieldProblems problems = ContactRules.check(all, "contacts[%d]"::formatted);
    Set<String> seen = new HashSet<>();
    IntStream.range(0, all.size())
        .forEach(
            i ->
                problems.check(
                    seen.add(all.get(i).getCustomerId()),
                    "contacts[%d].customer_id".formatted(i),
                    "must not be the same as of an earlier contact"));
    problems.throwIfAny();
    return requests.once(
        request.getRequestId(),
        request,
        BatchSetContactsResponse.parser(),
        () -> {
          put(all);
          return BatchSetContactsResponse.newBuilder().setSetCount(all.size()).build();
        });
  }

  /**
   * The contact of a customer.
   *
   * @throws DomainException NOT_FOUND CONTACT_NOT_FOUND
   */
  @Transactional
  public Contact get(String customerId) {
    return contacts
        .findByIdOptional(customerId)
        .filter(ContactEntity::isKnown)
        .map(ContactMessages::render)
        .orElseThrow(
            () ->
                DomainException.notFound(
                    ErrorReason.ERROR_REASON_CONTACT_NOT_FOUND, "contact", customerId));
  }

  /**
   * The contacts of these customers by customer id. Customers without one are missing and stay so
   * until the caller's transaction ends: whoever sets their contact waits.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public Map<String, ContactDetails> find(Collection<String> customerIds) {
    Map<String, ContactDetails> found = known(customerIds);
    Set<String> missing = new HashSet<>(customerIds);
    missing.removeAll(found.keySet());
    if (!missing.isEmpty()) {
      Instant now = clock.instant();
      missing.removeAll(contacts.lockUnknown(missing, now));
      found.putAll(known(missing));
    }
    return Map.copyOf(found);
  }

  private Map<String, ContactDetails> known(Collection<String> customerIds) {
    Map<String, ContactDetails> found = new HashMap<>();
    if (!customerIds.isEmpty()) {
      contacts.known(customerIds).forEach(c -> found.put(c.customerId, c.details()));
    }
    return found;
  }

  private void put(List<Contact> all) {
    contacts.put(all.stream().map(ContactMessages::parse).toList(), clock.instant());
    contactsSet.fire(new ContactsSet(all.stream().map(Contact::getCustomerId).toList()));
  }
}
