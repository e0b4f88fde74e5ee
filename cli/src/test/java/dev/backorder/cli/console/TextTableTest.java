package dev.backorder.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TextTableTest {

  @Test
  void aligns_numbers_to_the_right_and_words_to_the_left() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new TextTable("sku", "units")
        .row("A", 5)
        .row("LONG-NAME", "1,200")
        .print(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("  sku        units", "  A              5", "  LONG-NAME  1,200");
  }
}
