package dev.backorder.platform.ids;

import dev.backorder.platform.clock.MachineTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;

/**
 * Makes ids (RFC 9562). Time-ordered ids keep indexes dense, but order nothing by them: two
 * replicas' clocks differ.
 */
@ApplicationScoped
public class Ids {
  private static final int MOST_PER_MILLISECOND = 1 << 12;

  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private long lastMillis;
  private int counter;

  Ids(@MachineTime Clock clock) {
    this.clock = clock;
  }

  /**
   * A new UUIDv7; each is greater than the one before in this process. It is made of the machine's
   * time, also where the service's clock is simulated.
   */
  public synchronized UUID next() {
    long millis = clock.millis();
    if (millis > lastMillis) {
      lastMillis = millis;
      counter = random.nextInt(MOST_PER_MILLISECOND / 4);
    } else if (++counter == MOST_PER_MILLISECOND) {
      // A clock that stands still or goes back: borrow from the next millisecond.
      lastMillis++;
      counter = 0;
    }
    long high = (lastMillis << 16) | 0x7000L | counter;
    long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The UUIDv5 of a step of something: the same parent and step always give the same id. */
  public static UUID derive(UUID parent, String step) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(parent.getMostSignificantBits())
              .putLong(parent.getLeastSignificantBits())
              .array());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(step.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
