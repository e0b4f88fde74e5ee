package dev.backorder.platform.errors;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Who we are: {@code inventory-service} as a caller, {@code inventory.backorder} as an error
 * domain.
 */
@ApplicationScoped
public class ServiceName {
  private final String name;

  ServiceName(@ConfigProperty(name = "quarkus.application.name") String name) {
    this.name = name;
  }

  /** Name that we give when we call others. */
  public String caller() {
    return name;
  }

  /** Value of {@code ErrorInfo.domain}. */
  public String errorDomain() {
    String suffix = "-service";
    String bare = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    return bare + ".backorder";
  }
}
