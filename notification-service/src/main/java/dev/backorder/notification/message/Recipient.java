package dev.backorder.notification.message;

/**
 * To whom a message is written. Personal data: never logged.
 *
 * @param displayName for the salutation; may be empty
 * @param languageCode BCP 47; empty means the merchant's
 */
public record Recipient(String displayName, String languageCode) {
  @Override
  public String toString() {
    return "Recipient";
  }
}
