package dev.backorder.notification.testing;

import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A mail, taken apart.
 *
 * @param type the type of the whole
 */
public record Parts(String type, String subject, String text, String html) {

  /** Takes a mail apart that has a text and an HTML part. */
  public static Parts of(MimeMessage mail) {
    try {
      MimeMultipart parts = (MimeMultipart) mail.getContent();
      return new Parts(
          mail.getContentType(),
          mail.getSubject(),
          content(parts.getBodyPart(0), "text/plain"),
          content(parts.getBodyPart(1), "text/html"));
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Part part, String type) throws MessagingException, IOException {
    if (!part.isMimeType(type)) {
      throw new AssertionError("expected " + type + ", got " + part.getContentType());
    }
    return ((String) part.getContent()).replace("\r\n", "\n");
  }
}
