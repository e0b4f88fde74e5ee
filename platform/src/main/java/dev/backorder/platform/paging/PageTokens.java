package dev.backorder.platform.paging;

import dev.backorder.platform.errors.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Page tokens: the sort key of the last row of a page, in a form that callers do not read. A token
 * belongs to one list (and, by the name that the list gives, to one filter).
 */
public final class PageTokens {
  private static final int DEFAULT_SIZE = 50;
  private static final int MOST = 500;
  private static final char SEPARATOR = '\u001f';

  private PageTokens() {}

  /** The size of a page: 50 unless told, at most 500. */
  public static int size(int pageSize) {
    return pageSize <= 0 ? DEFAULT_SIZE : Math.min(pageSize, MOST);
  }

  /** The token of the page that follows the row with this sort key. */
  public static String encode(String listName, String... keyset) {
    StringBuilder text = new StringBuilder(listName);
    for (String part : keyset) {
      text.append(SEPARATOR).append(part);
    }
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * The sort key in a token; empty for the first page.
   *
   * @throws DomainException INVALID for a token that this list did not give
   */
  public static List<String> decode(String listName, String token) {
    if (token.isEmpty()) {
      return List.of();
    }
    List<String> parts = split(token);
    if (parts.size() < 2 || !parts.get(0).equals(listName)) {
      throw invalid();
    }
    return parts.subList(1, parts.size());
  }

  private static List<String> split(String token) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token);
    } catch (IllegalArgumentException e) {
      throw invalid();
    }
    List<String> parts = new ArrayList<>();
    String text = new String(bytes, StandardCharsets.UTF_8);
    int from = 0;
    for (int i = text.indexOf(SEPARATOR); i >= 0; i = text.indexOf(SEPARATOR, from)) {
      parts.add(text.substring(from, i));
      from = i + 1;
    }
    parts.add(text.substring(from));
    return List.copyOf(parts);
  }

  private static DomainException invalid() {
    return DomainException.invalid("page_token", "is not a token of this list");
  }
}
