package dev.backorder.platform.startup;

import java.util.List;

/**
 * Looks at the configuration before anything runs. Implement it as a bean, one or more per service.
 */
public interface StartupCheck {
  /** Everything that is wrong; empty when all is well. */
  List<ConfigProblem> problems();
}
