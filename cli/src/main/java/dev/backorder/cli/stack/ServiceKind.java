package dev.backorder.cli.stack;

import java.util.Locale;

/** The four services, in the order in which they are started; stopping goes the other way. */
public enum ServiceKind {
  /** Stock, reservations, promises. */
  INVENTORY(1, "inventory"),
  /** Orders, shipments, the promise ledger. */
  ORDER(2, "orders"),
  /** Suppliers and purchase orders. */
  SUPPLIER(3, "supplier"),
  /** Messages to customers. */
  NOTIFICATION(4, "notification");

  private final int number;
  private final String database;

  ServiceKind(int number, String database) {
    this.number = number;
    this.database = database;
  }

  /** Place in the port scheme, from 1. */
  public int number() {
    return number;
  }

  /** Name of the service's own database. */
  public String database() {
    return database;
  }

  /** Short name, as in peers and ports: {@code inventory}. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Folder and artifact: {@code inventory-service}. */
  public String module() {
    return shortName() + "-service";
  }
}
