package dev.backorder.cli.stack;

import jakarta.mail.internet.MimeUtility;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The list of caught mails, one line each, beside them: number, recipient, message id, subject,
 * file.
 */
public final class MailIndex implements AutoCloseable {

  private static final String FILE = "index.tsv";

  private final Writer writer;

  MailIndex(Path folder) throws IOException {
    writer =
        Files.newBufferedWriter(
            folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * A caught mail.
   *
   * @param number counts up in order of arrival
   * @param recipient envelope recipients, separated by commas
   * @param messageId as sent, with its angle brackets
   * @param subject decoded
   * @param file relative to the mail folder
   */
  public record Mail(long number, String recipient, String messageId, String subject, Path file) {}

  synchronized void add(long number, String recipient, String head, Path file) throws IOException {
    writer.write(
        String.join(
                "\t",
                Long.toString(number),
                clean(recipient),
                clean(header(head, "Message-ID")),
                clean(decode(header(head, "Subject"))),
                file.toString())
            + "\n");
    writer.flush();
  }

  /** Reads the mails that match, in order of arrival, without loading the others. */
  public static List<Mail> find(Path folder, Predicate<Mail> wanted) {
    List<Mail> found = new ArrayList<>();
    Path index = folder.resolve(FILE);
    if (!Files.exists(index)) {
      return found;
    }
    try (BufferedReader reader = Files.newBufferedReader(index)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] parts = line.split("\t", -1);
        if (parts.length == 5) {
          Mail mail =
              new Mail(Long.parseLong(parts[0]), parts[1], parts[2], parts[3], Path.of(parts[4]));
          if (wanted.test(mail)) {
            found.add(mail);
          }
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Value of the first header of that name, unfolded; empty when missing. */
  static String header(String head, String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ":";
    StringBuilder value = null;
    for (String line : head.split("\r?\n", -1)) {
      if (value != null && (line.startsWith(" ") || line.startsWith("\t"))) {
        value.append(' ').append(line.strip());
      } else if (value != null || line.isEmpty()) {
        break;
      } else if (line.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        value = new StringBuilder(line.substring(prefix.length()).strip());
      }
    }
    return value == null ? "" : value.toString();
  }

  private static String decode(String value) {
    try {
      return MimeUtility.decodeText(value);
    } catch (UnsupportedEncodingException e) {
      return value;
    }
  }

  private static String clean(String value) {
    return value.replaceAll("[\\p{Cntrl}]+", " ").strip();
  }

  @Override
  public synchronized void close() {
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
