package dev.backorder.cli.calls;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Request ids that a repeated run finds again: UUIDv5 (RFC 9562) of a run and the thing that is
 * asked for.
 */
public final class RequestIds {

  private final UUID run;

  /** Ids of this run. */
  public RequestIds(UUID run) {
    this.run = run;
  }

  /** Ids of a run with this name. */
  public static RequestIds ofRun(String name) {
    return new RequestIds(derive(new UUID(0, 0), name));
  }

  /** The id for one step, for example {@code place 536365}. */
  public String of(String step) {
    return derive(run, step).toString();
  }

  private static UUID derive(UUID space, String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(bytes(space.getMostSignificantBits()));
      sha1.update(bytes(space.getLeastSignificantBits()));
      byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
      long high = (number(hash, 0) & ~0xf000L) | 0x5000L;
      long low = (number(hash, Long.BYTES) & 0x3fffffffffffffffL) | 0x8000000000000000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }

  private static byte[] bytes(long value) {
    return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static long number(byte[] bytes, int offset) {
    return java.nio.ByteBuffer.wrap(bytes).getLong(offset);
  }
}
