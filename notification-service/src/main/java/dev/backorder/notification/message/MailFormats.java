package dev.backorder.notification.message;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Writes dates, money and numbers as the customer's language and region do, and makes foreign text
 * safe.
 */
record MailFormats(Locale locale) {
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]+");
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern LINK = Pattern.compile("://|www\\.", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_NAME = 80;

  /** For example {@code Thursday, 3 December 2026}. */
  String date(LocalDate date) {
    return date.getDayOfWeek().getDisplayName(TextStyle.FULL, locale)
        + ", "
        + date.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale));
  }

  /**
   * An amount in minor units of a currency; a currency that Java does not know is written with its
   * code.
   */
  String money(long amountMinor, String currencyCode) {
    try {
      Currency currency = Currency.getInstance(currencyCode);
      int digits = Math.max(currency.getDefaultFractionDigits(), 0);
      NumberFormat format = NumberFormat.getCurrencyInstance(locale);
      format.setCurrency(currency);
      format.setMinimumFractionDigits(digits);
      format.setMaximumFractionDigits(digits);
      return format.format(BigDecimal.valueOf(amountMinor, digits));
    } catch (IllegalArgumentException e) {
      return clean(currencyCode) + " " + number(amountMinor);
    }
  }

  String number(long number) {
    return NumberFormat.getIntegerInstance(locale).format(number);
  }

  /** One line of printable text: no line breaks, no invisible or direction-changing characters. */
  static String clean(String text) {
    return SPACES.matcher(UNPRINTABLE.matcher(text).replaceAll(" ")).replaceAll(" ").strip();
  }

  /** A name for the salutation; empty when it looks like an advertisement rather than a name. */
  static String name(String displayName) {
    String name = clean(displayName);
    return name.length() > LONGEST_NAME || LINK.matcher(name).find() ? "" : name;
  }
}
