package dev.backorder.supplier;

import dev.backorder.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_service_keeps_its_shape() {
    ArchitectureRules.check("dev.backorder.supplier");
  }
}
