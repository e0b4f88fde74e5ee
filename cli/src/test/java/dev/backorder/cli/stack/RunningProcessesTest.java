package dev.backorder.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunningProcessesTest {

  @TempDir private Path folder;

  @Test
  void ends_what_a_killed_run_left_behind_but_never_a_process_that_started_at_another_time()
      throws Exception {
    Process left = sleeper();
    Process stranger = sleeper();
    try {
      RunningProcesses before = new RunningProcesses(file());
      before.add("order-service-1", left.toHandle());
      long longAgo = System.currentTimeMillis() - 3_600_000;
      Files.writeString(
          file(),
          Files.readString(file()) + stranger.pid() + " " + longAgo + " inventory-service-1\n");

      assertThat(new RunningProcesses(file()).endLeftovers())
          .containsExactly("order-service-1 (process " + left.pid() + ")");
      assertThat(left.isAlive()).isFalse();
      assertThat(stranger.isAlive()).isTrue();
      assertThat(file()).doesNotExist();
    } finally {
      left.destroyForcibly();
      stranger.destroyForcibly();
    }
  }

  @Test
  void the_watchdog_ends_the_children_when_the_pipe_from_their_parent_ends() throws Exception {
    Process child = sleeper();
    RunningProcesses running = new RunningProcesses(file());
    running.add("order-service-1", child.toHandle());
    Watchdog watchdog = Watchdog.start(file());
    assertThat(child.isAlive()).isTrue();

    watchdog.close();

    assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  private Path file() {
    return folder.resolve("processes");
  }

  private static Process sleeper() throws IOException {
    return new ProcessBuilder("sleep", "600").start();
  }
}
