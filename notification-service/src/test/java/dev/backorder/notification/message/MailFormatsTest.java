package dev.backorder.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MailFormatsTest {
  private static final MailFormats BRITISH = new MailFormats(Locale.UK);

  @Test
  void dates_are_written_with_their_weekday() {
    LocalDate date = LocalDate.of(2026, 3, 3);
    assertThat(BRITISH.date(date)).isEqualTo("Tuesday, 3 March 2026");
    assertThat(new MailFormats(Locale.US).date(date)).isEqualTo("Tuesday, March 3, 2026");
    assertThat(new MailFormats(Locale.GERMANY).date(date)).isEqualTo("Dienstag, 3. März 2026");
  }

  @Test
  void money_has_the_digits_of_its_currency() {
    assertThat(BRITISH.money(123_456, "GBP")).isEqualTo("£1,234.56");
    assertThat(BRITISH.money(123_456, "JPY")).contains("123,456").doesNotContain(".");
    assertThat(BRITISH.money(5, "GBP")).isEqualTo("£0.05");
    assertThat(BRITISH.money(500, "QQQ")).isEqualTo("QQQ 500");
    assertThat(BRITISH.money(500, "")).isEqualTo(" 500");
  }

  @Test
  void text_of_others_becomes_one_printable_line() {
    assertThat(MailFormats.clean(" a\r\n\tb\u202e\u2028c\0 ")).isEqualTo("a b c");
  }

  @Test
  void an_advertisement_is_no_name() {
    assertThat(MailFormats.name("Ada  Example ")).isEqualTo("Ada Example");
    assertThat(MailFormats.name("see http://evil.example")).isEmpty();
    assertThat(MailFormats.name("WWW.evil.example")).isEmpty();
    assertThat(MailFormats.name("x".repeat(81))).isEmpty();
  }

  @Test
  void text_on_the_brand_colour_can_be_read() {
    assertThat(Mails.textColorOn("#1f5f8b")).isEqualTo("#ffffff");
    assertThat(Mails.textColorOn("#ffe08a")).isEqualTo("#1c1c1e");
  }
}
