package dev.backorder.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.backorder.platform.errors.DomainException;
import org.junit.jupiter.api.Test;

class PageTokensTest {
  @Test
  void a_token_carries_the_sort_key() {
    String token = PageTokens.encode("orders", "2026-01-01", "", "größe/1");
    assertThat(PageTokens.decode("orders", token)).containsExactly("2026-01-01", "", "größe/1");
    assertThat(PageTokens.decode("orders", "")).isEmpty();
  }

  @Test
  void tokens_of_other_lists_and_nonsense_are_bad_fields() {
    for (String token : new String[] {PageTokens.encode("items", "a"), "%%", "abc", "AAAA"}) {
      assertThatThrownBy(() -> PageTokens.decode("orders", token))
          .isInstanceOfSatisfying(
              DomainException.class,
              e -> assertThat(e.problems().get(0).field()).isEqualTo("page_token"));
    }
  }

  @Test
  void pages_have_a_default_and_a_limit() {
    assertThat(PageTokens.size(0)).isEqualTo(50);
    assertThat(PageTokens.size(7)).isEqualTo(7);
    assertThat(PageTokens.size(9_999)).isEqualTo(500);
  }
}
