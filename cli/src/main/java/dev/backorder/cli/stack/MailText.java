package dev.backorder.cli.stack;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Reads a caught mail as a person would see it in a text-only reader. */
public final class MailText {

  private MailText() {}

  /**
   * From, to, subject and the plain text, line by line; empty when the file cannot be read as a
   * mail.
   */
  public static List<String> read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      MimeMessage message = new MimeMessage(Session.getInstance(new Properties()), in);
      List<String> lines = new ArrayList<>();
      lines.add("From: " + header(message, "From"));
      lines.add("To: " + header(message, "To"));
      lines.add("Subject: " + message.getSubject());
      lines.add("");
      plainText(message).ifPresent(text -> text.strip().lines().forEach(lines::add));
      return List.copyOf(lines);
    } catch (IOException | MessagingException e) {
      return List.of();
    }
  }

  private static String header(MimeMessage message, String name) throws MessagingException {
    String value = message.getHeader(name, ", ");
    return value == null ? "" : value;
  }

  private static Optional<String> plainText(Part part) throws MessagingException, IOException {
    if (part.isMimeType("text/plain")) {
      return Optional.of(part.getContent().toString());
    }
    if (part.getContent() instanceof Multipart parts) {
      for (int i = 0; i < parts.getCount(); i++) {
        Optional<String> text = plainText(parts.getBodyPart(i));
        if (text.isPresent()) {
          return text;
        }
      }
    }
    return Optional.empty();
  }
}
