package dev.backorder.platform.feed;

import dev.backorder.platform.errors.DomainException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A place in a feed. Opaque to callers.
 *
 * @param epoch the life of the feed; a restored database starts a new one
 * @param position everything up to and including this is behind the cursor
 */
record Cursor(String epoch, long position) {
  private static final char SEPARATOR = ':';

  String encode() {
    byte[] text = (epoch + SEPARATOR + position).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /**
   * Reads a cursor that came from outside.
   *
   * @throws DomainException INVALID naming {@code field}
   */
  static Cursor decode(String field, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      int at = text.lastIndexOf(SEPARATOR);
      long position = at < 1 ? -1 : Long.parseLong(text.substring(at + 1));
      if (position >= 0) {
        return new Cursor(text.substring(0, at), position);
      }
    } catch (IllegalArgumentException e) {
      // Refused below, like every other text that is not a cursor.
    }
    throw DomainException.invalid(field, "is not a cursor of this feed");
  }
}
