package dev.backorder.notification.message;

/**
 * A mail as it goes out.
 *
 * @param template name and version of the template
 * @param contentSha256 hash of subject, text and HTML, in hexadecimal
 */
public record RenderedMail(
    String subject,
    String text,
    String html,
    String languageCode,
    String template,
    String contentSha256) {
  @Override
  public String toString() {
    return "RenderedMail[" + contentSha256 + "]";
  }
}
