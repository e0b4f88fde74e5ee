package dev.backorder.platform.startup;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.StartupEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupGateTest {
  @Test
  void nonsense_is_refused_and_every_property_is_named() {
    StartupCheck one = () -> List.of(new ConfigProblem("backorder.a", "must be positive"));
    StartupCheck two = () -> List.of(new ConfigProblem("backorder.b", "must be a day"));
    assertThatThrownBy(() -> new StartupGate(List.of(one, two)).open(new StartupEvent()))
        .hasMessageContaining("backorder.a: must be positive")
        .hasMessageContaining("backorder.b: must be a day");
    assertThatCode(() -> new StartupGate(List.of(List::of)).open(new StartupEvent()))
        .doesNotThrowAnyException();
  }
}
