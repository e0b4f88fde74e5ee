package dev.backorder.order.order.model;

import java.util.Set;

/** The law that governs the promises of an order. */
public enum Jurisdiction {
  UNSPECIFIED,
  US,
  EU,
  UK;

  /** Member states of the European Union, ISO 3166-1 alpha-2. */
  private static final Set<String> EU_MEMBERS =
      Set.of(
          "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE",
          "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK");

  /**
   * The law of the destination; unspecified when the country is unknown or has no rule set here.
   */
  public static Jurisdiction ofDestination(String country) {
    if (country.equals("US")) {
      return US;
    }
    if (country.equals("GB")) {
      return UK;
    }
    return EU_MEMBERS.contains(country) ? EU : UNSPECIFIED;
  }
}
