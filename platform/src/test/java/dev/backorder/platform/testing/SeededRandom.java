package dev.backorder.platform.testing;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Runs a test with many random inputs. A failure names the seed; {@code -Dseed=N} runs that one
 * again, {@code -Drounds=N} runs more.
 */
public final class SeededRandom {
  private SeededRandom() {}

  /** Runs {@code test} with {@code rounds} different generators. */
  public static void rounds(int rounds, Consumer<RandomGenerator> test) {
    String seed = System.getProperty("seed");
    if (seed != null) {
      round(Long.parseLong(seed), test);
      return;
    }
    int asked = Integer.getInteger("rounds", rounds);
    for (long each = 1; each <= asked; each++) {
      round(each, test);
    }
  }

  private static void round(long seed, Consumer<RandomGenerator> test) {
    try {
      test.accept(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}
