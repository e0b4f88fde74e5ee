package dev.backorder.cli.calls;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Walks through lists that come in pages, without holding more than one page. */
public final class Pages {

  private Pages() {}

  /**
   * Gives every row of a list to {@code rows}.
   *
   * @param page reads the page of a token; the first token is empty
   * @param content the rows of a page
   * @param nextToken the token that follows a page; empty ends the walk
   */
  public static <P, R> void forEach(
      Function<String, P> page,
      Function<P, List<R>> content,
      Function<P, String> nextToken,
      Consumer<R> rows) {
    String token = "";
    do {
      P read = page.apply(token);
      content.apply(read).forEach(rows);
      token = nextToken.apply(read);
    } while (!token.isEmpty());
  }
}
