package dev.backorder.notification.message;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes dates, money and numbers as the customer's language and region do, and makes foreign text
 * safe. One for each mail: what it has written or looked up once it keeps, and it is not for
 * several threads.
 */
final class MailFormats {
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern LINK = Pattern.compile("://|www\\.", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_NAME = 80;

  private final Locale locale;
  private final NumberFormat numbers;
  private final DateTimeFormatter longDates;
  private final Map<LocalDate, String> dates = new HashMap<>();
  private final Map<String, Optional<NumberFormat>> currencies = new HashMap<>();

  MailFormats(Locale locale) {
    this.locale = locale;
    this.numbers = NumberFormat.getIntegerInstance(locale);
    this.longDates = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale);
  }

  /** For example {@code Thursday, 3 December 2026}. */
  String date(LocalDate date) {
    return dates.computeIfAbsent(
        date,
        d -> d.getDayOfWeek().getDisplayName(TextStyle.FULL, locale) + ", " + d.format(longDates));
  }

  /**
   * An amount in minor units of a currency; a currency that Java does not know is written with its
   * code.
   */
  String money(long amountMinor, String currencyCode) {
    return currencies
        .computeIfAbsent(currencyCode, this::currencyFormat)
        .map(
            format ->
                format.format(BigDecimal.valueOf(amountMinor, format.getMaximumFractionDigits())))
        .orElseGet(() -> clean(currencyCode) + " " + number(amountMinor));
  }

  private Optional<NumberFormat> currencyFormat(String currencyCode) {
    try {
      Currency currency = Currency.getInstance(currencyCode);
      int digits = Math.max(currency.getDefaultFractionDigits(), 0);
      NumberFormat format = NumberFormat.getCurrencyInstance(locale);
      format.setCurrency(currency);
      format.setMinimumFractionDigits(digits);
      format.setMaximumFractionDigits(digits);
      return Optional.of(format);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  String number(long number) {
    return numbers.format(number);
  }

  /** One line of printable text: no line breaks, no invisible or direction-changing characters. */
  static String clean(String text) {
    if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return text;
    }
    return SPACES.matcher(UNPRINTABLE.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
  }

  /** A name for the salutation; empty when it looks like an advertisement rather than a name. */
  static String name(String displayName) {
    String name = clean(displayName);
    return name.length() > LONGEST_NAME || LINK.matcher(name).find() ? "" : name;
  }
}
