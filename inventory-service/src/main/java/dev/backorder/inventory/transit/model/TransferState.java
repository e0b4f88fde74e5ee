package dev.backorder.inventory.transit.model;

/** Where a transfer stands. */
public enum TransferState {
  /** Its units are set aside at the origin. */
  PLANNED,
  /** It has left. */
  SHIPPED,
  /** All that left has arrived. */
  RECEIVED,
  /** Some of what left was written off. */
  CLOSED,
  /** It was cancelled before it left. */
  CANCELLED;

  /** Whether a call may be made now. */
  public boolean allows(TransferCall call) {
    return switch (this) {
      case PLANNED ->
          switch (call) {
            case SHIP, CANCEL, REDATE -> true;
            case RECEIVE, CLOSE -> false;
          };
      case SHIPPED ->
          switch (call) {
            case RECEIVE, CLOSE, REDATE -> true;
            case SHIP, CANCEL -> false;
          };
      case RECEIVED, CLOSED, CANCELLED -> false;
    };
  }

  /** Whether something of it is still to arrive. */
  public boolean isOpen() {
    return this == PLANNED || this == SHIPPED;
  }
}
