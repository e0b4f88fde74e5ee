package dev.backorder.notification.delivery.model;

/** Where a delivery stands. */
public enum DeliveryState {
  PENDING,
  SENDING,
  ACCEPTED,
  BOUNCED,
  PARKED,
  NO_CONTACT,
  SUPERSEDED;

  /** Whether the customer cannot have been told and may still be. */
  public boolean isUntold() {
    return switch (this) {
      case PENDING, PARKED, NO_CONTACT -> true;
      case SENDING, ACCEPTED, BOUNCED, SUPERSEDED -> false;
    };
  }

  /** Whether a person may make it due again. */
  public boolean isResendable() {
    return switch (this) {
      case PARKED, BOUNCED -> true;
      case PENDING, SENDING, ACCEPTED, NO_CONTACT, SUPERSEDED -> false;
    };
  }

  /** Whether nothing more happens by itself. */
  public boolean isSettled() {
    return switch (this) {
      case ACCEPTED, BOUNCED, PARKED, SUPERSEDED -> true;
      case PENDING, SENDING, NO_CONTACT -> false;
    };
  }
}
