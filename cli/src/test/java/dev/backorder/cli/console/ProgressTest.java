package dev.backorder.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private long nanos;

  @Test
  void prints_plain_lines_at_most_every_five_seconds_when_nobody_watches() {
    try (Progress progress = start(false)) {
      for (int second = 1; second <= 20; second++) {
        nanos = Duration.ofSeconds(second).toNanos();
        progress.update(second * 10L, "day " + second);
      }
    }

    String[] lines = text().split("\n");
    assertThat(lines).hasSize(5);
    assertThat(lines[1]).isEqualTo("Replaying  30% 60 of 200 orders, 10/s, 14 s left, day 6");
    assertThat(lines[4]).isEqualTo("Replaying 100% 200 of 200 orders, 10/s, took 20 s, day 20");
    assertThat(text()).doesNotContain("\r");
  }

  @Test
  void draws_a_bar_on_a_terminal_and_notes_do_not_tear_it() {
    try (Progress progress = start(true)) {
      nanos = Duration.ofSeconds(1).toNanos();
      progress.update(100, "");
      progress.note("order-service-1 crashed");
    }

    assertThat(text())
        .contains("Replaying [############------------]  50% 100 of 200 orders, 100/s, 1 s left")
        .contains("\r\u001b[Korder-service-1 crashed\n")
        .endsWith("\n");
  }

  private Progress start(boolean interactive) {
    return new Progress(
        new Terminal(err, err, interactive, 120), "Replaying", "orders", 200, () -> nanos);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
