package dev.backorder.notification.contact;

import dev.backorder.notification.v1.Contact;
import dev.backorder.platform.errors.FieldProblems;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/** What the contract cannot say about a contact. */
final class ContactRules {
  /**
   * Stricter than RFC 5322 where that would let a mail server or a header read something else: no
   * quotes, no brackets, no list separators, no comments.
   */
  private static final Pattern ADDRESS =
      Pattern.compile("[^@\\s<>()\\[\\]\\\\,;:\"]+@[^@\\s<>()\\\\,;:\"]+");

  private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private ContactRules() {}

  /** All that is wrong; {@code path} names the field of the contact at an index. */
  static FieldProblems check(List<Contact> contacts, IntFunction<String> path) {
    FieldProblems problems = new FieldProblems();
    for (int i = 0; i < contacts.size(); i++) {
      Contact contact = contacts.get(i);
      String at = path.apply(i);
      problems.check(
          ADDRESS.matcher(contact.getEmailAddress()).matches(),
          at + ".email_address",
          "must be one plain e-mail address");
      problems.check(
          !CONTROL.matcher(contact.getDisplayName()).find(),
          at + ".display_name",
          "must not hold control characters");
      problems.check(
          contact.getTimeZone().isEmpty() || ZONES.contains(contact.getTimeZone()),
          at + ".time_zone",
          "must be an IANA time zone");
    }
    return problems;
  }
}
