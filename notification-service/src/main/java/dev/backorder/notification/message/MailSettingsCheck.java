package dev.backorder.notification.message;

import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Refuses settings with which no decent mail can be written. */
@ApplicationScoped
public class MailSettingsCheck implements StartupCheck {
  private static final Pattern COLOR = Pattern.compile("#[0-9a-fA-F]{6}");
  private static final Pattern DOMAIN =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");
  private static final Pattern ADDRESS = Pattern.compile("[^@\\s<>,;\"]+@[^@\\s<>,;\"]+");

  private final MailSettings settings;

  MailSettingsCheck(MailSettings settings) {
    this.settings = settings;
  }

  @Override
  public List<ConfigProblem> problems() {
    List<ConfigProblem> problems = new ArrayList<>();
    need(
        problems,
        !settings.brandName().isBlank()
            && MailFormats.clean(settings.brandName()).equals(settings.brandName()),
        "brand-name",
        "must be one line of printable text");
    need(
        problems,
        COLOR.matcher(settings.brandColor()).matches(),
        "brand-color",
        "must be a colour like #1f5f8b");
    need(
        problems,
        ADDRESS.matcher(settings.fromAddress()).matches(),
        "from-address",
        "must be an e-mail address");
    need(
        problems,
        settings.supportAddress().map(a -> ADDRESS.matcher(a).matches()).orElse(true),
        "support-address",
        "must be an e-mail address");
    need(
        problems,
        settings.storefrontUrl().map(u -> u.matches("https?://\\S+")).orElse(true),
        "storefront-url",
        "must start with https:// or http://");
    need(
        problems,
        !Locale.forLanguageTag(settings.language()).getLanguage().isEmpty(),
        "language",
        "must be a language tag like en-GB");
    need(problems, DOMAIN.matcher(settings.domain()).matches(), "domain", "must be a domain name");
    return problems;
  }

  private static void need(
      List<ConfigProblem> problems, boolean condition, String name, String problem) {
    if (!condition) {
      problems.add(new ConfigProblem("backorder.mail." + name, problem));
    }
  }
}
