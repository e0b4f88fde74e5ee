package dev.backorder.inventory.transit.model;

/** What can be wanted of a transfer. */
public enum TransferCall {
  SHIP,
  RECEIVE,
  CLOSE,
  CANCEL,
  REDATE
}
