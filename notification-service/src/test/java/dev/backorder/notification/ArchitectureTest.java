package dev.backorder.notification;

import dev.backorder.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  @Test
  void packages_have_the_shape_of_a_service() {
    ArchitectureRules.check("dev.backorder.notification");
  }
}
