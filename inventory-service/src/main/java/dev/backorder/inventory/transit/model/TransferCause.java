package dev.backorder.inventory.transit.model;

/** Why a transfer changed. */
public enum TransferCause {
  PLANNED,
  SHIPPED,
  RECEIVED,
  REDATED,
  CLOSED,
  CANCELLED,
  /** Units that were set aside for it are gone. */
  SHRINKAGE
}
