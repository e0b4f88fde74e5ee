package dev.backorder.notification.message;

/**
 * HTML in few bytes and few lines: a mail client writes line by line, and encodes a body that is
 * not plain ASCII as a whole.
 *
 * <p>White space becomes one space, which means the same in HTML; lines are broken at such a space.
 * What is not ASCII becomes a character reference. Not for text in {@code pre}.
 */
final class CompactHtml {
  /** Well below the 998 of RFC 5322, section 2.1.1. */
  private static final int LINE_LENGTH = 800;

  private CompactHtml() {}

  static String of(String html) {
    StringBuilder compact = new StringBuilder(html.length());
    int lineStart = 0;
    boolean isSpace = true;
    for (int i = 0; i < html.length(); ) {
      int c = html.codePointAt(i);
      i += Character.charCount(c);
      if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
        if (!isSpace) {
          boolean isLong = compact.length() - lineStart >= LINE_LENGTH;
          compact.append(isLong ? '\n' : ' ');
          lineStart = isLong ? compact.length() : lineStart;
        }
        isSpace = true;
      } else {
        isSpace = false;
        append(compact, c);
      }
    }
    return compact.toString().strip() + "\n";
  }

  private static void append(StringBuilder compact, int c) {
    if (c < 0x80) {
      compact.append((char) c);
    } else {
      compact.append("&#").append(c).append(';');
    }
  }
}
