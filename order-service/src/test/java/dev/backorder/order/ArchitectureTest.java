package dev.backorder.order;

import dev.backorder.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void the_service_has_the_shape_that_all_share() {
    ArchitectureRules.check("dev.backorder.order");
  }
}
