package dev.backorder.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backorder.inventory.allocation.AllocationConfig;
import dev.backorder.inventory.availability.AvailabilityConfig;
import dev.backorder.inventory.promise.PromiseConfig;
import dev.backorder.inventory.queue.QueueConfig;
import dev.backorder.inventory.testing.InventoryResource;
import dev.backorder.inventory.transfer.TransferConfig;
import dev.backorder.platform.startup.ConfigProblem;
import dev.backorder.platform.startup.StartupCheck;
import io.quarkus.arc.All;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Nonsense is refused at the start, by the name of its property. */
@QuarkusTest
@QuarkusTestResource(InventoryResource.class)
class StartupChecksTest {
  @Inject @All List<StartupCheck> checks;

  @Test
  void the_defaults_make_sense() {
    assertThat(checks).hasSizeGreaterThan(4);
    assertThat(checks).allSatisfy(check -> assertThat(check.problems()).isEmpty());
  }

  @Test
  void dates_need_a_percentile_and_days() {
    assertThat(problems("promise.PromiseStartupCheck", PromiseConfig.class, -1))
        .containsExactly(
            "backorder.promise.percentile",
            "backorder.promise.channel-late-limit-percent.not a channel",
            "backorder.promise.channel-late-limit-percent.not a channel",
            "backorder.promise.enough-observations",
            "backorder.promise.overdue-grace-days",
            "backorder.promise.unknown-lead-time-days");
  }

  @Test
  void lanes_queues_and_lorries_need_room() {
    assertThat(problems("queue.QueueStartupCheck", QueueConfig.class, 0))
        .containsExactly("backorder.queue.lines-per-step");
    assertThat(problems("transfer.TransferStartupCheck", TransferConfig.class, -1))
        .containsExactly("backorder.transfer.transit-days");
    assertThat(problems("allocation.AllocationStartupCheck", AllocationConfig.class, 0))
        .containsExactly("backorder.allocation.lines-per-batch");
    assertThat(problems("availability.AvailabilityStartupCheck", AvailabilityConfig.class, 50_000))
        .containsExactly(
            "backorder.availability.lines-per-batch", "backorder.availability.watch-heartbeat");
    assertThat(problems("availability.AvailabilityStartupCheck", AvailabilityConfig.class, 0))
        .containsExactly(
            "backorder.availability.lines-per-batch",
            "backorder.availability.most-watchers",
            "backorder.availability.watch-interval",
            "backorder.availability.watch-heartbeat");
  }

  /** The problems of a check when every number of its configuration is {@code value}. */
  private static List<String> problems(String check, Class<?> config, int value) {
    Object configuration =
        Proxy.newProxyInstance(
            config.getClassLoader(),
            new Class<?>[] {config},
            (proxy, method, args) -> {
              if (method.getReturnType() == Map.class) {
                return Map.of("not a channel", value);
              }
              return method.getReturnType() == Duration.class ? Duration.ofSeconds(value) : value;
            });
    try {
      Constructor<?> constructor =
          Class.forName("dev.backorder.inventory." + check).getDeclaredConstructor(config);
      constructor.setAccessible(true);
      return ((StartupCheck) constructor.newInstance(configuration))
          .problems().stream().map(ConfigProblem::property).toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
