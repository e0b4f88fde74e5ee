package dev.backorder.notification.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;

class CompactHtmlTest {
  @Test
  void white_space_becomes_one_space_and_none_is_lost() {
    assertThat(CompactHtml.of("\n<p>\n  of <b>two</b>\r\n\tlines</p>\n\n"))
        .isEqualTo("<p> of <b>two</b> lines</p>\n");
  }

  @Test
  void what_is_not_ascii_becomes_a_character_reference() {
    assertThat(CompactHtml.of("<p>\u00a35 f\u00fcr \ud83d\ude00</p>"))
        .isEqualTo("<p>&#163;5 f&#252;r &#128512;</p>\n");
  }

  @Test
  void no_line_is_longer_than_a_mail_may_have() {
    String words = String.join(" ", Collections.nCopies(2000, "<td>word</td>"));
    String compact = CompactHtml.of(words);
    assertThat(compact.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(998));
    assertThat(compact.lines().count()).isLessThan(50);
    assertThat(compact.strip().replace('\n', ' ')).isEqualTo(words);
  }
}
