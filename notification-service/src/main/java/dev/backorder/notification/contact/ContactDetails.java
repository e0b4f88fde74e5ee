package dev.backorder.notification.contact;

/**
 * How a customer is reached. Personal data: never logged, published or stored elsewhere.
 *
 * @param displayName may be empty
 * @param languageCode BCP 47; empty means the merchant's
 * @param timeZone IANA; empty means the merchant's
 */
public record ContactDetails(
    String customerId,
    String emailAddress,
    String displayName,
    String languageCode,
    String timeZone) {
  @Override
  public String toString() {
    return "ContactDetails[" + customerId + "]";
  }
}
