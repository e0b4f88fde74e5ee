package dev.backorder.inventory.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.testing.Inventory;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.testing.Stockroom;
import dev.backorder.platform.testing.SeededRandom;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * The service and a naive reference of its rules go the same random way: every answer, every
 * balance, every line with its dates, every supply and every queue is the same after each step.
 *
 * <p>A failure names the seed, the step and what happened last; {@code -Dseed=N} goes that way
 * again, {@code -Drounds=N} more ways, {@code -Drandom.steps=N} longer ones.
 */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class ReferenceTest {
  private static final int ROUNDS = Boolean.getBoolean("full") ? 140 : 14;
  private static final int STEPS = Integer.getInteger("random.steps", 150);
  private static final int STEPS_TOLD = 12;
  private static final int STEPS_BETWEEN_CHECKS = 25;

  @Test
  void the_service_does_what_the_reference_does() {
    SeededRandom.rounds(ROUNDS, random -> new Walk(random).run());
  }

  private static final class Walk {
    private final Stockroom room = new Stockroom(new Inventory().reset());
    private final ReferenceStockroom reference;
    private final ServiceStockroom service = new ServiceStockroom(room);
    private final RandomSteps steps;
    private final Deque<String> last = new ArrayDeque<>();
    private int done;

    Walk(RandomGenerator random) {
      Scenery scenery = new Scenery(random, room.inventory.time.now());
      World world = new World(room.inventory.time.now(), scenery.sites(), scenery.articles());
      Scenery.make(room.inventory, world.sites, List.copyOf(world.articles.values()));
      last.add(world.sites + "\n" + world.articles.values());
      reference = new ReferenceStockroom(world);
      steps = new RandomSteps(random, reference);
    }

    void run() {
      while (done < STEPS) {
        for (Step step : steps.next()) {
          take(step);
          done++;
          compareBooks();
        }
        take(steps.look());
        take(steps.lookAhead());
        if (done % STEPS_BETWEEN_CHECKS == 0) {
          room.checkBooks();
        }
      }
      room.checkBooks();
    }

    private void take(Step step) {
      String expected = reference.take(step);
      if (last.size() > STEPS_TOLD) {
        // The first one is the scenery.
        String scenery = last.removeFirst();
        last.removeFirst();
        last.addFirst(scenery);
      }
      last.add("%d. %s -> %s".formatted(done, step, expected));
      assertThat(step.takenBy(service)).as(this::story).isEqualTo(expected);
    }

    private void compareBooks() {
      SortedMap<String, String> expected = ReferenceBooks.of(reference.world());
      SortedMap<String, String> found = service.books(Scenery.SKUS);
      TreeSet<String> keys = new TreeSet<>(expected.keySet());
      keys.addAll(found.keySet());
      List<String> differences = new ArrayList<>();
      for (String key : keys) {
        String should = expected.getOrDefault(key, "not there");
        String is = found.getOrDefault(key, "not there");
        if (!should.equals(is)) {
          differences.add("%s%n  reference: %s%n  service:   %s".formatted(key, should, is));
        }
      }
      assertThat(differences).as(this::story).isEmpty();
    }

    private String story() {
      return "step %d, after%n%s%n".formatted(done, String.join("\n", last));
    }
  }
}
