package dev.backorder.notification.message;

import dev.backorder.notification.message.MailView.Brand;
import dev.backorder.notification.message.model.MessageContent;
import dev.backorder.notification.message.model.MessageKind;
import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes mails. Templates live in {@code templates/mails/<language>/<kind>.html} and {@code .txt};
 * the text template holds the subject as a fragment.
 */
@ApplicationScoped
public class Mails {
  /** Languages that have templates. */
  private static final Set<String> LANGUAGES = Set.of("en");

  /** What templates of a language include. */
  private static final List<String> PARTS =
      List.of(
          "layout.html",
          "group.html",
          "refused.html",
          "refusal.html",
          "reason.html",
          "group.txt",
          "groups.txt",
          "rest-groups.txt",
          "rows.txt",
          "refused.txt",
          "refusal.txt",
          "reason.txt",
          "foot.txt");

  private static final int LONGEST_SUBJECT = 150;
  private static final int VERSION_LENGTH = 8;

  private final Engine engine;
  private final MailSettings settings;
  private final Map<String, String> versions = new ConcurrentHashMap<>();

  Mails(Engine engine, MailSettings settings) {
    this.engine = engine;
    this.settings = settings;
  }

  /** Writes the mail of a message to a recipient: the same input always gives the same mail. */
  public RenderedMail render(MessageKind kind, MessageContent content, Recipient recipient) {
    Locale locale = locale(recipient);
    MailView view =
        new MailViews(new MailFormats(locale), brand()).view(content, recipient.displayName());
    String path = path(kind, locale);
    Template text = engine.getTemplate(path + ".txt");
    String subject = subject(text.getFragment("subject").data("mail", view).render());
    String plain = text.data("mail", view).render().strip() + "\n";
    String html = CompactHtml.of(engine.getTemplate(path + ".html").data("mail", view).render());
    return new RenderedMail(
        subject,
        plain,
        html,
        locale.toLanguageTag(),
        path + "@" + versions.computeIfAbsent(path, Mails::version),
        sha256(subject, plain, html));
  }

  private Locale locale(Recipient recipient) {
    Locale wished = Locale.forLanguageTag(recipient.languageCode());
    return LANGUAGES.contains(wished.getLanguage())
        ? withRegion(wished)
        : Locale.forLanguageTag(settings.language());
  }

  /** A language without a region is written as in the merchant's region, when that speaks it. */
  private Locale withRegion(Locale wished) {
    Locale own = Locale.forLanguageTag(settings.language());
    boolean sameLanguage = own.getLanguage().equals(wished.getLanguage());
    return wished.getCountry().isEmpty() && sameLanguage ? own : wished;
  }

  private static String path(MessageKind kind, Locale locale) {
    String language = LANGUAGES.contains(locale.getLanguage()) ? locale.getLanguage() : "en";
    return "mails/" + language + "/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private Brand brand() {
    return new Brand(
        MailFormats.clean(settings.brandName()),
        settings.brandColor(),
        textColorOn(settings.brandColor()),
        settings.storefrontUrl().orElse(""),
        settings.supportAddress().orElse(""));
  }

  /** White or near black, whichever can be read on the colour (ITU-R BT.601 luma). */
  static String textColorOn(String color) {
    int rgb = Integer.parseInt(color.substring(1), 16);
    int luma = (299 * (rgb >> 16) + 587 * ((rgb >> 8) & 0xff) + 114 * (rgb & 0xff)) / 1000;
    return luma > 160 ? "#1c1c1e" : "#ffffff";
  }

  /** One line, so that nothing in it can end the header. */
  private static String subject(String rendered) {
    String line = MailFormats.clean(rendered);
    return line.length() <= LONGEST_SUBJECT ? line : line.substring(0, LONGEST_SUBJECT - 1) + "…";
  }

  /** A version that changes when the template or what it includes changes. */
  private static String version(String path) {
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    return sha256(
            Stream.concat(
                    Stream.of(path + ".txt", path + ".html"), PARTS.stream().map(folder::concat))
                .map(Mails::source)
                .toArray(String[]::new))
        .substring(0, VERSION_LENGTH);
  }

  private static String source(String path) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try (InputStream in = loader.getResourceAsStream("templates/" + path)) {
      return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
